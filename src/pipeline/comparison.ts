import type { Policy } from '../domain/policy.ts'
import type { CgoNeededObservation, PolicyObservation } from '../domain/policy-observation.ts'
import type { Observation } from '../domain/observation.ts'
import { formatTarget, targetKey, type Target } from '../domain/port.ts'
import { reportPath, sourcePath } from '../modules/source-path.ts'
import type { Probe } from '../probes/support/probe.ts'
import { baseContext, checkAgain, complaintsOn, failingTargets, type Checked } from './base-check.ts'
import { obtainBase, type Base } from './base.ts'
import { differenceOf, type Difference, type Place } from './difference.ts'
import { loosenings, type Policies } from './expectations.ts'
import { basePolicy } from './policies.ts'
import type { ModuleContext, Snapshot } from './record.ts'
import type { RunOptions } from './run.ts'

/** What is known of a run beside what its probes saw: what holds, and what was there before. */
export interface Comparison {
  readonly policies?: Policies
  readonly base?: Base
  readonly difference?: Difference
  readonly observations: readonly Observation[]
  readonly notes: readonly string[]
}

interface ComparisonParts {
  /** Repository root, absolute. */
  readonly root: string
  readonly policy?: Policy
  readonly scratchDir: string
}

/**
 * Looks at the base when that can change anything: something fails, something needs cgo, or there is a policy that may
 * have been loosened. Never throws for what the base is like; `notes` then says why there is none.
 */
export async function compareWithBase(
  options: RunOptions,
  seen: Snapshot,
  parts: ComparisonParts,
): Promise<Comparison> {
  const { policy, root } = parts
  const alone: Comparison = {
    ...(policy === undefined ? {} : { policies: { head: policy } }),
    observations: [],
    notes: [],
  }
  const { system, settings } = options
  if (seen.asked === undefined || system.signal.aborted) return alone
  const source = await options.base?.(root)
  if (source === undefined) return alone
  const probe = options.probes.find((one) => one.name === 'ports' && settings.probes.has('ports') && settings.leg === 0)
  const withoutCgo = probe === undefined ? [] : await cgoUsers(options, seen, probe)
  if (failingTargets(seen.targets).size === 0 && withoutCgo.length === 0 && policy === undefined) return alone

  const base = await obtainBase(system, source, root, parts.scratchDir, settings.timeoutSeconds)
  if ('missing' in base) return { ...alone, notes: [base.missing] }
  const notes: string[] = []
  const read = await basePolicy(system.files, base.root, settings.policyFile, policy)
  if ('note' in read) notes.push(read.note)
  const before = 'policy' in read ? read.policy : undefined
  const policies = policiesOf(policy, before)
  const compared = probe === undefined ? { notes: [] } : await compareFailures(seen, probe, base, root)
  notes.push(...compared.notes)
  const loosened = policies?.base === undefined ? [] : loosenings(policies.base, policies.head, seen.ports)
  const observation: PolicyObservation | undefined =
    policies === undefined || loosened.length === 0
      ? undefined
      : { kind: 'policy', probe: 'policy', path: policies.head.path, base: base.short, loosened }
  return {
    ...(policies === undefined ? {} : { policies }),
    base,
    ...('difference' in compared && compared.difference !== undefined ? { difference: compared.difference } : {}),
    observations: [
      ...(observation === undefined ? [] : [observation]),
      ...(probe === undefined ? [] : await newCgoUsers(withoutCgo, probe, base)),
    ],
    notes,
  }
}

function policiesOf(head: Policy | undefined, base: Policy | undefined): Policies | undefined {
  const empty = (path: string): Policy => ({ path, targets: [], cpu: [] })
  if (head === undefined && (base === undefined || (base.targets.length === 0 && base.cpu.length === 0)))
    return undefined
  return { head: head ?? empty(base?.path ?? ''), ...(base === undefined ? {} : { base }) }
}

/**
 * The errors of the type check now and at the base, on the targets that fail now. A module that was not there, or that
 * cannot be loaded there, is left out: what it fails on is not new, for it never built before.
 */
