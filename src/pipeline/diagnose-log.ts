import { diagnose } from '../diagnosis/diagnose.ts'
import { rules } from '../diagnosis/rules/index.ts'
import type { Facts } from '../domain/facts.ts'
import { compareFindings } from '../domain/finding.ts'
import type { CommandObservation } from '../domain/observation.ts'
import type { DiagnosisReport } from '../domain/report.ts'
import { createOutputReader } from '../probes/support/observe.ts'

interface LogOptions {
  /** What the log is called in the evidence: a file name or `standard input`. */
  readonly name: string
  readonly facts: Facts
  readonly disabled: ReadonlySet<string>
  readonly docsUrl: (rule: string) => string
}

/**
 * Diagnoses one log as it streams by. There is no exit code in a log: it failed when some program said so, and a log
 * without such a line gives no finding.
 */
export function createLogDiagnosis(options: LogOptions): {
  readonly push: (line: string) => void
  readonly end: () => Promise<DiagnosisReport>
} {
  const output = createOutputReader()
  return {
    push: output.push,
    async end() {
      const { messages, tail } = output.end()
      const observation: CommandObservation = {
        kind: 'command',
        probe: 'diagnose',
        command: options.name,
        exitCode: null,
        failed: messages.some((message) => message.kind === 'error'),
        timedOut: false,
        messages,
        tail,
        advisory: false,
      }
      const result = await diagnose([observation], () => options.facts, {
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
