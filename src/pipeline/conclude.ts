import { diagnose } from '../diagnosis/diagnose.ts'
import { rules } from '../diagnosis/rules/index.ts'
import { compareText, type Finding } from '../domain/finding.ts'
import type { Observation } from '../domain/observation.ts'
import { formatPort } from '../domain/port.ts'
import type { Report } from '../domain/report.ts'
import { checkedTargets } from '../reporters/render/targets.ts'
import type { Comparison } from './comparison.ts'
import { surprises, unverified } from './expectations.ts'
import { createFactSource } from './facts.ts'
import { gateFindings } from './gate.ts'
import { createGate } from './gating.ts'
import { releasedPorts } from './policies.ts'
import { proveFindings, type Proven } from './prove.ts'
import { createProofCheck } from './proving/check.ts'
import type { RunRecord, Snapshot } from './record.ts'
import type { RunOptions } from './run.ts'
import { judge } from './verdict.ts'
import { version } from './version.ts'

/** Asks the rules about everything that was seen and makes the report of it. */
export async function concludeReport(
  options: RunOptions,
  record: RunRecord,
  comparison: Comparison,
  started: number,
): Promise<Report> {
  const { system, settings } = options
  const seen = record.snapshot()
  const observations = [...seen.observations, ...comparison.observations, ...unexpected(seen, comparison)]
  const { findings } = await diagnose(observations, createFactSource(system, record.root, seen), {
    rules,
    disabled: settings.disabledRules,
    docsUrl: options.docsUrl,
    checked: checkedTargets(seen.targets),
  })
  const proven = await proved(options, seen, findings)
  const released = await releasedPorts(
    system.files,
    record.root,
    seen.modules.map((module) => module.dir),
    seen.ports,
  )
  const sorted = gated(options, seen, proven.findings, comparison, released.names)
  return {
    schemaVersion: 1,
    gopreflight: version,
    verdict: judge(sorted, settings.failOn),
    ...(system.signal.aborted ? { partial: true as const } : {}),
    toolchain: seen.toolchain,
    modules: seen.modules,
    probes: [...seen.probes].sort((a, b) => compareText(a.module, b.module) || compareText(a.probe, b.probe)),
    targets: [...seen.targets].sort((a, b) => compareText(a.module, b.module) || compareText(a.target, b.target)),
    findings: sorted,
    seconds: Math.round((system.clock.seconds() - started) * 1000) / 1000,
    notes: [
      ...new Set([
        ...seen.notes,
        ...comparison.notes,
        ...unknown(options, seen, comparison),
        ...released.notes,
        ...proven.notes,
      ]),
    ],
  }
}

/** Looks for fixes where that is wanted and the run still goes on. */
function proved(
  { system, settings, probes }: RunOptions,
  { contexts, targets }: Snapshot,
  findings: readonly Finding[],
): Promise<Proven> {
  if (!settings.prove.has('ports') || system.signal.aborted) return Promise.resolve({ findings, notes: [] })
  const checked = checkedTargets(targets)
  return proveFindings(findings, { system, contexts, check: createProofCheck(probes), checked })
}

/** Failures on targets that gate nothing are one notice, unless that rule is switched off. */
function gated(
  options: RunOptions,
  seen: Snapshot,
  findings: readonly Finding[],
  comparison: Comparison,
  released: ReadonlySet<string>,
): readonly Finding[] {
  const today = new Date(options.system.clock.now()).toISOString().slice(0, 10)
  const sorted = gateFindings(findings, {
    ...createGate(seen, comparison, released, today),
    checked: checkedTargets(seen.targets),
    docsUrl: options.docsUrl,
  })
  return sorted.filter(({ rule }) => !options.settings.disabledRules.has(rule))
}

/** What builds although the policy does not expect it to. */
function unexpected(seen: Snapshot, { policies }: Comparison): readonly Observation[] {
  if (policies === undefined) return []
  const firstClass = new Set(seen.ports.filter((port) => port.firstClass).map(formatPort))
  return surprises(policies, seen.targets, (row) => firstClass.has(row.port))
}

/** What must build and was not looked at; on the other legs of a matrix, and where somebody chose targets, that is as it should be. */
function unknown(options: RunOptions, seen: Snapshot, { policies }: Comparison): readonly string[] {
  const { settings, portsAlone } = options
  const whole = settings.leg === 0 && settings.probes.has('ports') && portsAlone?.onlyTargets !== true
  if (policies === undefined || seen.asked === undefined || !whole) return []
  return unverified(policies.head, seen.targets, seen.ports)
}
