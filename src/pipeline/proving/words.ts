import type { Finding, Fix } from '../../domain/finding.ts'
import { formatModuleVersion } from '../../domain/module.ts'
import { nameAndCountPorts } from '../../domain/port-set.ts'
import { unifiedDiff } from '../../modules/unified-diff.ts'
import type { Candidate } from './candidates.ts'
import type { Outcome } from './judge.ts'
import type { Applied } from './scratch-module.ts'

/** A candidate that was tried for a finding, and what came of it. */
export interface Tried {
  readonly candidate: Candidate
  readonly applied?: Applied
  readonly outcome: Outcome | { readonly kind: 'refused'; readonly reason: string }
}

const mostDiff = 200_000
const mostText = 200

/** The fix of a finding for which a candidate was proven. */
export function provenFix(finding: Finding, tried: Tried, dir: string, checked: readonly string[]): Fix {
  const ports = nameAndCountPorts(finding.targets, checked)
  return {
    summary: `${stepWords(finding, tried)} Checked in a copy of the module: ${ports} and the host compile with it.`,
    ...stepOf(tried, dir),
    verified: true,
  }
}

/** What was tried in vain, or helps some of the targets, after the advice that stands without it. */
export function unprovenFix(
  finding: Finding,
  tried: readonly Tried[],
  rest: { readonly problem?: string; readonly left: number },
  dir: string,
  checked: readonly string[],
): Fix {
  const best = mostHelpful(tried)
  const others = tried.filter((one) => one !== best)
  const said = others.map(
    ({ candidate, outcome }) => `${formatModuleVersion(candidate.module)} ${outcomeWords(outcome, checked)}`,
  )
  const complete = rest.problem === undefined && rest.left === 0
  const ends = [
    said.length > 0 ? `Tried in a copy of the module${best === undefined ? '' : ' too'}: ${said.join('; ')}.` : '',
    tried.length === 0 && complete
      ? `There is no newer version of ${finding.module ?? 'the module'}, and no successor that gopreflight knows.`
      : '',
    rest.problem === undefined ? '' : `Not all could be tried: ${clip(rest.problem)}.`,
    rest.left > 0 ? `${rest.left} more ${rest.left === 1 ? 'was' : 'were'} not tried: the budget was used up.` : '',
    tried.length > 0 && complete ? 'No other newer version or successor is known.' : '',
  ].filter((end) => end !== '')
  if (best?.outcome.kind === 'partly') {
    const helped = nameAndCountPorts(best.outcome.targets, checked)
    const start = `${stepWords(finding, best)} Checked in a copy of the module: it helps ${helped}, and not ${best.outcome.error.target} (${clip(best.outcome.error.text)}).`
    return { summary: [start, ...ends].join(' '), ...stepOf(best, dir), verified: false }
  }
  const advice = finding.fix.summary.replace(/ With the input prove: ports,[^.]*\./, '')
  return { ...finding.fix, summary: [advice, ...ends].join(' '), verified: false }
}

function mostHelpful(tried: readonly Tried[]): Tried | undefined {
  const reach = ({ outcome }: Tried): number => (outcome.kind === 'partly' ? outcome.targets.length : 0)
  // Of two that help as much the first, which is the smaller step.
  return tried.reduce<Tried | undefined>((a, b) => (reach(b) > (a === undefined ? 0 : reach(a)) ? b : a), undefined)
}

function stepOf({ applied }: Tried, dir: string): Pick<Fix, 'commands' | 'diff'> {
  const diff = (applied?.changed ?? [])
    .map(({ file, before, after }) => unifiedDiff(dir === '.' ? file : `${dir}/${file}`, before, after))
    .join('')
  return { commands: applied?.commands ?? [], ...(diff === '' || diff.length > mostDiff ? {} : { diff }) }
}

function stepWords({ module = '', version }: Finding, { candidate, applied }: Tried): string {
  const name = formatModuleVersion(candidate.module)
  const files = applied?.changed.length ?? 0
  switch (candidate.kind) {
    case 'version':
      return candidate.module.path === module
        ? `Move to ${name}.`
        : `Move to ${name}, which does not bring ${formatModuleVersion({ path: module, version })} in any more.`
    case 'successor':
      return `Move from ${candidate.old} to its successor ${name} (${candidate.source}): change the imports of ${files} ${files === 1 ? 'file' : 'files'}, then run the commands.`
    case 'replace':
      return `Replace ${candidate.old} by its successor ${name} (${candidate.source}); what imports it stays as it is.`
  }
}

function outcomeWords(outcome: Tried['outcome'], checked: readonly string[]): string {
  switch (outcome.kind) {
    case 'refused':
      return `cannot be required (${clip(outcome.reason)})`
    case 'fails':
      return `still fails on ${outcome.error.target} (${clip(outcome.error.text)})`
    case 'partly':
      return `helps ${nameAndCountPorts(outcome.targets, checked)} alone (${outcome.error.target}: ${clip(outcome.error.text)})`
    case 'breaks':
      return `compiles there, but other code does not compile with it (${outcome.error.package}: ${clip(outcome.error.text)})`
    case 'uncovers':
      return `compiles there, and shows what it hid: ${outcome.count} more ${outcome.count === 1 ? 'error' : 'errors'} on these ports (${outcome.error.package}: ${clip(outcome.error.text)})`
    case 'proven':
      return 'compiles there'
  }
}

function clip(text: string): string {
  const line = text.split('\n')[0] ?? ''
  return line.length > mostText ? `${line.slice(0, mostText - 1)}…` : line
}
