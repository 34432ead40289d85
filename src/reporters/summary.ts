import { Buffer } from 'node:buffer'
import type { Finding, Severity } from '../domain/finding.ts'
import { compareFindings, compareText } from '../domain/finding.ts'
import type { Report } from '../domain/report.ts'
import { countFindings, severityMarks } from './render/counts.ts'
import { code } from './render/escape.ts'
import type { FindingContext } from './render/finding-markdown.ts'
import { findingBlock, findingLine } from './render/finding-markdown.ts'
import { namesSection } from './render/names-section.ts'
import type { SourceSite } from './render/places.ts'
import {
  graphSection,
  gridSection,
  notesSection,
  probesSection,
  targetsSection,
  toolchainSection,
  verdictSection,
} from './render/summary-sections.ts'
import { details, table } from './render/table.ts'
import type { FoldedTargets } from './render/targets.ts'
import { checkedTargets, targetFolder } from './render/targets.ts'
import { plural } from './render/units.ts'

export interface SummaryOptions extends SourceSite {
  /** Most UTF-8 bytes of the result, 900 000 when absent: the runner drops a summary over 1 MiB (1 048 576) as a whole. */
  readonly maxBytes?: number
}

/** How much is shown. Each step of `steps` shows less than the one before. */
interface Step {
  readonly graph: boolean
  readonly excerptChars: number
  /** Findings in full, and on one line each after them. */
  readonly full: number
  readonly lines: number
  readonly rows: number
  /** What a reader is told is missing, beside the counts that the sections give themselves. */
  readonly dropped?: string
}

const all: Step = { graph: true, excerptChars: 3000, full: 100, lines: 1000, rows: 200 }
const steps: readonly Step[] = [
  all,
  { ...all, graph: false, dropped: 'the dependency graph' },
  { ...all, graph: false, excerptChars: 700, dropped: 'the dependency graph and most of the excerpts' },
  { ...all, graph: false, excerptChars: 0, dropped: 'the dependency graph and the evidence' },
  {
    ...all,
    graph: false,
    excerptChars: 0,
    full: 0,
    lines: 2000,
    rows: 60,
    dropped: 'all but one line of each finding',
  },
  {
    ...all,
    graph: false,
    excerptChars: 0,
    full: 0,
    lines: 200,
    rows: 20,
    dropped: 'all but one line of the worst findings',
  },
  { ...all, graph: false, excerptChars: 0, full: 0, lines: 0, rows: 0, dropped: 'everything but the counts' },
]

/**
 * The job summary in GitHub-flavoured Markdown: verdict, grid of targets, findings, the graph around them, times. What
 * the report quotes from the module is escaped: it cannot add a link, an image, HTML or a heading. Never larger than
 * `maxBytes`: what does not fit is left out in steps, and the text says so.
 */
export function renderSummary(report: Report, options: SummaryOptions = {}): string {
  const maxBytes = options.maxBytes ?? 900_000
  const findings = [...report.findings].sort(compareFindings)
  const context: FindingContext = {
    site: options,
    fold: remembered(report.targets.map((target) => target.target)),
    checked: checkedTargets(report.targets),
  }
  for (const step of steps) {
    const text = renderStep(report, findings, context, step, maxBytes)
    if (text !== undefined) return text
  }
  return cutBytes(`${verdictSection({ ...report, modules: [], targets: [] })}\n`, maxBytes)
}

/** Folds each list once, though several steps may ask. */
function remembered(universe: readonly string[]): FindingContext['fold'] {
  const fold = targetFolder(universe)
  const known = new Map<readonly string[], FoldedTargets>()
  return (targets) => {
    const folded = known.get(targets) ?? fold(targets)
    known.set(targets, folded)
    return folded
  }
}

/** The page at one step, or undefined as soon as it is over the size. */
function renderStep(
  report: Report,
  findings: readonly Finding[],
  context: FindingContext,
  step: Step,
  maxBytes: number,
): string | undefined {
  const parts: string[] = []
  // Parts are joined by two newlines and end with one.
  let bytes = -1
  for (const part of sections(report, findings, context, step)) {
    if (part === '') continue
    parts.push(part)
    bytes += Buffer.byteLength(part) + 2
    if (bytes > maxBytes) return undefined
  }
  return `${parts.join('\n\n')}\n`
}

function* sections(
  report: Report,
  findings: readonly Finding[],
  context: FindingContext,
  step: Step,
): Generator<string> {
  const leftOut =
    step.dropped === undefined ? [] : [`This page had to leave out ${step.dropped}; the report file has all.`]
  yield verdictSection(report)
  yield gridSection(report, step.rows === 0 ? 0 : 40)
  if (step.full === 0 && step.lines === 0) yield countsSection(findings)
  else yield* findingSections(findings, context, step)
  if (step.graph) yield graphSection(report, findings)
  if (step.rows > 0) {
    yield targetsSection(report, step.rows)
    yield namesSection(report, Math.min(step.rows, 20))
    yield probesSection(report, step.rows)
  }
  yield toolchainSection(report)
  yield notesSection([...leftOut, ...report.notes])
  yield `<sub>gopreflight ${code(report.gopreflight, { max: 60 })}</sub>`
}

/**
 * The first ten errors and warnings open, and what others were folded into, since that is folded already; the rest of them,
 * and the notices, folded; then one line each; then a count.
 */
function* findingSections(findings: readonly Finding[], context: FindingContext, step: Step): Generator<string> {
  const full = findings.slice(0, step.full)
  const isLoud = (finding: Finding): boolean => finding.severity !== 'notice' || finding.causes !== undefined
  const loud = full.filter(isLoud)
  const block = (finding: Finding): string => findingBlock(finding, context, step)
  for (const finding of loud.slice(0, 10)) yield block(finding)
  yield folded(loud.slice(10), 'more finding', block, '\n\n')
  yield folded(
    full.filter((finding) => !isLoud(finding)),
    'notice',
    block,
    '\n\n',
  )
  const brief = findings.slice(step.full, step.full + step.lines)
  yield folded(brief, full.length > 0 ? 'more finding' : 'finding', (finding) => findingLine(finding, context), '\n')
  const left = findings.length - full.length - brief.length
  if (left > 0) yield `${plural(left, 'more finding')}: ${countFindings(findings.slice(full.length + brief.length))}.`
}

function folded(
  findings: readonly Finding[],
  name: string,
  render: (finding: Finding) => string,
  separator: string,
): string {
  return findings.length === 0 ? '' : details(plural(findings.length, name), findings.map(render).join(separator))
}

function countsSection(findings: readonly Finding[]): string {
  const counts = new Map<string, { severity: Severity; rule: string; count: number }>()
  for (const { rule, severity } of findings) {
    const key = `${severity} ${rule}`
    const entry = counts.get(key) ?? { severity, rule, count: 0 }
    counts.set(key, { ...entry, count: entry.count + 1 })
  }
  const sorted = [...counts.values()].sort((a, b) => b.count - a.count || compareText(a.rule, b.rule))
  const rows = sorted
    .slice(0, 50)
    .map(({ severity, rule, count }) => [severityMarks[severity], code(rule, { max: 80, cell: true }), String(count)])
  const left = sorted.length - rows.length
  return `${table(['', 'Rule', 'Findings'], 'clr', rows)}${left > 0 ? `\n\n${plural(left, 'more rule')}.` : ''}`
}

function cutBytes(text: string, maxBytes: number): string {
  return Buffer.byteLength(text) <= maxBytes
    ? text
    : Buffer.from(text).subarray(0, maxBytes).toString('utf8').replace(/�$/, '')
}
