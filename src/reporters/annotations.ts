import type { Annotation } from '../domain/annotation.ts'
import type { Finding, Severity } from '../domain/finding.ts'
import { compareFindings } from '../domain/finding.ts'
import type { Location } from '../domain/module.ts'
import type { Report } from '../domain/report.ts'
import { formatLocation, isRepositoryFile } from './render/places.ts'
import type { FoldedTargets } from './render/targets.ts'
import { describeTargets, targetFolder } from './render/targets.ts'
import { plural } from './render/units.ts'
import { boundedLines, cut, oneLine } from './render/visible.ts'

export interface AnnotationOptions {
  /** Most findings shown of each level, 8 when absent: the runner keeps 10 of a step, and needs room for its own. */
  readonly perLevel?: number
  /** Directory of the repository inside the workspace (`path:` of a checkout), with `/`; empty when they are the same. */
  readonly workspacePrefix?: string
}

/** UTF-16 units that the runner keeps of a message (runner ExecutionContext.cs: 4096). */
const messageLimit = 4096
const titleLimit = 255
const levels: readonly Severity[] = ['error', 'warning', 'notice']

/**
 * The annotations of a run, worst and surest first, at most `perLevel` of each level and one more that counts the rest.
 * Each is plain text without anything that a runner could take for a command.
 */
export function renderAnnotations(report: Report, options: AnnotationOptions = {}): readonly Annotation[] {
  const perLevel = options.perLevel ?? 8
  const fold = targetFolder(report.targets.map((target) => target.target))
  const findings = [...report.findings].sort(compareFindings)
  return levels.flatMap((level) => {
    const ofLevel = findings.filter((finding) => finding.severity === level)
    const shown = ofLevel.slice(0, perLevel)
    const more = ofLevel.length - shown.length
    const annotations = shown.map((finding) => annotate(finding, fold(finding.targets), options.workspacePrefix ?? ''))
    return more > 0 ? [...annotations, countRest(level, more)] : annotations
  })
}

function countRest(level: Severity, count: number): Annotation {
  const what = plural(count, `more ${level}`)
  return { level, title: `gopreflight: ${what}`, message: `${what}: see the job summary.` }
}

function annotate(finding: Finding, targets: FoldedTargets, prefix: string): Annotation {
  const at = finding.locations.find((location) => isRepositoryFile(location.file) && location.line > 0)
  return {
    level: finding.severity,
    title: cut(harmless(oneLine(finding.title, titleLimit)), titleLimit),
    message: cut(harmless(messageOf(finding, at, targets)), messageLimit),
    ...(at === undefined ? {} : position(at, prefix)),
  }
}

function position(at: Location, prefix: string): Partial<Annotation> {
  const file = prefix === '' || prefix === '.' ? at.file : `${prefix.replace(/\/+$/, '')}/${at.file}`
  const endLine = at.endLine !== undefined && at.endLine >= at.line ? at.endLine : undefined
  const oneLineOnly = endLine === undefined || endLine === at.line
  const column = oneLineOnly && at.column !== undefined && at.column > 0 ? at.column : undefined
  const endColumn =
    column !== undefined && at.endColumn !== undefined && at.endColumn >= column ? at.endColumn : undefined
  return {
    file: harmless(oneLine(file, 1000)),
    line: at.line,
    ...(endLine === undefined ? {} : { endLine }),
    ...(column === undefined ? {} : { column }),
    ...(endColumn === undefined ? {} : { endColumn }),
  }
}

/** The parts are bounded one by one, so that a long message does not push the fix out. */
function messageOf(finding: Finding, at: Location | undefined, targets: FoldedTargets): string {
  const places = finding.locations.filter((location) => location !== at).map(formatLocation)
  const on = describeTargets(targets)
  return [
    boundedLines(finding.message, 12, 1400).join('\n'),
    on === '' ? '' : `On ${oneLine(on, 300)}.`,
    places.length === 0 ? '' : `${at === undefined ? 'At' : 'Also at'} ${oneLine(placesText(places), 400)}.`,
    finding.why === '' ? '' : `Why: ${oneLine(finding.why, 600)}`,
    fixOf(finding),
  ]
    .filter((part) => part !== '')
    .join('\n')
}

function placesText(places: readonly string[]): string {
  const more = places.length - 3
  return `${places.slice(0, 3).join(', ')}${more > 0 ? ` and ${plural(more, 'more place')}` : ''}`
}

function fixOf(finding: Finding): string {
  const { fix } = finding
  const tested = fix.verified ? ' (tried on a copy: it works)' : ''
  const commands = (fix.commands ?? []).slice(0, 6).map((command) => `  ${oneLine(command, 150)}`)
  const diff = fix.diff === undefined || fix.diff.split('\n', 16).length > 15 ? [] : boundedLines(fix.diff, 15, 500)
  return [`Fix${tested}: ${oneLine(fix.summary, 400)}`, ...commands, ...diff.map((line) => `  ${line}`)].join('\n')
}

/**
 * Breaks what a runner reads as a command: `##[` counts anywhere in a line, and act takes the last `::` of a line for
 * the end of the properties. Escaping for the command itself is the adapter's.
 */
function harmless(text: string): string {
  return text.replace(/:(?=:)/g, ': ').replace(/##(?=\[)/g, '## ')
}
