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
export function provenFix(
  finding: Finding,
  { candidate, applied }: Tried,
  dir: string,
  checked: readonly string[],
): Fix {
  const name = formatModuleVersion(candidate.module)
  const ports = nameAndCountPorts(finding.targets, checked)
  const proof = `Checked in a copy of the module: ${ports} and the host compile with it.`
  const diff = (applied?.changed ?? [])
    .map(({ file, before, after }) => unifiedDiff(dir === '.' ? file : `${dir}/${file}`, before, after))
    .join('')
  const files = applied?.changed.length ?? 0
  const summary =
    candidate.kind === 'version'
      ? candidate.module.path === finding.module
        ? `Move to ${name}.`
        : `Move to ${name}, which does not bring ${formatModuleVersion({ path: finding.module ?? '', version: finding.version })} in any more.`
      : candidate.kind === 'successor'
        ? `Move from ${candidate.old} to its successor ${name} (${candidate.source}): change the imports of ${files} ${files === 1 ? 'file' : 'files'}, then run the commands.`
        : `Replace ${candidate.old} by its successor ${name} (${candidate.source}); what imports it stays as it is.`
  return {
    summary: `${summary} ${proof}`,
    commands: applied?.commands ?? [],
    ...(diff === '' || diff.length > mostDiff ? {} : { diff }),
    verified: true,
  }
}

/** What was tried in vain, after the advice that stands without it. */
export function unprovenFix(
  finding: Finding,
  tried: readonly Tried[],
  rest: { readonly problem?: string; readonly left: number },
): Fix {
  const said = tried.map(
    ({ candidate, outcome }) => `${formatModuleVersion(candidate.module)} ${outcomeWords(outcome)}`,
  )
  const parts = [
    said.length > 0
      ? `Tried in a copy of the module: ${said.join('; ')}.`
      : rest.problem === undefined && rest.left === 0
        ? `There is no newer version of ${finding.module ?? 'the module'}, and no successor that gopreflight knows.`
        : '',
    rest.problem === undefined ? '' : `Not all could be tried: ${clip(rest.problem)}.`,
    rest.left > 0 ? `${rest.left} more ${rest.left === 1 ? 'was' : 'were'} not tried: the budget was used up.` : '',
    said.length > 0 && rest.problem === undefined && rest.left === 0
      ? 'No other newer version or successor is known.'
      : '',
  ]
  const advice = finding.fix.summary.replace(/ With the input prove: ports,[^.]*\./, '')
  return { ...finding.fix, summary: [advice, ...parts.filter((part) => part !== '')].join(' '), verified: false }
}

function outcomeWords(outcome: Tried['outcome']): string {
  switch (outcome.kind) {
    case 'refused':
      return `cannot be required (${clip(outcome.reason)})`
    case 'fails':
      return `still fails on ${outcome.error.target} (${clip(outcome.error.text)})`
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
