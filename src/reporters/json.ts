import type { Finding } from '../domain/finding.ts'
import { compareFindings } from '../domain/finding.ts'
import type { Location } from '../domain/module.ts'
import type { DiagnosisReport, Report, ReportModule, ReportTarget } from '../domain/report.ts'
import type { RuleText } from './terminal.ts'

/** The report as schema/report.schema.json has it: named members only, in the order of the contract, a newline at the end. */
export function renderJson(report: Report): string {
  const { toolchain } = report
  return pretty({
    schemaVersion: report.schemaVersion,
    gopreflight: report.gopreflight,
    verdict: report.verdict,
    partial: report.partial,
    toolchain: {
      version: toolchain.version,
      source: toolchain.source,
      verified: toolchain.verified,
      goroot: toolchain.goroot,
      reason: toolchain.reason,
    },
    modules: report.modules.map(moduleJson),
    probes: report.probes.map(({ probe, module, outcome, reason, seconds }) => ({
      probe,
      module,
      outcome,
      reason,
      seconds: rounded(seconds),
    })),
    targets: report.targets.map(targetJson),
    findings: [...report.findings].sort(compareFindings).map(findingJson),
    seconds: rounded(report.seconds),
    notes: report.notes,
  })
}

/** What `diagnose --json` prints (schema/diagnosis.schema.json). */
export function renderDiagnosisJson(diagnosis: DiagnosisReport): string {
  return pretty(diagnosisJson(diagnosis))
}

/** One line of `diagnose --jsonl`: { id, findings, unexplained }. */
export function renderDiagnosisLine(id: unknown, diagnosis: DiagnosisReport): string {
  return `${quiet(JSON.stringify({ id, ...diagnosisJson(diagnosis) }))}\n`
}

/** What `rules --json` prints: every rule's id, title, what, why, fix and docs. */
export function renderRulesJson(rules: readonly RuleText[]): string {
  return pretty(rules.map(({ id, area, title, what, why, fix, docs }) => ({ id, area, title, what, why, fix, docs })))
}

function diagnosisJson(diagnosis: DiagnosisReport): { readonly findings: unknown; readonly unexplained: unknown } {
  return {
    findings: [...diagnosis.findings].sort(compareFindings).map(findingJson),
    unexplained: diagnosis.unexplained.map(({ excerpt, location }) => ({
      excerpt,
      location: location === undefined ? undefined : locationJson(location),
    })),
  }
}

function moduleJson({ dir, path, goVersion, toolchain, workspace, graph }: ReportModule): unknown {
  const modules = graph?.modules.map((module) => ({
    path: module.path,
    version: module.version,
    main: module.main,
    indirect: module.indirect,
    goVersion: module.goVersion,
    replacement: module.replacement && { path: module.replacement.path, version: module.replacement.version },
    retracted: module.retracted,
    deprecated: module.deprecated,
    update: module.update,
    error: module.error,
  }))
  return { dir, path, goVersion, toolchain, workspace, graph: graph && { modules, edges: graph.edges } }
}

function targetJson(target: ReportTarget): unknown {
  return {
    module: target.module,
    target: target.target,
    port: target.port,
    level: target.level,
    cgo: target.cgo,
    cgoReason: target.cgoReason,
    build: target.build,
    types: target.types,
    reason: target.reason,
    seconds: rounded(target.seconds),
    bytes: target.bytes,
    linkage: target.linkage,
    resolver: target.resolver && { kind: target.resolver.kind, confirmed: target.resolver.confirmed },
    users: target.users && { kind: target.users.kind, confirmed: target.users.confirmed },
    errors: target.errors.map((error) => ({
      package: error.package,
      file: error.file,
      line: error.line,
      column: error.column,
      message: error.message,
      by: error.by,
    })),
    truncated: target.truncated,
  }
}

function findingJson(finding: Finding): unknown {
  const { fix, evidence } = finding
  return {
    rule: finding.rule,
    severity: finding.severity,
    confidence: finding.confidence,
    title: finding.title,
    message: finding.message,
    why: finding.why,
    fix: { summary: fix.summary, commands: fix.commands, diff: fix.diff, verified: fix.verified },
    locations: finding.locations.map(locationJson),
    module: finding.module,
    version: finding.version,
    package: finding.package,
    targets: finding.targets,
    evidence: { command: evidence.command, excerpt: evidence.excerpt },
    docs: finding.docs,
    fingerprint: finding.fingerprint,
    causes: finding.causes?.map(findingJson),
  }
}

function locationJson({ file, line, column, endLine, endColumn }: Location): unknown {
  return { file, line, column, endLine, endColumn }
}

/** Milliseconds are all that a clock here is good for. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000
}

function pretty(value: unknown): string {
  return `${quiet(JSON.stringify(value, undefined, 2))}\n`
}

/**
 * The same document without characters that act on a terminal or a runner's log: JSON may write any character of a
 * string as `\u` and its number. `##[` counts as a command anywhere in a line (runner ActionCommand.cs).
 */
function quiet(json: string): string {
  return json
    .replaceAll('##[', '#\\u0023[')
    .replace(/[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
    })
}
