import path from 'node:path'

import { beforeAll, describe, expect, test } from '@jest/globals'

import { baseSource } from '../../src/action/base.ts'
import type { BaseSource } from '../../src/pipeline/base.ts'
import { makeFolder } from '../helpers/folder.ts'
import { git, makeRepository } from '../helpers/git-repository.ts'
import { testSystem } from '../helpers/probe-context.ts'
import { jobEnvironment, type SimulatedEvent } from '../helpers/runner/environment.ts'

const sha = (digit: string): string => digit.repeat(40)
const remote = { url: 'https://github.com/octo/example', token: 'token' }

let merged = ''
let main = ''
let topic = ''
let empty = ''
beforeAll(async () => {
  const repository = await makeRepository({ 'go.mod': 'module m\n' })
  repository.git('checkout', '--quiet', '-b', 'topic')
  topic = await repository.commit({ b: '2' })
  repository.git('checkout', '--quiet', 'main')
  main = await repository.commit({ c: '3' })
  repository.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'topic')
  const folder = await makeFolder()
  git(folder, 'clone', '--quiet', '--depth=1', `file://${repository.dir}`, 'c')
  merged = path.join(folder, 'c')
  git(merged, 'remote', 'set-url', 'origin', 'https://github.com/Octo/example')
  empty = await makeFolder()
})

async function source(event: SimulatedEvent, wanted?: string, checkout = empty): Promise<BaseSource | undefined> {
  const temp = await makeFolder()
  const folders = { workspace: checkout, temp, toolCache: temp, home: temp }
  const env = await jobEnvironment(folders, event)
  return baseSource(testSystem(env), wanted, 'token', checkout)
}

describe('the base of an event', () => {
  test('pull_request: what was merged into, as the merge commit says, in a shallow checkout too', async () => {
    const payload = { pull_request: { head: { sha: topic }, base: { sha: sha('a') } } }
    const what = 'the commit that this pull request is merged into'
    expect(await source({ payload }, undefined, merged)).toEqual({ name: main, what, remote })
    // Another commit is checked out: what the payload says.
    expect(await source({ payload })).toEqual({ name: sha('a'), what, remote })
    const other = { pull_request: { head: { sha: sha('b') }, base: { sha: sha('a') } } }
    expect(await source({ payload: other }, undefined, merged)).toMatchObject({ name: sha('a') })
  })

  test('merge_group: its base_sha', async () => {
    const payload = { merge_group: { base_sha: sha('a'), head_sha: sha('b') } }
    expect(await source({ name: 'merge_group', payload })).toMatchObject({ name: sha('a'), remote })
  })

  test('push: the commit before; a new branch has none and says so; a deleted one is none to check', async () => {
    expect(await source({ name: 'push', payload: { before: sha('a') } })).toMatchObject({ name: sha('a'), remote })
    expect(await source({ name: 'push', payload: { before: sha('0') } })).toEqual({
      none: 'Nothing was compared: this push made a new branch or tag, so there is no commit before it.',
    })
    expect(await source({ name: 'push', payload: { before: sha('a'), deleted: true } })).toBeUndefined()
  })

  test('others have none and nobody misses it; pull_request_target checks the base itself', async () => {
    for (const name of ['schedule', 'workflow_dispatch', 'pull_request_target', 'release'])
      expect(await source({ name, payload: { pull_request: { base: { sha: sha('a') } } } })).toBeUndefined()
  })

  test('a payload that says something else is no name of a commit', async () => {
    for (const base of [undefined, {}, { sha: '--upload-pack=x' }, { sha: 7 }, { sha: 'main' }]) {
      const found = await source({ payload: { pull_request: { base } } })
      expect(found).toEqual({ none: expect.stringContaining('the event does not name it') })
    }
    expect(await source({ name: 'push', payload: {} })).toHaveProperty('none')
  })
})

describe('the input', () => {
  const payload = { before: sha('a') }

  test('names another commit, branch or tag, or none', async () => {
    expect(await source({ name: 'push', payload }, 'v1.0.0')).toEqual({
      name: 'v1.0.0',
      what: 'the base v1.0.0',
      remote,
    })
    expect(await source({ name: 'schedule' }, 'main')).toMatchObject({ name: 'main', remote })
    expect(await source({ name: 'push', payload }, 'none')).toBeUndefined()
  })

  test.each([
    ['https://github.com/octo/example.git', false],
    ['git@github.com:octo/example.git', false],
    ['ssh://git@ssh.github.com:443/OCTO/example/', false],
    ['https://github.com/octo/example2', true],
    ['https://github.com/other/example', true],
    ['https://github.com/xocto/example', true],
  ])('a checkout of %s: another repository %s', async (address, foreign) => {
    const own = await makeRepository({ a: '' })
    own.git('remote', 'add', 'origin', address)
    const found = await source({ name: 'push', payload }, undefined, own.dir)
    if (foreign) expect(found).toEqual({ none: expect.stringContaining('another repository is checked out') })
    else expect(found).toMatchObject({ name: sha('a'), remote })
    expect((await source({ name: 'push', payload }, 'v1', own.dir)) ?? {}).toEqual(
      foreign ? { name: 'v1', what: 'the base v1' } : { name: 'v1', what: 'the base v1', remote },
    )
  })

  test('where the repository cannot be told, nothing is fetched', async () => {
    for (const env of [
      { GITHUB_SERVER_URL: 'https://user@host' },
      { GITHUB_REPOSITORY: 'a/b/../c' },
      { GITHUB_SERVER_URL: '' },
    ]) {
      const system = testSystem({ GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'a/b', ...env })
      expect(await baseSource(system, 'main', 'token', empty)).toEqual({ name: 'main', what: 'the base main' })
    }
  })
})
