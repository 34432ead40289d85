import { diagnose } from '../diagnosis/diagnose.ts'
import { markerIndexOf } from '../diagnosis/markers.ts'
import { rules } from '../diagnosis/rules/index.ts'
import type { Facts } from '../domain/facts.ts'
import { compareFindings } from '../domain/finding.ts'
import type { DiagnosisReport } from '../domain/report.ts'
import { createLogReader } from '../messages/read-log.ts'

interface LogOptions {
  /** What the log is called in the evidence: a file name or `standard input`. */
  readonly name: string
  readonly facts: Facts
  readonly disabled: ReadonlySet<string>
  readonly docsUrl: (rule: string) => string
}

const markers = markerIndexOf(rules)

/**
 * Diagnoses one log as it streams by. There is no exit code in a log: it failed when some program said so, and a log
 * without such a line gives no finding.
 */
export function createLogDiagnosis(options: LogOptions): {
  readonly push: (line: string) => void
  readonly end: () => Promise<DiagnosisReport>
} {
  const log = createLogReader(markers.touches)
  return {
    push: log.push,
    async end() {
      const observation = log.end()
      const named = observation.command === '' ? { ...observation, command: options.name } : observation
      const result = await diagnose([named], () => options.facts, {
        rules,
        disabled: options.disabled,
        docsUrl: options.docsUrl,
      })
      // The rule `unexplained` says in a run what `unexplained[]` says here.
      const findings = result.findings.filter((finding) => finding.rule !== 'unexplained').sort(compareFindings)
      return { findings, unexplained: result.unexplained }
    },
  }
}
