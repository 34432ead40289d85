import { compareFindings } from '../domain/finding.ts'
import type { DiagnosisReport, Report } from '../domain/report.ts'
import type { Paint } from './render/ansi.ts'
import { painter, plain, wrap } from './render/ansi.ts'
import { toolchainParts, verdictLine } from './render/counts.ts'
import { formatLocation } from './render/places.ts'
import { checkedTargets, targetFolder } from './render/targets.ts'
import { excerptLines, shownFindings } from './render/terminal-findings.ts'
import { terminalGrids } from './render/terminal-grid.ts'
import { formatSeconds, plural } from './render/units.ts'

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

/** A run for people at a terminal: verdict, Go, grid, findings, notes. Ends with the verdict again, since that is in view. */
export function renderTerminal(report: Report, options: TerminalOptions): string {
  const paint = painter(options.colour)
  const width = textWidth(options)
  const fold = targetFolder(report.targets.map((target) => target.target))
  const look = { paint, width, fold, checked: checkedTargets(report.targets) }
  const verdict = verdictOf(report, paint)
  const notes = report.notes.slice(0, 30).flatMap((note) => wrap(`note: ${note}`, width, ''))
  const findings = [...report.findings].sort(compareFindings)
  const probes = report.probes.filter((probe) => probe.outcome === 'skipped' || probe.outcome === 'error')
  const blocks = [
    [verdict, paint('dim', `go: ${plain(toolchainParts(report).join(', '), 500)}`)],
    ...terminalGrids(report, paint, options.width),
    ...shownFindings(findings, look),
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
  const look = { paint, width, fold: targetFolder([]), checked: [] }
  return join([...shownFindings(findings, look), ...strange, ...more])
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

function probeText(probe: Report['probes'][number]): string {
  const where = probe.module === '.' ? '' : ` in ${probe.module}`
  return `${probe.probe}${where}: ${probe.outcome}${probe.reason === undefined ? '' : `, ${probe.reason}`}`
}

function firstSentence(text: string): string {
  const end = text.slice(0, 2000).search(/[.!?](\s|$)/)
  return end === -1 ? text : text.slice(0, end + 1)
}
