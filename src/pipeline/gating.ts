import type { Finding } from '../domain/finding.ts'
import type { Selectable } from '../domain/policy.ts'
import { formatPort, type Port } from '../domain/port.ts'
import type { ReportTarget } from '../domain/report.ts'
import type { Comparison } from './comparison.ts'
import { allowanceFor, targetOf, type Allowance } from './expectations.ts'
import { namedTargets, type Gate } from './gate.ts'
import type { Snapshot } from './record.ts'

/** Rules that say themselves that something is not as the team wants it, on whichever target. */
const alwaysGate: ReadonlySet<string> = new Set(['must-not-build', 'cgo-newly-needed'])

type Standing = { readonly gates: true; readonly remark?: string } | { readonly gates: false; readonly excuse?: string }

/**
 * Which failures fail the run, and what is to be said of it. In this order: what the policy demands or allows, what was
 * built for real, what is new since the base, what the project names (docs/policy.md).
 * @param released names of ports that are built for a release
 * @param today `2027-03-31`, in UTC
 */
export function createGate(
  seen: Pick<Snapshot, 'asked' | 'targets' | 'ports'>,
  comparison: Comparison,
  released: ReadonlySet<string>,
  today: string,
): Pick<Gate, 'gates' | 'excuse' | 'remark'> {
  const { asked } = seen
  if (asked === undefined) return { gates: () => true }
  const named = namedTargets(asked.host, asked.planned)
  const rows = new Map(seen.targets.map((row) => [row.target, row] as const))
  const broken = new Set(seen.targets.filter((row) => row.build === 'fail').map((row) => row.target))
  const allowances = new Map<string, Allowance | undefined>()
  const allowance = (target: string): Allowance | undefined => {
    const { policies } = comparison
    if (policies === undefined) return undefined
    if (!allowances.has(target))
      allowances.set(target, allowanceFor(policies, selectable(target, rows.get(target), seen.ports), today))
    return allowances.get(target)
  }
  const standing = (finding: Finding, target: string): Standing => {
    if (alwaysGate.has(finding.rule)) return { gates: true }
    const allowed = allowance(target)
    if (allowed !== undefined) return fromPolicy(allowed, comparison)
    if (named.has(target) && broken.has(target)) return { gates: true }
    const before = comparison.difference?.standing(finding, target)
    const short = comparison.base?.short ?? ''
    if (before === 'known') return { gates: false, excuse: `failed at the base (${short}) already` }
    if (before === 'new') return { gates: true, remark: `new since the base (${short})` }
    const port = formatPort(targetOf(rows.get(target) ?? { port: target }))
    return { gates: named.has(target) || released.has(port) }
  }
  return {
    gates: (finding, target) => standing(finding, target).gates,
    excuse(finding, target) {
      const found = standing(finding, target)
      return found.gates ? undefined : found.excuse
    },
    remark(finding, target) {
      const found = standing(finding, target)
      return found.gates ? found.remark : undefined
    },
  }
}

function fromPolicy(allowed: Allowance, { policies }: Comparison): Standing {
  const { line } = allowed
  const inHead = policies?.head.targets.includes(line) === true
  const at = `${inHead ? policies.head.path : `${policies?.base?.path ?? ''} at the base`}, line ${line.line}`
  if (allowed.kind === 'must-build') {
    const { expectation } = line
    const over =
      expectation.expect === 'may-fail' ? `might fail until ${expectation.until ?? ''}, which is over` : 'must build'
    return { gates: true, remark: `${over} (${at})` }
  }
  const words = line.expectation.expect === 'may-fail' ? 'may fail' : 'must not build'
  return { gates: false, excuse: `${words}: ${allowed.reason} (${at})` }
}

function selectable(target: string, row: ReportTarget | undefined, ports: readonly Port[]): Selectable {
  const [goos = '', goarch = '', ...level] = target.split('/')
  const known =
    row === undefined ? { goos, goarch, ...(level.length === 0 ? {} : { level: level.join('/') }) } : targetOf(row)
  const port = ports.find((one) => one.goos === known.goos && one.goarch === known.goarch)
  return { ...known, firstClass: port?.firstClass ?? false }
}
