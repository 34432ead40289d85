// node scripts/expect-finding.mjs REPORT RULE: fails unless a report has a finding of that rule, and none that says that
// gopreflight did not understand what it saw. For the end-to-end workflow.
import { readFileSync } from 'node:fs'

const [file, wanted] = process.argv.slice(2)
const { findings } = JSON.parse(readFileSync(file, 'utf8'))
const seen = findings.map(({ rule }) => rule)
const problems = [
  ...(seen.includes(wanted) ? [] : [`no finding of ${wanted}`]),
  ...seen.filter((rule) => rule === 'unexplained' || rule === 'probe-broken').map((rule) => `a finding of ${rule}`),
]
if (problems.length > 0) {
  console.error(`${problems.join(', ')}\n${JSON.stringify(findings, null, 2)}`)
  process.exitCode = 1
}
