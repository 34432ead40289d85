import type { Finding } from '../domain/finding.ts'
import { compareFindings } from '../domain/finding.ts'
import type { DiagnosisReport, Report } from '../domain/report.ts'
import type { Paint, Style } from './render/ansi.ts'
import { painter, plain, wrap } from './render/ansi.ts'
import { countFindings, toolchainParts, verdictLine } from './render/counts.ts'
import type { CellState } from './render/grid.ts'
import { targetGrid } from './render/grid.ts'
import { formatLocation } from './render/places.ts'
import type { FoldedTargets } from './render/targets.ts'
import { describeTargets, targetFolder } from './render/targets.ts'
import { formatSeconds, plural } from './render/units.ts'
import { boundedLines, oneLine } from './render/visible.ts'

export interface TerminalOptions {
  readonly colour: boolean
  /** Columns of the terminal; prose is wrapped to at most 110 of them. */
  readonly width: number
}

/** What `rules` lists of a rule. */
export interface RuleText {
  readonly id: string
  readonly area?: string
  readonly title: string
  readonly what: string
  readonly why: string
  readonly fix: string
  readonly docs?: string
}

type Fold = (targets: readonly string[]) => FoldedTargets

const severityStyles: Readonly<Record<Finding['severity'], Style>> = { error: 'red', warning: 'yellow', notice: 'cyan' }
const cellWords: Readonly<Record<CellState, string>> = {
  pass: 'ok',
  types: 'types',
  fail: 'FAIL',
  error: 'error',
  skipped: 'skip',
  none: '·',
}
const cellStyles: Readonly<Record<CellState, Style>> = {
  pass: 'green',
  types: 'green',
  fail: 'red',
  error: 'yellow',
  skipped: 'dim',
  none: 'dim',
}

/** A run for people at a terminal: verdict, Go, grid, findings, notes. Ends with the verdict again, since that is in view. */
export function renderTerminal(report: Report, options: TerminalOptions): string {
  const paint = painter(options.colour)
  const width = textWidth(options)
  const fold = targetFolder(report.targets.map((target) => target.target))
  const verdict = verdictOf(report, paint)
  const notes = report.notes.slice(0, 30).flatMap((note) => wrap(`note: ${note}`, width, ''))
  const findings = [...report.findings].sort(compareFindings)
  const probes = report.probes.filter((probe) => probe.outcome === 'skipped' || probe.outcome === 'error')
  const blocks = [
    [verdict, paint('dim', `go: ${plain(toolchainParts(report).join(', '), 500)}`)],
    ...gridsOf(report, paint),
    ...shownFindings(findings, paint, width, fold),
    probes.slice(0, 30).flatMap((probe) => wrap(probeText(probe), width, '')),
    notes,
    findings.length > 0 ? [verdict] : [],
  ]
  return join(blocks)
}

/** What `diagnose` has to say of one log. */
export function renderDiagnosis(diagnosis: DiagnosisReport, options: TerminalOptions): string {
  const paint = painter(options.colour)
  const width = textWidth(options)
  const findings = [...diagnosis.findings].sort(compareFindings)
  const { unexplained } = diagnosis
  const strange = unexplained
    .slice(0, 20)
    .map((entry) => [
      `${paint('yellow', 'not explained')}${entry.location === undefined ? '' : ` at ${plain(formatLocation(entry.location), 500)}`}`,
      ...excerptLines(entry.excerpt, paint, 20),
    ])
  const more = unexplained.length > 20 ? [[`${unexplained.length - 20} more not explained.`]] : []
  if (findings.length === 0 && strange.length === 0) return 'No failure was recognised in this log.\n'
  return join([...shownFindings(findings, paint, width, targetFolder([])), ...strange, ...more])
}

/** The rules, one paragraph each, by area. */
export function renderRules(rules: readonly RuleText[], options: TerminalOptions): string {
  const paint = painter(options.colour)
  const width = textWidth(options)
  const blocks = rules.map((rule) => [
    `${paint('bold', plain(rule.id, 100))}  ${plain(rule.title, 300)}`,
    ...wrap(firstSentence(rule.what), width, '  '),
  ])
  return join([...blocks, [plural(rules.length, 'rule')]])
}

function textWidth(options: TerminalOptions): number {
  return Math.min(110, Math.max(40, options.width))
}

