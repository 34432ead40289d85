import { diagnose } from '../diagnosis/diagnose.ts'
import { rules } from '../diagnosis/rules/index.ts'
import { compareFindings, compareText } from '../domain/finding.ts'
import type { Report } from '../domain/report.ts'
import { createFactSource } from './facts.ts'
import type { RunRecord } from './record.ts'
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
  const sorted = [...findings].sort(compareFindings)
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
