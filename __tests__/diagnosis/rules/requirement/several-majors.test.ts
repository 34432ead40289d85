import { describe, expect, test } from '@jest/globals'
import type { GraphObservation } from '../../../../src/domain/observation.ts'
import { checkout, observe } from '../../../helpers/rule-case.ts'

const facts = checkout({
  mod: 'module example.com/app\n\nrequire (\n\texample.com/lib v1.2.0\n\texample.com/lib/v2 v2.0.1 // indirect\n)\n',
})
const graph = (
  ...paths: readonly (readonly [path: string, version: string, indirect: boolean])[]
): GraphObservation => ({
  kind: 'graph',
  probe: 'graph',
  modules: paths.map(([path, version, indirect]) => ({ path, version, indirect, main: false })),
  edges: [],
  forcedBy: [],
  updatesKnown: true,
})

describe('several-majors', () => {
  test('mentions a module that is there twice', async () => {
    expect(
      await observe(graph(['example.com/lib', 'v1.2.0', false], ['example.com/lib/v2', 'v2.0.1', true]), facts),
    ).toMatchObject([
      {
        rule: 'several-majors',
        severity: 'notice',
        message: 'example.com/lib is in the build in 2 majors: example.com/lib@v1.2.0, example.com/lib/v2@v2.0.1.',
        fix: { commands: ['go mod why -m example.com/lib'] },
        locations: [
          { file: 'go.mod', line: 4 },
          { file: 'go.mod', line: 5 },
        ],
      },
    ])
  })

  test('leaves to others what only others require, and modules that merely share a start', async () => {
    expect(
      await observe(graph(['example.com/lib', 'v1.2.0', true], ['example.com/lib/v2', 'v2.0.1', true]), facts),
    ).toEqual([])
    expect(
      await observe(graph(['example.com/lib', 'v1.2.0', false], ['example.com/lib/sub', 'v1.0.0', false]), facts),
    ).toEqual([])
  })
})
