import { diagnose } from '../diagnosis/diagnose.ts'
import { rules } from '../diagnosis/rules/index.ts'
import { compareText, type Finding } from '../domain/finding.ts'
import type { Report } from '../domain/report.ts'
import { checkedTargets } from '../reporters/render/targets.ts'
import { createFactSource } from './facts.ts'
import { gateFindings, namedTargets } from './gate.ts'
import type { RunRecord, Snapshot } from './record.ts'
import type { RunOptions } from './run.ts'
import { judge } from './verdict.ts'
import { version } from './version.ts'

/** Asks the rules about everything that was seen and makes the report of it. */
export async function concludeReport(options: RunOptions, record: RunRecord, started: number): Promise<Report> {
  const { system, settings } = options
  const seen = record.snapshot()
  const { findings } = await diagnose(seen.observations, createFactSource(system, record.root, seen), {
    rules,
    disabled: settings.disabledRules,
    docsUrl: options.docsUrl,
  })
  const sorted = gated(options, seen, findings)
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
    notes: seen.notes,
  }
}

/** Failures on targets that gate nothing are one notice, unless that rule is switched off. */
function gated(options: RunOptions, seen: Snapshot, findings: readonly Finding[]): readonly Finding[] {
  const named = seen.asked === undefined ? undefined : namedTargets(seen.asked.host, seen.asked.planned)
  const sorted = gateFindings(findings, {
    gates: (_, target) => named?.has(target) ?? true,
    checked: checkedTargets(seen.targets),
    docsUrl: options.docsUrl,
  })
  return sorted.filter(({ rule }) => !options.settings.disabledRules.has(rule))
}
