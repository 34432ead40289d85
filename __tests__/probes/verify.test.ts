import { readFile } from 'node:fs/promises'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import type { Observation, ObservationOf } from '../../src/domain/observation.ts' // prettier-ignore
import verify from '../../src/probes/verify.ts'
import { makeFileProxy } from '../helpers/file-proxy.ts'
import { makeFolder, writeFiles } from '../helpers/folder.ts'
import { probeContext, runProbe } from '../helpers/probe-context.ts'

const goMod = 'module example.com/m\n\ngo 1.21\n'
const dependency = { 'go.mod': 'module example.com/dep\n\ngo 1.21\n', 'dep.go': 'package dep\n\nconst Answer = 42\n' }
const main = 'package main\n\nimport "example.com/dep"\n\nfunc main() { println(dep.Answer) }\n'

/** A module that needs example.com/dep, with the go.sum that go itself writes. */
async function moduleWithDependency() {
  const proxy = await makeFileProxy({ 'example.com/dep@v1.0.0': dependency })
  const root = await makeFolder({ 'go.mod': `${goMod}\nrequire example.com/dep v1.0.0\n`, 'main.go': main })
  const env = { GOPROXY: proxy, GOSUMDB: 'off', GOMODCACHE: await makeFolder(), GOFLAGS: '-modcacherw' }
  const { go } = await probeContext(root, { env })
  const tidy = await go.run(['mod', 'tidy'])
  expect(tidy.result.stderr.text).toContain('downloading')
  return { root, env: { ...env } }
}

function find<K extends Observation['kind']>(observations: readonly Observation[], kind: K): ObservationOf<K> {
  const found = observations.find((one): one is ObservationOf<K> => one.kind === kind)
  if (found === undefined) throw new Error(`no ${kind} observation`)
  return found
}

describe('verify', () => {
  test('a module without dependencies passes', async () => {
    const root = await makeFolder({ 'go.mod': goMod, 'main.go': 'package main\n\nfunc main() {}\n' })
    expect(await runProbe(verify, root)).toMatchObject({ outcome: 'pass' })
  })

  test('what is downloaded is compared with go.sum', async () => {
    const { root, env } = await moduleWithDependency()
    const result = await runProbe(verify, root, { env })
    expect(result).toMatchObject({ outcome: 'pass' })
    expect(find(result.observations, 'sums')).toMatchObject({ checked: 1, mismatches: [], notDownloaded: [] })
  })

  test('a cached module that differs from go.sum fails, though go mod verify calls it verified', async () => {
    const { root, env } = await moduleWithDependency()
    const sums = await readFile(path.join(root, 'go.sum'), 'utf8')
    await writeFiles(root, { 'go.sum': sums.replace(/h1:./, 'h1:~'.replace('~', sums.includes('h1:A') ? 'B' : 'A')) })
    const result = await runProbe(verify, root, { env })
    expect(result.outcome).toBe('fail')
    const command = find(result.observations, 'command')
    expect(command.failed).toBe(true)
    expect(command.messages.map((message) => message.text).join('\n')).toContain('checksum mismatch')
  })

  test('an edited module cache fails', async () => {
    const { root, env } = await moduleWithDependency()
    await writeFiles(path.join(env.GOMODCACHE, 'example.com/dep@v1.0.0'), {
      'dep.go': 'package dep\n\nconst Answer = 43\n',
    })
    const result = await runProbe(verify, root, { env })
    expect(result.outcome).toBe('fail')
    const failed = result.observations.filter(
      (one): one is ObservationOf<'command'> => one.kind === 'command' && one.failed,
    )
    expect(failed.map((one) => one.command)).toEqual(['go mod verify'])
  })

  test('a missing go.sum line stands at the import that needs it', async () => {
    const { root, env } = await moduleWithDependency()
    const sums = await readFile(path.join(root, 'go.sum'), 'utf8')
    await writeFiles(root, {
      'go.sum':
        sums
          .split('\n')
          .filter((line) => line.includes('/go.mod'))
          .join('\n') + '\n',
    })
    const command = find((await runProbe(verify, root, { env })).observations, 'command')
    const error = command.messages.find((message) => message.kind === 'error')
    expect(error?.text).toContain('missing go.sum entry')
    expect(error?.position).toMatchObject({ file: 'main.go', line: 3 })
  })

  test('an untidy module shows what tidy would change, and is not changed', async () => {
    const text = `${goMod}\nrequire example.com/dep v1.0.0\n\nreplace example.com/dep => ./dep\n`
    const root = await makeFolder({
      'go.mod': text,
      'dep/go.mod': dependency['go.mod'],
      'main.go': 'package main\n\nfunc main() {}\n',
    })
    const result = await runProbe(verify, root)
    expect(result.outcome).toBe('fail')
    expect(find(result.observations, 'tidy').diff).toContain('-require example.com/dep v1.0.0')
    expect(await readFile(path.join(root, 'go.mod'), 'utf8')).toBe(text)
  })

  test('a vendored module is not called verified', async () => {
    const { root, env } = await moduleWithDependency()
    const { go } = await probeContext(root, { env })
    expect((await go.run(['mod', 'vendor'])).ok).toBe(true)
    const result = await runProbe(verify, root, { env: { ...env, GOMODCACHE: await makeFolder() } })
    expect(result).toMatchObject({ outcome: 'skipped', reason: expect.stringContaining('vendor/') })
  })
})
