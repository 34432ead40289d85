import type { Finding } from '../../domain/finding.ts'
import { nameAndCountPorts } from '../../domain/port-set.ts'
import { severityMarks } from './counts.ts'
import { code, codeHtml, fenced, joinInline, link, prose, proseHtml } from './escape.ts'
import type { SourceSite } from './places.ts'
import { blobUrl, formatLocation } from './places.ts'
import type { FoldedTargets } from './targets.ts'
import { describeTargets } from './targets.ts'
import { details } from './table.ts'
import { plural } from './units.ts'
import { oneLine } from './visible.ts'

/** How much of a finding is shown; the summary takes less when its size calls for it. */
export interface FindingDetail {
  /** Characters of the evidence excerpt, and of a diff; 0 leaves the evidence out. */
  readonly excerptChars: number
}

/** What the blocks of one summary share. */
export interface FindingContext {
  readonly site: SourceSite
  readonly fold: (targets: readonly string[]) => FoldedTargets
  /** Names of the targets that were really looked at. */
  readonly checked: readonly string[]
}

const confidences = { certain: '', likely: 'the likely cause', guess: 'a guess' } as const

/** A finding in full: what, where, on which targets, what was seen, why, and how to fix it. */
export function findingBlock(finding: Finding, context: FindingContext, detail: FindingDetail): string {
  const { causes = [] } = finding
  // One cause says all that there is to say; several are told one by one.
  if (causes.length > 1) return foldedBlock(finding, causes, context, detail)
  return [
    `### ${severityMarks[finding.severity]} ${prose(finding.title, { max: 200 })}`,
    prose(finding.message, { max: 1500 }),
    where(finding, context),
    evidence(finding, detail),
    finding.why === '' ? '' : joinInline(['**Why** ', prose(finding.why, { max: 1500 })]),
    ...fix(finding, detail),
    footer(finding),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

const mostCauses = 50

/** A finding that others were folded into: each of them is a line to open. */
function foldedBlock(
  finding: Finding,
  causes: readonly Finding[],
  context: FindingContext,
  detail: FindingDetail,
): string {
  const blocks = causes.slice(0, mostCauses).map((cause) => {
    const ports = nameAndCountPorts(cause.targets, context.checked)
    const title = causeTitle(cause)
    const body = [
      title === cause.message ? '' : prose(cause.message, { max: 1000 }),
      where(cause, context),
      evidence(cause, detail),
      ...fix(cause, detail),
      footer(cause),
    ]
    return details(
      `<b>${proseHtml(ports, 200)}</b>: ${proseHtml(title, 200)}`,
      body.filter((part) => part !== '').join('\n\n'),
    )
  })
  const more = causes.length - blocks.length
  return [
    `### ${severityMarks[finding.severity]} ${prose(finding.title, { max: 200 })}`,
    prose(finding.message.split('\n', 1)[0] ?? '', { max: 600 }),
    blocks.join('\n'),
    more > 0 ? `${plural(more, 'more reason')}; the report file has all.` : '',
    joinInline(['**Fix** ', prose(finding.fix.summary, { max: 800 })]),
    footer(finding),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** The message when it is short enough to be a title: it names things, which the title of a rule does not. */
function causeTitle({ message, title }: Finding): string {
  return message.length <= 120 && !message.includes('\n') ? message : title
}

/** A finding on one line of a list. */
export function findingLine(finding: Finding, context: FindingContext): string {
  const at = finding.locations[0]
  const place = at === undefined ? '' : ` at ${linkedLocation(at, context.site)}`
  const on = targetsText(context.fold(finding.targets), 2)
  const message = prose(finding.message, { max: 200 })
  return `- ${severityMarks[finding.severity]} ${code(finding.rule, { max: 80 })} ${message}${place}${on === '' ? '' : ` on ${on}`}`
}

function where(finding: Finding, context: FindingContext): string {
  const shown = finding.locations.slice(0, 5).map((location) => linkedLocation(location, context.site))
  const more = finding.locations.length - shown.length
  const on = targetsText(context.fold(finding.targets), 8)
  const places = shown.length === 0 ? '' : `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  const owner = finding.package ?? (shown.length === 0 ? moduleName(finding) : undefined)
  return [
    places === '' ? '' : `**Where** ${places}`,
    owner === undefined ? '' : `${places === '' ? '**Where** ' : 'in '}${code(owner)}`,
    on === '' ? '' : `**On** ${on}`,
  ]
    .filter((part) => part !== '')
    .join(' ')
    .replace(' **On**', ' · **On**')
}

function moduleName(finding: Finding): string | undefined {
  const { module, version } = finding
  return module === undefined || version === undefined ? module : `${module}@${version}`
}

function linkedLocation(location: Finding['locations'][number], site: SourceSite): string {
  return link(code(formatLocation(location), { max: 200 }), blobUrl(location, site))
}

/** The names as code, the words between them as words. */
function targetsText(folded: FoldedTargets, max: number): string {
  const said = describeTargets(folded, max)
  if (said === '' || folded.all) return said
  const names = folded.items.slice(0, max).map((item) => code(item, { max: 60 }))
  const more = folded.items.length - names.length
  const count = folded.count > 1 ? ` (${folded.count} targets)` : ''
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}${count}`
}

function evidence(finding: Finding, detail: FindingDetail): string {
  const { command, excerpt } = finding.evidence
  if (detail.excerptChars === 0 || excerpt.trim() === '') return ''
  const block = fenced(excerpt, 'text', { maxLines: 40, maxChars: detail.excerptChars })
  const short = block.length < 700 && block.split('\n').length <= 10
  const said = command.trim() === ''
  if (short) return said ? block : `${code(command, { max: 200 })} said:\n\n${block}`
  return details(said ? 'What was seen' : `What ${codeHtml(command)} said`, block)
}

function fix(finding: Finding, detail: FindingDetail): readonly string[] {
  const { summary, commands, diff, verified } = finding.fix
  const tried = verified ? ' *Tried on a copy: the check then passes.*' : ''
  const shell = (commands ?? [])
    .slice(0, 20)
    .map((command) => oneLine(command, 500))
    .join('\n')
  const diffChars = Math.min(6000, Math.max(600, detail.excerptChars * 2))
  const patch =
    diff === undefined || diff.trim() === '' ? '' : fenced(diff, 'diff', { maxLines: 120, maxChars: diffChars })
  const long = patch.split('\n').length > 24
  return [
    joinInline(['**Fix** ', prose(summary, { max: 800 }), tried]),
    shell === '' ? '' : fenced(shell, 'sh', { maxLines: 12, maxChars: 1500 }),
    long ? details('The change as a diff', patch) : patch,
  ]
}

function footer(finding: Finding): string {
  const sure = confidences[finding.confidence]
  const rule = link(code(finding.rule, { max: 80 }), finding.docs)
  return `<sub>Rule ${rule}${sure === '' ? '' : `: ${sure}`}</sub>`
}
