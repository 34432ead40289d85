import { compareText } from '../domain/finding.ts'
import type { Expectation, Policy, PolicyCpu, PolicySelector, PolicyTarget } from '../domain/policy.ts'
import { ConfigurationError } from './error.ts'
import { levelProblem, parsePolicySelector, shorten } from './policy-selectors.ts'
import { readYaml, type YamlEntry, type YamlValue } from './yaml-file.ts'

/** Notes what is wrong in a line. */
type Report = (line: number, message: string) => void

/**
 * Reads the text of a policy file (schema/policy.schema.json, docs/policy.md). Throws a ConfigurationError that lists
 * everything that is wrong, each with its line.
 * @param path the file, relative to the repository root, for messages and findings
 */
export function parsePolicy(text: string, path: string): Policy {
  const { root, problems } = readYaml(text)
  const found = problems.map(({ line, message }) => ({ line, message }))
  const report: Report = (line, message) => void found.push({ line, message })
  const policy = readPolicy(root, path, report)
  if (found.length === 0) return policy
  const sorted = [...found].sort((a, b) => a.line - b.line || compareText(a.message, b.message))
  throw new ConfigurationError([...new Set(sorted.map(({ line, message }) => `${path}:${line}: ${message}`))])
}

function readPolicy(root: YamlValue, path: string, report: Report): Policy {
  const targets: PolicyTarget[] = []
  const cpu: PolicyCpu[] = []
  for (const { key, line, value } of entriesOf(root, 'the policy', report)) {
    if (key === 'targets') targets.push(...readTargets(value, report))
    else if (key === 'deploy') cpu.push(...readDeploy(value, report))
    else report(line, unknownKey(key, ['targets', 'deploy'], 'the policy'))
  }
  return { path, targets, cpu }
}

function readTargets(value: YamlValue, report: Report): readonly PolicyTarget[] {
  return entriesOf(value, 'targets', report).flatMap((entry): PolicyTarget[] => {
    const selector = readSelector(entry, report)
    const expectation = readExpectation(entry, report)
    if (selector === undefined || expectation === undefined) return []
    return [{ selector, text: entry.key, line: entry.line, expectation }]
  })
}

const shapes = 'must-build, { may-fail: REASON } or { must-not-build: REASON }'

function readExpectation({ key, line, value }: YamlEntry, report: Report): Expectation | undefined {
  const name = shorten(key)
  if (value.kind === 'text') {
    if (value.text === 'must-build') return { expect: 'must-build' }
    if (value.text === 'may-fail' || value.text === 'must-not-build')
      report(line, `${name}: say why: { ${value.text}: REASON }`)
    else report(line, `${name}: "${shorten(value.text)}" is none of ${shapes}`)
    return undefined
  }
  if (value.kind !== 'map') {
    report(line, `${name}: write ${shapes}`)
    return undefined
  }
  const known = ['may-fail', 'must-not-build', 'until']
  for (const one of value.entries)
    if (!known.includes(one.key))
      report(
        one.line,
        one.key === 'must-build' ? `${name}: write "${name}: must-build"` : unknownKey(one.key, known, name),
      )
  const member = (wanted: string): YamlEntry | undefined => value.entries.find((one) => one.key === wanted)
  const [mayFail, mustNot, until] = known.map(member)
  if (mayFail !== undefined && mustNot !== undefined) {
    report(mustNot.line, `${name}: may-fail and must-not-build exclude each other`)
    return undefined
  }
  if (until !== undefined && mayFail === undefined) report(until.line, `${name}: until goes with may-fail`)
  if (mayFail !== undefined) {
    const reason = readReason(mayFail, name, report)
    const day = until === undefined ? undefined : readDay(until, name, report)
    if (reason === undefined) return undefined
    return { expect: 'may-fail', reason, ...(day === undefined ? {} : { until: day }) }
  }
  if (mustNot !== undefined) {
    const reason = readReason(mustNot, name, report)
    return reason === undefined ? undefined : { expect: 'must-not-build', reason }
  }
  if (value.entries.every((one) => known.includes(one.key))) report(line, `${name}: write ${shapes}`)
  return undefined
}

function readReason({ key, line, value }: YamlEntry, name: string, report: Report): string | undefined {
  const text = value.kind === 'text' ? value.text.replace(/\s+/g, ' ').trim() : ''
  if (text !== '' && text.length <= 500) return text
  report(line, text === '' ? `${name}: ${key} needs a reason` : `${name}: the reason has more than 500 characters`)
  return undefined
}

function readDay({ line, value }: YamlEntry, name: string, report: Report): string | undefined {
  const text = value.kind === 'text' ? value.text : ''
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  // Date.parse takes 2027-02-30 for a day in March.
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return text
  report(line, `${name}: until is the last day on which it may fail, such as 2027-03-31, not "${shorten(text)}"`)
  return undefined
}

function readDeploy(value: YamlValue, report: Report): readonly PolicyCpu[] {
  return entriesOf(value, 'deploy', report).flatMap(({ key, line, value: inner }) => {
    if (key === 'cpu') return readCpu(inner, report)
    report(line, unknownKey(key, ['cpu'], 'deploy'))
    return []
  })
}

function readCpu(value: YamlValue, report: Report): readonly PolicyCpu[] {
  return entriesOf(value, 'deploy.cpu', report).flatMap((entry): PolicyCpu[] => {
    const { key, line } = entry
    const selector = readSelector(entry, report)
    if (selector === undefined) return []
    const goarch = selector.kind === 'ports' && selector.level === undefined ? selector.goarch : undefined
    if (goarch === undefined) {
      report(line, `deploy.cpu: "${shorten(key)}" names no architecture: write linux/amd64 or "*/amd64"`)
      return []
    }
    const level = entry.value.kind === 'text' ? entry.value.text : ''
    const problem = levelProblem(goarch, level)
    if (problem === undefined) return [{ selector, text: key, line, level }]
    report(line, `deploy.cpu: ${shorten(key)}: ${level === '' ? 'a level is missing' : problem}`)
    return []
  })
}

function readSelector({ key, line }: YamlEntry, report: Report): PolicySelector | undefined {
  const selector = parsePolicySelector(key)
  if (!('problem' in selector)) return selector
  report(line, selector.problem)
  return undefined
}

/** The entries of a map; of nothing, none. */
function entriesOf(value: YamlValue, what: string, report: Report): readonly YamlEntry[] {
  if (value.kind === 'map') return value.entries
  if (value.kind !== 'empty') report(value.line, `${what} must be a map, not a ${value.kind}`)
  return []
}

function unknownKey(key: string, known: readonly string[], where: string): string {
  return `${where} has no key "${shorten(key)}"; there ${known.length === 1 ? 'is' : 'are'} ${known.join(', ')}`
}