async function compareFailures(
  seen: Snapshot,
  probe: Probe,
  base: Base,
  root: string,
): Promise<{ readonly difference?: Difference; readonly notes: readonly string[] }> {
  const before: Observation[] = []
  const compared = new Set<string>()
  const notes: string[] = []
  let moduleCache: string | undefined
  for (const [dir, context] of seen.contexts) {
    const failing = failingTargets(seen.targets.filter((row) => row.module === dir))
    if (failing.size === 0) continue
    const name = dir === '.' ? 'The module' : `The module in ${dir}`
    const leave = (why: string): void =>
      void notes.push(`${name} ${why} at the base (${base.short}), so the rules without a base hold for it.`)
    const then = await baseContext(context, base)
    if (then === undefined) {
      leave('is not there')
      continue
    }
    const targets = context.portCheck.targets.filter((target) => failing.has(formatTarget(target)))
    const checked = await checkAgain(probe, then, targets)
    if ('missing' in checked) {
      leave(`cannot be type-checked (${checked.missing.replace(/\.$/, '')})`)
      continue
    }
    moduleCache ??= (await context.listings.env()).GOMODCACHE
    compared.add(dir)
    before.push(...checked.observations)
  }
  if (compared.size === 0) return { notes }
  const head = { observations: seen.observations, place: placeIn(root, moduleCache) }
  const then = { observations: before, place: placeIn(base.root, moduleCache) }
  return { difference: differenceOf(head, then, compared), notes }
}

function placeIn(root: string, moduleCache: string | undefined): Place {
  return { root, dirOf: (module) => (module === '.' ? root : `${root}/${module}`), moduleCache }
}

/** A module with the targets on which it compiles with cgo and not without. */
interface CgoUser {
  readonly context: ModuleContext
  readonly targets: readonly Target[]
  readonly checked: Exclude<Checked, { readonly missing: string }>
}

async function cgoUsers(options: RunOptions, seen: Snapshot, probe: Probe): Promise<readonly CgoUser[]> {
  // Somebody who asks for cgo everywhere does not mind to need it.
  if (options.settings.cgo !== undefined) return []
  const users: CgoUser[] = []
  for (const [dir, context] of seen.contexts) {
    const rows = seen.targets.filter(
      (row) => row.module === dir && row.cgo && row.types === 'pass' && row.build !== 'fail',
    )
    // The cgo probe knows already where nothing beyond the standard library uses cgo.
    const without = new Set(
      seen.observations.flatMap((one) =>
        one.kind === 'cgo' && one.module === dir && one.differences.length === 0 ? [formatTarget(one.target)] : [],
      ),
    )
    const names = new Set(rows.map((row) => row.target).filter((name) => !without.has(name)))
    const targets = context.portCheck.targets
      .filter((target) => names.has(formatTarget(target)))
      .map((target) => ({ ...target, cgo: false }))
    if (targets.length === 0) continue
    const checked = await checkAgain(probe, context, targets)
    if ('missing' in checked) continue
    const failing = targets.filter((target) => complaintsOn(checked.observations, formatTarget(target)).length > 0)
    if (failing.length > 0) users.push({ context, targets: failing, checked })
  }
  return users
}

const mostPackages = 5

async function newCgoUsers(
  users: readonly CgoUser[],
  probe: Probe,
  base: Base,
): Promise<readonly CgoNeededObservation[]> {
  const found: CgoNeededObservation[] = []
  for (const { context, targets, checked } of users) {
    const then = await baseContext(context, base)
    const before = then === undefined ? undefined : await checkAgain(probe, then, targets)
    // What cannot be compared is not called new.
    if (before === undefined || 'missing' in before) continue
    const passed = new Set(before.rows.filter((row) => row.types === 'pass').map((row) => row.target))
    const [target, ...alsoOn] = targets.filter((one) => passed.has(formatTarget(one)))
    if (target === undefined) continue
    const place = {
      root: context.root,
      dir: context.module.absoluteDir,
      moduleCache: (await context.listings.env()).GOMODCACHE,
    }
    const messages = complaintsOn(checked.observations, formatTarget(target)).flatMap((one) => one.messages)
    const packages = new Map<string, CgoNeededObservation['packages'][number]>()
    for (const { package: name = '', text, position } of messages) {
      if (packages.has(name) || packages.size >= mostPackages) continue
      const at =
        position === undefined ? undefined : { ...position, file: reportPath(sourcePath(position.file, place)) }
      packages.set(name, { package: name, message: text, ...(at === undefined ? {} : { at }) })
    }
    found.push({
      kind: 'cgo-needed',
      probe: 'ports',
      module: context.module.dir,
      target,
      ...(alsoOn.length === 0 ? {} : { alsoOn }),
      base: base.short,
      packages: [...packages.values()],
    })
  }
  return [...new Map(found.map((one) => [`${one.module ?? ''} ${targetKey(one.target)}`, one])).values()]
}