function join(blocks: readonly (readonly string[])[]): string {
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`
}

function verdictOf(report: Report, paint: Paint): string {
  const partial = report.partial === true ? ' (cancelled: this is not all)' : ''
  const style = report.verdict === 'pass' ? 'green' : 'red'
  const line = plain(verdictLine(report))
  return `${paint(style, paint('bold', line))}; ${formatSeconds(report.seconds)}${partial}`
}

function gridsOf(report: Report, paint: Paint): readonly (readonly string[])[] {
  const dirs = [...new Set(report.targets.map((target) => target.module))]
  const grids = dirs.slice(0, 20).map((dir) => {
    const grid = targetGrid(report.targets.filter((target) => target.module === dir))
    const columns = grid.columns.map((column) => plain(column, 30))
    const nameWidth = Math.max(...grid.rows.map((row) => row.name.length), 0)
    const widths = columns.map((column) => Math.max(column.length, 5))
    const line = (name: string, cells: readonly string[]): string =>
      `  ${plain(name, 60).padEnd(nameWidth)}  ${cells.join('  ')}`.trimEnd()
    const rows = grid.rows.map((row) =>
      line(
        row.name,
        row.cells.map((state, index) => paint(cellStyles[state], cellWords[state].padStart(widths[index] ?? 5))),
      ),
    )
    const title = dirs.length > 1 ? [paint('bold', plain(dir, 200))] : []
    return [
      ...title,
      line(
        '',
        columns.map((column, index) => column.padStart(widths[index] ?? 5)),
      ),
      ...rows,
    ]
  })
  return dirs.length > 20 ? [...grids, [`${plural(dirs.length - 20, 'more module')} not shown.`]] : grids
}

const mostFindings = 200

function shownFindings(
  findings: readonly Finding[],
  paint: Paint,
  width: number,
  fold: Fold,
): readonly (readonly string[])[] {
  const shown = findings.slice(0, mostFindings).map((finding) => findingLines(finding, paint, width, fold))
  const left = findings.slice(mostFindings)
  return left.length === 0 ? shown : [...shown, [`${left.length} more: ${countFindings(left)}; --json has all.`]]
}

function findingLines(finding: Finding, paint: Paint, width: number, fold: Fold): readonly string[] {
  const style = severityStyles[finding.severity]
  const sure = finding.confidence === 'certain' ? '' : `, ${finding.confidence}`
  const on = describeTargets(fold(finding.targets))
  const places = finding.locations.slice(0, 5).map((location) => plain(formatLocation(location), 500))
  const more = finding.locations.length - places.length
  const { fix } = finding
  const label = fix.verified ? 'fix (tried on a copy: it works)' : 'fix'
  return [
    `${paint(style, paint('bold', `${finding.severity}:`))} ${paint('bold', plain(finding.title, 300))} ${paint('dim', `[${plain(finding.rule, 100)}${sure}]`)}`,
    ...places.map((place) => `  ${paint('cyan', place)}`),
    ...(more > 0 ? [`  and ${plural(more, 'more place')}`] : []),
    ...(on === '' ? [] : wrap(`on ${on}`, width, '  ')),
    ...wrap(finding.message, width, '  '),
    ...excerptLines(finding.evidence.excerpt, paint, 12),
    ...(finding.why === '' ? [] : wrap(`why: ${finding.why}`, width, '  ')),
    ...wrap(`${label}: ${fix.summary}`, width, '  '),
    ...(fix.commands ?? []).slice(0, 12).map((command) => `      ${plain(oneLine(command, 500))}`),
    ...(fix.diff === undefined ? [] : diffLines(fix.diff, paint)),
    `  ${paint('dim', plain(finding.docs, 300))}`,
  ]
}

function excerptLines(excerpt: string, paint: Paint, max: number): readonly string[] {
  return boundedLines(excerpt, max, 4000).map((line) => `  ${paint('dim', '|')} ${plain(line, 500)}`)
}

function diffLines(diff: string, paint: Paint): readonly string[] {
  return boundedLines(diff, 40, 6000).map((line) => {
    const text = plain(line, 500)
    return `      ${line.startsWith('+') ? paint('green', text) : line.startsWith('-') ? paint('red', text) : text}`
  })
}

function probeText(probe: Report['probes'][number]): string {
  const where = probe.module === '.' ? '' : ` in ${probe.module}`
  return `${probe.probe}${where}: ${probe.outcome}${probe.reason === undefined ? '' : `, ${probe.reason}`}`
}

function firstSentence(text: string): string {
  const end = text.slice(0, 2000).search(/[.!?](\s|$)/)
  return end === -1 ? text : text.slice(0, end + 1)
}
