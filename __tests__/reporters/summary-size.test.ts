import { Buffer } from 'node:buffer'
import { describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/domain/report.ts'
import { renderAnnotations } from '../../src/reporters/annotations.ts'
import { renderSummary } from '../../src/reporters/summary.ts'
import { markdownNodes } from '../helpers/markdown.ts'
import { makeFinding, makeReport, makeTarget } from '../helpers/report.ts'

const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => make(i))
const monster = '```|@x <b>\u202e\n'.repeat(1_000_000)

function hugeFinding(index: number) {
  return makeFinding({
    rule: `rule-${index % 300}`,
    message: monster,
    title: monster,
    why: monster,
    fix: { summary: monster, commands: [monster, monster], diff: monster, verified: false },
    locations: many(20, () => ({ file: monster, line: index })),
    evidence: { command: monster, excerpt: monster },
  })
}

const monsters: Readonly<Record<string, () => Report>> = {
  'a hundred thousand findings': () =>
    makeReport({
      findings: many(100_000, (index) => makeFinding({ message: `finding ${index}`, rule: `rule-${index % 900}` })),
    }),
  'texts of eleven megabytes everywhere': () =>
    makeReport({
      findings: many(150, hugeFinding),
      notes: many(100, () => monster),
      modules: [{ dir: monster, path: monster }],
    }),
  'a hundred thousand targets': () => {
    const names = many(100_000, (index) => `os${index % 400}/arch${Math.floor(index / 400)}`)
    return makeReport({
      targets: names.map((name) => makeTarget(name)),
      findings: many(30, (index) => makeFinding({ targets: names.slice(index) })),
    })
  },
  'ten thousand modules': () =>
    makeReport({
      modules: many(10_000, (index) => ({ dir: `m${index}`, path: `example.com/m${index}` })),
      targets: many(10_000, (index) =>
        makeTarget('linux/amd64', { module: `m${index}`, build: index % 2 === 0 ? 'fail' : 'pass' }),
      ),
      probes: many(50_000, (index) => ({ probe: 'build', module: `m${index}`, outcome: 'fail', seconds: 1 })),
    }),
  'a graph of two hundred thousand edges and a chain of a hundred thousand': () =>
    makeReport({
      modules: [
        {
          dir: '.',
          path: 'm',
          graph: {
            modules: [{ path: 'm', main: true, indirect: false }],
            edges: [
              ...many(100_000, (index) => ['m', `d@v1.0.${index}`] as const),
              ['m', 'c@v0.0.0'] as const,
              ...many(100_000, (index) => [`c@v0.0.${index}`, `c@v0.0.${index + 1}`] as const),
            ],
          },
        },
      ],
      findings: many(200, (index) => makeFinding({ module: index === 0 ? 'c' : 'd', version: `v1.0.${index}` })),
    }),
}

describe('the size of a summary', () => {
  test.each(Object.entries(monsters))('%s', (_name, make) => {
    const report = make()
    const text = renderSummary(report)
    const annotations = renderAnnotations(report)
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(900_000)
    expect(text.startsWith('## ')).toBe(true)
    expect(annotations.every((annotation) => annotation.message.length <= 4096)).toBe(true)
  })

  test('shrinks in steps, each still a whole document that says what it left out', () => {
    const excerpt = many(60, (index) => `./a.go:${index}:1: undefined: name${index} ${'x'.repeat(30)}`).join('\n')
    const graph = {
      modules: [{ path: 'm', main: true, indirect: false }],
      edges: many(38, (index) => ['m', `d${index}@v1.0.0`] as const),
    }
    const report = makeReport({
      modules: [{ dir: '.', path: 'm', graph }],
      findings: many(100, (index) =>
        makeFinding({
          module: `d${index}`,
          version: 'v1.0.0',
          message: `f${index}`,
          evidence: { command: 'go build', excerpt },
        }),
      ),
    })
    const full = renderSummary(report)
    const seen = new Set<string>()
    let last = Number.POSITIVE_INFINITY
    const size = Buffer.byteLength(full)
    const sizes = [size, size - 1, ...many(40, (index) => Math.floor(size * 0.85 ** index) - 2)]
    for (const maxBytes of sizes.filter((bytes) => bytes > 600)) {
      const text = renderSummary(report, { maxBytes })
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(Math.min(maxBytes, last))
      last = Buffer.byteLength(text)
      const step = /leave out (.*); the report file/.exec(text)?.[1] ?? 'nothing'
      if (seen.has(step)) continue
      seen.add(step)
      const html = markdownNodes(text)
        .filter((node) => node.type === 'html')
        .map((node) => node.value ?? '')
        .join('')
      expect(html.match(/<details/g)?.length).toBe(html.match(/<\/details>/g)?.length)
    }
    expect([...seen]).toEqual([
      'nothing',
      'the dependency graph',
      'the dependency graph and most of the excerpts',
      'the dependency graph and the evidence',
      'all but one line of each finding',
      'everything but the counts',
    ])
  })

  test('is never over the size, however small that is', () => {
    for (const maxBytes of [10, 100, 300]) {
      expect(
        Buffer.byteLength(renderSummary(monsters['ten thousand modules']?.() ?? makeReport(), { maxBytes })),
      ).toBeLessThanOrEqual(maxBytes)
    }
  })

  test('what is not shown is counted', () => {
    const findings = many(3000, (index) => makeFinding({ message: `f${index}` }))
    expect(renderSummary(makeReport({ findings }))).toContain('1900 more findings: 1900 errors.')
  })
})
