import { readdir } from 'node:fs/promises'

import { describe, expect, test } from '@jest/globals'

import type { GraphObservation } from '../../src/domain/observation.ts'
import graph from '../../src/probes/graph.ts'
import { makeFileProxy } from '../helpers/file-proxy.ts'
import { makeFolder } from '../helpers/folder.ts'
import { probeContext, runProbe } from '../helpers/probe-context.ts'

const library = (name: string, extra = ''): Readonly<Record<string, string>> => ({
  'go.mod': `module example.com/${name}\n\ngo 1.21\n${extra}`,
  'lib.go': `package ${name}\n`,
})

async function proxied() {
  const proxy = await makeFileProxy({
    'example.com/old@v1.0.0': library('old', '\nrequire example.com/deep v1.1.0\n'),
    'example.com/old@v1.1.0': library('old', '\nretract v1.0.0 // leaks memory\n'),
    'example.com/deep@v1.0.0': library('deep'),
    'example.com/deep@v1.1.0': {
      ...library('deep'),
      'go.mod': '// Deprecated: use example.com/deeper instead.\nmodule example.com/deep\n\ngo 1.22\n',
    },
  })
  return { GOPROXY: proxy, GOSUMDB: 'off', GOMODCACHE: await makeFolder(), GOFLAGS: '-modcacherw' }
}

describe('graph', () => {
  test('build list, who requires what, retraction, deprecation and who forces the go line', async () => {
    const env = await proxied()
    const root = await makeFolder({
      'go.mod':
        'module example.com/m\n\ngo 1.22\n\nrequire (\n\texample.com/old v1.0.0\n\texample.com/deep v1.0.0\n)\n',
      'm.go': 'package m\n\nimport (\n\t_ "example.com/deep"\n\t_ "example.com/old"\n)\n',
    })
    await (await probeContext(root, { env })).go.run(['mod', 'tidy'])
    const result = await runProbe(graph, root, { env })
    expect(result).toMatchObject({ outcome: 'pass' })
    const seen = result.observations[0] as GraphObservation
    expect(seen.updatesKnown).toBe(true)
    expect(seen.modules).toContainEqual(
      expect.objectContaining({
        path: 'example.com/old',
        version: 'v1.0.0',
        retracted: ['leaks memory'],
        update: 'v1.1.0',
      }),
    )
    expect(seen.modules).toContainEqual(
      expect.objectContaining({
        path: 'example.com/deep',
        version: 'v1.1.0',
        deprecated: 'use example.com/deeper instead.',
      }),
    )
    expect(seen.edges).toContainEqual(['example.com/old@v1.0.0', 'example.com/deep@v1.1.0'])
    expect(seen.forcedBy).toEqual([{ path: 'example.com/deep', version: 'v1.1.0' }])
  })

  test('without the network the build list still stands, and what is not known is said', async () => {
    const env = await proxied()
    const root = await makeFolder({
      'go.mod': 'module example.com/m\n\ngo 1.22\n\nrequire example.com/old v1.1.0\n',
      'm.go': 'package m\n\nimport _ "example.com/old"\n',
    })
    await (await probeContext(root, { env })).go.run(['mod', 'tidy'])
    const result = await runProbe(graph, root, { env: { ...env, GOPROXY: 'off' } })
    expect(result).toMatchObject({ outcome: 'pass', reason: expect.stringContaining('could not be looked up') })
    expect((result.observations[0] as GraphObservation).updatesKnown).toBe(false)
  })

  test('a workspace is read without writing go.work.sum into it', async () => {
    const env = await proxied()
    const root = await makeFolder({
      'go.work': 'go 1.22\n\nuse (\n\t./a\n\t./b\n)\n',
      'a/go.mod':
        'module example.com/a\n\ngo 1.22\n\nrequire example.com/old v1.0.0\n\nrequire example.com/deep v1.1.0 // indirect\n',
      'a/a.go': 'package a\n\nimport _ "example.com/old"\n',
      'b/go.mod': 'module example.com/b\n\ngo 1.22\n\nrequire example.com/old v1.1.0\n',
      'b/b.go': 'package b\n\nimport _ "example.com/old"\n',
    })
    for (const dir of ['a', 'b'])
      await (await probeContext(root, { env, dir })).go.run(['mod', 'tidy'], { env: { GOWORK: 'off' } })
    const result = await runProbe(graph, root, { env, dir: 'a', workspace: '.' })
    expect(result.outcome).toBe('pass')
    expect((result.observations[0] as GraphObservation).modules.filter((module) => module.main)).toHaveLength(2)
    expect((await readdir(root)).sort()).toEqual(['a', 'b', 'go.work'])
  })
})
