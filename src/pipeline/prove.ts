import path from 'node:path'

import type { Finding } from '../domain/finding.ts'
import { formatModuleVersion } from '../domain/module.ts'
import { formatTarget, type Target } from '../domain/port.ts'
import type { System } from '../system/types.ts'
import { createBudget, type ProofBudget, type ProofLimits } from './proving/budget.ts'
import { candidatesFor, type Candidate } from './proving/candidates.ts'
import { describeCulprit, groupFindings, ownPlaces, targetsOf, type Group } from './proving/groups.ts'
import { judgeCandidate, type CheckError } from './proving/judge.ts'
import { scratchModule, type ScratchModule } from './proving/scratch-module.ts'
import { provenFix, unprovenFix, type Tried } from './proving/words.ts'
import type { ModuleContext } from './record.ts'

export const proofLimits: ProofLimits = { seconds: 180, tries: 12 }

/** Checks a module on some targets and returns every error there; a sentence when it cannot be done. */
export type ProofCheck = (
  context: ModuleContext,
  targets: readonly Target[],
) => Promise<readonly CheckError[] | { readonly missing: string }>

export interface ProveOptions {
  readonly system: Pick<System, 'clock' | 'signal' | 'log'>
  /** By directory of the module. */
  readonly contexts: ReadonlyMap<string, ModuleContext>
  readonly check: ProofCheck
  /** Names of the targets that were checked in this run. */
  readonly checked: readonly string[]
  readonly limits?: ProofLimits
  readonly candidates?: typeof candidatesFor
}

export interface Proven {
  readonly findings: readonly Finding[]
  /** What could not be tried, one sentence each. */
  readonly notes: readonly string[]
}

/**
 * Looks for each finding about a dependency on some ports whether a newer version, a known successor or a newer version of
 * what brings it in makes it go away: tried one after the other in a copy of the module and checked again on its targets
 * and the host, one level deep, within a budget. A finding that a candidate ends gets that candidate as a verified fix, the
 * others say what was tried in vain. Never throws for what the module or the network does.
 */
export async function proveFindings(findings: readonly Finding[], options: ProveOptions): Promise<Proven> {
  const limits = options.limits ?? proofLimits
  const budget = createBudget(options.system, limits)
  const copies = new Map<ModuleContext, Promise<ScratchModule>>()
  const better = new Map<Finding, Finding>()
  const notes: string[] = []
  const untried: string[] = []
  for (const group of groupFindings(findings, options.contexts)) {
    const name = formatModuleVersion(group.module)
    if (budget.spent()) {
      untried.push(name)
      continue
    }
    const { context } = group
    const copy = copies.get(context) ?? scratchModule(context, path.join(context.scratchDir, 'prove'))
    copies.set(context, copy)
    try {
      for (const [before, after] of await proveGroup(group, await copy, options, budget)) better.set(before, after)
    } catch (error) {
      notes.push(`prove: nothing could be tried for ${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  if (untried.length > 0) {
    notes.push(
      `prove: nothing was tried for ${untried.join(', ')}: the budget of ${limits.tries} tries and ${limits.seconds} seconds a run was used up.`,
    )
  }
  return { findings: findings.map((finding) => better.get(finding) ?? finding), notes }
}

async function proveGroup(
  group: Group,
  copy: ScratchModule,
  options: ProveOptions,
  budget: ProofBudget,
): Promise<ReadonlyMap<Finding, Finding>> {
  const { context, module } = group
  const targets = [context.host, ...targetsOf(group)]
  await copy.reset()
  const before = await options.check(copy.context, targets)
  if ('missing' in before) throw new Error(before.missing)
  const culprit = await describeCulprit(module, copy.context)
  const { candidates, problem } = await (options.candidates ?? candidatesFor)(culprit, copy.context.go)
  const tried = new Map(group.findings.map((finding): [Finding, Tried[]] => [finding, []]))
  const proven = new Map<Finding, Finding>()
  let left = candidates.length
  for (const candidate of candidates) {
    const open = group.findings.filter((finding) => !proven.has(finding))
    if (open.length === 0 || !budget.spend()) break
    left--
    options.system.log.progress(`trying ${formatModuleVersion(candidate.module)}`)
    const attempt = await attemptOf(candidate, copy, targets, options.check)
    for (const finding of open) {
      const outcome = attempt.judge(finding, group, before)
      const one: Tried = { candidate, outcome, ...(attempt.applied === undefined ? {} : { applied: attempt.applied }) }
      tried.get(finding)?.push(one)
      if (outcome.kind === 'proven') {
        proven.set(finding, { ...finding, fix: provenFix(finding, one, context.module.dir, options.checked) })
      }
    }
  }
  const rest = { left, ...(problem === undefined ? {} : { problem }) }
  return new Map(
    [...tried].map(([finding, all]) => [
      finding,
      proven.get(finding) ?? { ...finding, fix: unprovenFix(finding, all, rest, context.module.dir, options.checked) },
    ]),
  )
}

interface Attempt extends Pick<Tried, 'applied'> {
  readonly judge: (finding: Finding, group: Group, before: readonly CheckError[]) => Tried['outcome']
}

/** Applies a candidate to the copy and checks what comes of it. */
async function attemptOf(
  candidate: Candidate,
  copy: ScratchModule,
  targets: readonly Target[],
  check: ProofCheck,
): Promise<Attempt> {
  const applied = await copy.apply(candidate, targets)
  if ('refused' in applied) return { judge: () => ({ kind: 'refused', reason: applied.refused }) }
  const after = await check(copy.context, targets)
  if ('missing' in after) return { judge: () => ({ kind: 'refused', reason: after.missing }) }
  return {
    applied,
    judge: (finding, { module, context }, before) =>
      judgeCandidate(
        {
          modules: new Set([module.path, candidate.module.path]),
          targets: new Set(finding.targets),
          places: ownPlaces(finding, context),
          host: formatTarget(context.host),
        },
        before,
        after,
      ),
  }
}
