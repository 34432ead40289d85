import path from 'node:path'

import type { Settings } from '../config/settings.ts'
import type { Report } from '../domain/report.ts'
import { countFindings } from '../pipeline/verdict.ts'
import { writeOutput } from '../pipeline/write-output.ts'
import { renderAnnotations } from '../reporters/annotations.ts'
import { renderJson } from '../reporters/json.ts'
import { renderSummary } from '../reporters/summary.ts'
import { renderTerminal } from '../reporters/terminal.ts'
import type { Runner, System } from '../system/types.ts'

/** Everything the report becomes in a workflow: log, annotations, job summary, files, outputs. */
export async function publish(report: Report, settings: Settings, system: System, runner: Runner): Promise<void> {
  const { env, files, log } = system
  const folder = path.join(env.RUNNER_TEMP ?? system.host.tempDir, 'gopreflight')
  const ownFile = path.join(folder, `report-${env.GITHUB_ACTION ?? 'step'}.json`)
  const wantedFile =
    settings.reportFile === undefined ? undefined : path.resolve(env.GITHUB_WORKSPACE ?? '', settings.reportFile)
  const summaryFile = path.join(folder, `summary-${env.GITHUB_ACTION ?? 'step'}.md`)
  const summary = renderSummary(report, summaryOptions(env))
  const json = renderJson(report)
  if (wantedFile === undefined) await files.write(ownFile, json)
  await files.write(summaryFile, summary)

  for (const line of renderTerminal(report, { colour: false, width: 120 }).trimEnd().split('\n')) log.info(line)
  if (settings.annotations) {
    const shown = settings.leg === 0 ? report : onlyErrors(report)
    for (const annotation of renderAnnotations(shown, {})) runner.annotate(annotation)
  }
  if (settings.summary === 'always' || (settings.summary === 'on-failure' && report.verdict === 'fail'))
    await runner.summary(summary)

  const counts = countFindings(report.findings)
  await runner.output('verdict', report.verdict)
  await runner.output('errors', String(counts.error))
  await runner.output('warnings', String(counts.warning))
  await runner.output('notices', String(counts.notice))
  await runner.output('report', wantedFile ?? ownFile)
  await runner.output('summary-file', summaryFile)
  if (wantedFile !== undefined) await writeOutput(files, 'report-file', wantedFile, json)
}

/** The other legs of a matrix say again what the first one said: only what fails them is worth an annotation. */
function onlyErrors(report: Report): Report {
  return { ...report, findings: report.findings.filter((finding) => finding.severity === 'error') }
}

function summaryOptions(env: System['env']): Parameters<typeof renderSummary>[1] {
  const { GITHUB_SERVER_URL: serverUrl, GITHUB_REPOSITORY: repository, GITHUB_SHA: sha } = env
  return serverUrl === undefined || repository === undefined || sha === undefined ? {} : { serverUrl, repository, sha }
}
