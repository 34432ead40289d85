import type { Finding } from '../../domain/finding.ts'
import { nameAndCountPorts } from '../../domain/port-set.ts'
import { plain, wrap, type Paint, type Style } from './ansi.ts'
import { countFindings } from './counts.ts'
import { formatLocation } from './places.ts'
import { describeTargets, type FoldedTargets } from './targets.ts'
import { plural } from './units.ts'
import { boundedLines, oneLine } from './visible.ts'

/** How findings are shown: colours, the width of prose, and what names of targets are short for. */
export interface Look {
  readonly paint: Paint
  readonly width: number
  readonly fold: (targets: readonly string[]) => FoldedTargets
  /** Names of the targets that were really looked at. */
  readonly checked: readonly string[]
}

const severityStyles: Readonly<Record<Finding['severity'], Style>> = { error: 'red', warning: 'yellow', notice: 'cyan' }
const mostFindings = 200

/** Findings in full, as many as a person would scroll through. */
export function shownFindings(findings: readonly Finding[], look: Look): readonly (readonly string[])[] {
  const shown = findings.slice(0, mostFindings).map((finding) => findingLines(finding, look))
  const left = findings.slice(mostFindings)
  return left.length === 0 ? shown : [...shown, [`${left.length} more: ${countFindings(left)}; --json has all.`]]
}

function findingLines(finding: Finding, look: Look): readonly string[] {
  const { paint, width, fold } = look
  const [cause, ...others] = finding.causes ?? []
  // One cause says all that there is to say; several are told one by one.
  if (cause !== undefined && others.length > 0) return foldedLines(finding, [cause, ...others], look)
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

const mostCauses = 50

function foldedLines(finding: Finding, causes: readonly Finding[], look: Look): readonly string[] {
  const { paint, width } = look
  const style = severityStyles[finding.severity]
  const shown = causes.slice(0, mostCauses)
  const more = causes.length - shown.length
  return [
    `${paint(style, paint('bold', `${finding.severity}:`))} ${paint('bold', plain(finding.title, 300))} ${paint('dim', `[${plain(finding.rule, 100)}]`)}`,
    ...wrap(finding.message.split('\n', 1)[0] ?? '', width, '  '),
    ...shown.flatMap((cause) => ['', ...causeLines(cause, look)]),
    ...(more > 0 ? ['', `  and ${plural(more, 'more reason')}; --json has all`] : []),
    '',
    ...wrap(`fix: ${finding.fix.summary}`, width, '  '),
    `  ${paint('dim', plain(finding.docs, 300))}`,
  ]
}

/** A cause in a few lines: its ports, its places, what was said, and the way out. */
function causeLines(cause: Finding, look: Look): readonly string[] {
  const { paint, width, checked } = look
  const places = cause.locations.slice(0, 3).map((location) => plain(formatLocation(location), 300))
  const more = cause.locations.length - places.length
  return [
    ...wrap(nameAndCountPorts(cause.targets, checked), width, '  ').map((line) => paint('bold', line)),
    ...wrap(cause.message, width, '    '),
    ...(places.length === 0
      ? []
      : [`    ${paint('cyan', places.join(', '))}${more > 0 ? ` and ${plural(more, 'more place')}` : ''}`]),
    ...excerptLines(cause.evidence.excerpt, paint, 4).map((line) => `  ${line}`),
    ...wrap(`fix: ${cause.fix.summary}`, width, '    '),
  ]
}

/** Lines of somebody's output behind a bar. */
export function excerptLines(excerpt: string, paint: Paint, max: number): readonly string[] {
  return boundedLines(excerpt, max, 4000).map((line) => `  ${paint('dim', '|')} ${plain(line, 500)}`)
}

function diffLines(diff: string, paint: Paint): readonly string[] {
  return boundedLines(diff, 40, 6000).map((line) => {
    const text = plain(line, 500)
    return `      ${line.startsWith('+') ? paint('green', text) : line.startsWith('-') ? paint('red', text) : text}`
  })
}
