import { describe, expect, test } from '@jest/globals'
import type { GraphModule, GraphObservation } from '../../../../src/domain/observation.ts'
import { checkout, explain, observe } from '../../../helpers/rule-case.ts'

const printed = `go: module example.com/lib is deprecated: use example.com/lib/v2
go: added example.com/lib v1.2.0`
const facts = checkout({ mod: 'module example.com/app\n\nrequire example.com/lib v1.2.0\n' })
const graph = (...modules: readonly Partial<GraphModule>[]): GraphObservation => ({
  kind: 'graph',
  probe: 'graph',
  modules: modules.map((module) => ({
    path: 'example.com/lib',
    version: 'v1.2.0',
    main: false,
    indirect: false,
    ...module,
  })),
  edges: [],
  forcedBy: [],
  updatesKnown: true,
})

describe('deprecated-module', () => {
  test('repeats what its authors say and never more than mentions it', async () => {
    expect(await explain(printed, { facts, exitCode: 0 })).toMatchObject([
      {
        rule: 'deprecated-module',
        severity: 'notice',
        message: 'example.com/lib is deprecated: use example.com/lib/v2',
        fix: { commands: ['go get example.com/lib/v2@latest'] },
        locations: [{ file: 'go.mod', line: 3 }],
      },
    ])
  })

  test.each([
    ['Use the "example.com/new" module instead.', ['go get example.com/new@latest']],
    ['moved to gopkg.in/yaml.v3.', ['go get gopkg.in/yaml.v3@latest']],
    ['example.com/lib is frozen (see example.com/lib/v2)', ['go get example.com/lib/v2@latest']],
    ['see https://example.com/why/it/ended', undefined],
    ['no longer maintained', undefined],
  ])('what to move to: %s', async (deprecated, commands) => {
    const [finding] = await observe(graph({ deprecated }), facts)
    expect(finding?.fix.commands).toEqual(commands)
  })

  test('mentions what the module itself requires, not what others do', async () => {
    expect(await observe(graph({ deprecated: 'no longer maintained' }), facts)).toMatchObject([
      { rule: 'deprecated-module', severity: 'notice', module: 'example.com/lib', version: 'v1.2.0' },
    ])
    expect(await observe(graph({ deprecated: 'no longer maintained', indirect: true }), facts)).toEqual([])
    expect(await observe(graph({}), facts)).toEqual([])
  })
})
