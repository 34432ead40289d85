import { describe, expect, test } from '@jest/globals'
import { troubleGraph } from '../../../src/reporters/render/trouble-graph.ts'
import { makeFinding } from '../../helpers/report.ts'

const main = { path: 'm', main: true, indirect: false } as const
const at = (module: string, version?: string) => makeFinding({ module, ...(version === undefined ? {} : { version }) })

describe('troubleGraph', () => {
  const graph = {
    modules: [main, { path: 'bad', version: 'v1.1.0', main: false, indirect: true }],
    edges: [
      ['m', 'a@v1.0.0'],
      ['m', 'fine@v1.0.0'],
      ['a@v1.0.0', 'b@v1.0.0'],
      ['b@v1.0.0', 'bad@v1.0.0'],
      ['a@v1.0.0', 'bad@v1.1.0'],
      ['bad@v1.1.0', 'a@v1.0.0'],
    ] as const,
  }
  const names = (findings: Parameters<typeof troubleGraph>[1]) =>
    troubleGraph(graph, findings)?.nodes.map((node) => `${node.name} ${node.kind}`)

  test('shows the shortest path to the version that a finding names, and nothing else', () => {
    expect(names([at('bad', 'v1.0.0')])).toEqual([
      'm main',
      'a@v1.0.0 between',
      'b@v1.0.0 between',
      'bad@v1.0.0 trouble',
    ])
    expect(troubleGraph(graph, [at('bad', 'v1.1.0')])?.edges).toEqual([
      [0, 1],
      [1, 2],
    ])
  })

  test('takes the selected version when the finding names none, and places in a dependency', () => {
    expect(names([at('bad')])?.at(-1)).toBe('bad@v1.1.0 trouble')
    const located = makeFinding({ locations: [{ file: 'bad@v1.0.0/x/a.go', line: 1 }] })
    expect(names([located])?.at(-1)).toBe('bad@v1.0.0 trouble')
  })

  test('is nothing when no finding names a module of the graph', () => {
    expect(troubleGraph(graph, [makeFinding(), at('m'), at('elsewhere', 'v1.0.0')])).toBeUndefined()
  })

  test('keeps to the number of nodes and counts what is left', () => {
    const edges = Array.from({ length: 60 }, (_, index) => ['m', `d${index}@v1.0.0`] as const)
    const findings = edges.map((_, index) => at(`d${index}`, 'v1.0.0'))
    const small = troubleGraph({ modules: [main], edges }, findings)
    expect(small?.nodes).toHaveLength(40)
    expect(small?.left).toBe(21)
  })
})
