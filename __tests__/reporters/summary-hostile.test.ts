import { describe, expect, test } from '@jest/globals'
import type { Finding } from '../../src/domain/finding.ts'
import type { Report } from '../../src/domain/report.ts'
import { renderSummary } from '../../src/reporters/summary.ts'
import { hostileStrings } from '../helpers/hostile.ts'
import type { MarkdownNode } from '../helpers/markdown.ts'
import { markdownNodes } from '../helpers/markdown.ts'
import { makeFinding, makeReport, makeTarget } from '../helpers/report.ts'

const site = { serverUrl: 'https://github.com', repository: 'owner/name', sha: 'a'.repeat(40) }

function hostileFinding(text: string, parts: Partial<Finding> = {}): Finding {
  return makeFinding({
    rule: text,
    title: `t ${text}`,
    message: `m ${text}`,
    why: `w ${text}`,
    fix: { summary: `f ${text}`, commands: [`c ${text}`], diff: `+${text}`, verified: true },
    locations: [{ file: `f${text}`, line: 1 }],
    module: `example.com/${text}`,
    version: 'v1.0.0',
    package: `p${text}`,
    targets: [`x${text}/y${text}`, `z${text}`],
    evidence: { command: `c ${text}`, excerpt: `e ${text}` },
    docs: `https://docs.example/${text}`,
    ...parts,
  })
}

/** A report in which every text that is not ours is the given one. */
function reportOf(text: string, parts: Partial<Report> = {}): Report {
  const name = `example.com/${text}@v1.0.0`
  return makeReport({
    gopreflight: text,
    verdict: 'fail',
    toolchain: { version: text, source: 'path', verified: text, goroot: text, reason: text },
    modules: [
      {
        dir: '.',
        path: text,
        graph: {
          modules: [
            { path: text, main: true, indirect: false },
            { path: `example.com/${text}`, version: 'v1.0.0', main: false, indirect: false },
          ],
          edges: [[text, name]],
        },
      },
      { dir: text, path: text },
    ],
    probes: [{ probe: text, module: text, outcome: 'skipped', reason: text, seconds: 1 }],
    targets: [
      makeTarget('linux/amd64', { module: '.', reason: text }),
      makeTarget(`x${text}/y${text}`, { module: text, build: 'fail', level: text }),
    ],
    findings: [
      hostileFinding(text, { severity: 'error' }),
      hostileFinding(text, { severity: 'notice' }),
      hostileFinding(text, { severity: 'notice', causes: [hostileFinding(text), hostileFinding(text)] }),
    ],
    notes: [`n ${text}`],
    ...parts,
  })
}

/** What a document is made of, whatever its words are. */
function skeleton(nodes: readonly MarkdownNode[]) {
  const of = (type: string) => nodes.filter((node) => node.type === type)
  return {
    headings: of('heading').map((node) => node.depth),
    links: of('link').map((node) =>
      /^https:\/\/(github\.com\/owner\/name\/blob\/a{40}|docs\.example)\//.test(node.url ?? ''),
    ),
    images: of('image').length,
    fences: of('code').map((node) => node.lang),
    tables: of('table').length,
    cells: of('tableCell').length,
    lists: of('listItem').length,
    quotes: of('blockquote').length,
    other: nodes.filter((node) => /Reference|definition|footnote/i.test(node.type)).length,
  }
}

const ourTags = /<\/?(?:details|summary|sub|code|b)>|<details open>/g

/** Every line of the diagram has one of the few forms that we write; labels hold only harmless characters. */
function expectOurMermaid(diagram: string): void {
  const label = String.raw`[\p{L}\p{N} ./@+~…·-]*`
  const forms = String.raw`n\d+\["${label}(<br/>${label})?"\](:::(main|trouble))?|n\d+ --> n\d+|classDef (main|trouble) [\w:#,]+`
  const [first, ...rest] = diagram.split('\n')
  expect(first).toBe('flowchart LR')
  for (const line of rest) expect(line).toMatch(new RegExp(`^  (${forms})$`, 'u'))
}

describe('hostile texts in a summary', () => {
  const plain = skeleton(markdownNodes(renderSummary(reportOf('word'), site)))

  test('the document it is compared with has all the parts', () => {
    expect(plain).toMatchObject({ images: 0, other: 0, quotes: 0, lists: 1 })
    expect(plain.headings).toEqual([2, 3, 3, 3, 3])
    expect(plain.links).toEqual(Array(9).fill(true))
    expect(plain.fences).toEqual([...[1, 2, 3, 4].flatMap(() => ['text', 'sh', 'diff']), 'mermaid'])
  })

  test.each(hostileStrings.map((text) => [JSON.stringify(text), text]))('%s adds nothing to it', (_name, text) => {
    const markdown = renderSummary(reportOf(text), site)
    const nodes = markdownNodes(markdown)
    expect(skeleton(nodes)).toEqual(plain)
    const html = nodes.filter((node) => node.type === 'html')
    for (const node of html) expect((node.value ?? '').replace(ourTags, '')).not.toMatch(/[<>]/)
    expectOurMermaid(nodes.find((node) => node.lang === 'mermaid')?.value ?? '')
    expect(markdown.replace(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
  })

  test('a site that is none gives no link', () => {
    for (const bad of [
      { serverUrl: 'javascript:x' },
      { repository: 'a/b/../c' },
      { sha: 'main' },
      { sha: undefined },
    ]) {
      const { sha, ...rest } = { ...site, ...bad }
      const nodes = markdownNodes(renderSummary(reportOf('word'), { ...rest, ...(sha === undefined ? {} : { sha }) }))
      const urls = nodes.filter((node) => node.type === 'link').map((node) => node.url ?? '')
      expect(urls.every((url) => url.startsWith('https://docs.example/'))).toBe(true)
    }
  })
})
