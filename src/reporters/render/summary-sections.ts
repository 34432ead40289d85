import type { Finding } from '../../domain/finding.ts'
import type { Report, ReportModule, ReportTarget } from '../../domain/report.ts'
import { countTargets, toolchainParts, verdictLine } from './counts.ts'
import { code, codeHtml, heading, prose } from './escape.ts'
import type { CellState, NarrowGrid } from './grid.ts'
import { cellMarks, cellMeanings, narrowGrid, stateOf, targetGrid } from './grid.ts'
import { mermaidBlock } from './mermaid.ts'
import { details, table } from './table.ts'
import { troubleGraph } from './trouble-graph.ts'
import { formatBytes, formatSeconds, plural } from './units.ts'

/** The verdict as the heading, and one line that says of what. */
export function verdictSection(report: Report): string {
  const mark = report.verdict === 'pass' ? '✅' : '❌'
  const modules = report.modules.slice(0, 3).map((module) => code(module.path, { max: 120 }))
  const more = report.modules.length - modules.length
  const of = [
    ...(modules.length === 0 ? [] : [`${modules.join(', ')}${more > 0 ? ` and ${plural(more, 'more module')}` : ''}`]),
    prose(report.toolchain.version, { max: 60 }),
    formatSeconds(report.seconds),
  ]
  const partial =
    report.partial === true ? '\n\n**The run was cancelled**: what is here is true, and it is not all.' : ''
  return `## ${mark} ${verdictLine(report)}\n\n${of.join(' · ')}${partial}`
}

/** One grid for each module that has targets; those of modules where all is well are folded. */
export function gridSection(report: Report, maxGrids: number): string {
  const groups = new Map<string, ReportTarget[]>()
  for (const target of report.targets) {
    const group = groups.get(target.module)
    if (group === undefined) groups.set(target.module, [target])
    else group.push(target)
  }
  const sorted = [...groups].sort(([, a], [, b]) => Number(isGood(a)) - Number(isGood(b)))
  const parts = sorted.slice(0, maxGrids).map(([dir, targets]) => {
    const body = gridTable(targets)
    if (groups.size === 1) return body
    const said = `${isGood(targets) ? '✅' : '❌'} ${moduleTitle(report, dir)}: ${countTargets(targets) || 'no targets'}`
    const open = details(said, body)
    return isGood(targets) ? open : open.replace('<details>', '<details open>')
  })
  const left = sorted.length - parts.length
  return [...parts, ...(left > 0 ? [`${plural(left, 'more module')} not shown.`] : [])].join('\n\n')
}

function isGood(targets: readonly ReportTarget[]): boolean {
  return targets.every((target) => !['fail', 'error'].includes(stateOf(target)))
}

function moduleTitle(report: Report, dir: string): string {
  const module = report.modules.find((candidate) => candidate.dir === dir)
  const where = codeHtml(dir)
  if (module === undefined) return where
  return dir === '.' ? codeHtml(module.path) : `${codeHtml(module.path)} in ${where}`
}

function gridTable(targets: readonly ReportTarget[]): string {
  const grid = targetGrid(targets)
  if (grid.rows.length * grid.columns.length > 4000) return countTargets(targets)
  const narrow = narrowGrid(grid, 10)
  const others = narrow.columns.length < grid.columns.length
  const header = ['', ...narrow.columns.map((column) => heading(column)), ...(others ? ['others'] : [])]
  const rows = narrow.rows.map((row) => [
    `**${prose(row.name, { max: 40, cell: true })}**`,
    ...row.cells.map((state) => (state === 'none' ? '' : cellMarks[state])),
    ...(others ? [othersCell(row.others)] : []),
  ])
  const legend = grid.states.map((state) => `${cellMarks[state]} ${cellMeanings[state]}`).join(' · ')
  return `${table(header, `l${'c'.repeat(narrow.columns.length)}${others ? 'l' : ''}`, rows)}\n\n<sub>${legend}</sub>`
}

function othersCell(others: NarrowGrid['rows'][number]['others']): string {
  const states = [...new Set(others.map(({ state }) => state))]
  const names = (state: CellState): string =>
    others
      .filter((other) => other.state === state)
      .map(({ column }) => heading(column))
      .join(', ')
  return states.map((state) => `${cellMarks[state]} ${names(state)}`).join(' ')
}

/** The dependency graph around the modules that findings name; empty when they name none. */
export function graphSection(report: Report, findings: readonly Finding[], maxGraphs = 3): string {
  const parts = report.modules.slice(0, 200).flatMap((module) => graphOf(report, module, findings))
  return parts.length === 0 ? '' : ['### Dependencies around the trouble', ...parts.slice(0, maxGraphs)].join('\n\n')
}

function graphOf(report: Report, module: ReportModule, findings: readonly Finding[]): readonly string[] {
  const graph = module.graph === undefined ? undefined : troubleGraph(module.graph, findings)
  if (graph === undefined) return []
  const title = report.modules.length > 1 ? [`In ${code(module.path)}:`] : []
  const left = graph.left > 0 ? [`${plural(graph.left, 'more module')} of the findings not drawn.`] : []
  return [[...title, mermaidBlock(graph), ...left].join('\n\n')]
}

/** Which Go, from where, verified how. */
export function toolchainSection(report: Report): string {
  const goroot = report.toolchain.goroot
  const at = goroot === undefined ? '' : ` It is at ${code(goroot)}.`
  return `**Go** ${toolchainParts(report)
    .map((part) => prose(part, { max: 300 }))
    .join(', ')}.${at}`
}

/** What each probe did in each module, and how long it took. */
export function probesSection(report: Report, maxRows: number): string {
  if (report.probes.length === 0) return ''
  const marks = { pass: '✅', fail: '❌', skipped: '⏭️', error: '⚠️' } as const
  const several = report.modules.length > 1
  const shown = report.probes.slice(0, maxRows)
  const rows = shown.map((probe) => [
    prose(probe.probe, { max: 60, cell: true }),
    ...(several ? [code(probe.module, { max: 80, cell: true })] : []),
    `${marks[probe.outcome]} ${probe.outcome}${probe.reason === undefined ? '' : `: ${prose(probe.reason, { max: 200, cell: true })}`}`,
    formatSeconds(probe.seconds),
  ])
  const header = ['Probe', ...(several ? ['Module'] : []), 'Outcome', 'Time']
  const left = report.probes.length - shown.length
  const body = table(header, several ? 'lllr' : 'llr', rows) + (left > 0 ? `\n\n${left} more not shown.` : '')
  return details(`Probes and times: ${formatSeconds(report.seconds)} in all`, body)
}

/** Time, size and linkage of each target, the slowest first. */
export function targetsSection(report: Report, maxRows: number): string {
  const done = report.targets.filter(
    (target) => target.seconds > 0 || target.bytes !== undefined || target.reason !== undefined,
  )
  if (done.length === 0) return ''
  const several = report.modules.length > 1
  const shown = [...done].sort((a, b) => b.seconds - a.seconds).slice(0, maxRows)
  const rows = shown.map((target) => [
    code(target.target, { max: 60, cell: true }),
    ...(several ? [code(target.module, { max: 80, cell: true })] : []),
    cellMarks[stateOf(target)] +
      (target.reason === undefined ? '' : ` ${prose(target.reason, { max: 160, cell: true })}`),
    target.cgo ? 'on' : 'off',
    target.linkage === undefined ? '' : target.linkage,
    target.bytes === undefined ? '' : formatBytes(target.bytes),
    formatSeconds(target.seconds),
  ])
  const header = ['Target', ...(several ? ['Module'] : []), 'Result', 'cgo', 'Linkage', 'Size', 'Time']
  const left = done.length - shown.length
  const body = table(header, several ? 'lllllrr' : 'llllrr', rows)
  return details('Targets: time and size', left > 0 ? `${body}\n\n${left} more, faster ones not shown.` : body)
}

/** What a budget left out, of the run and of this page. */
export function notesSection(notes: readonly string[], max = 30): string {
  if (notes.length === 0) return ''
  const left = notes.length - max
  const lines = notes.slice(0, max).map((note) => `- ${prose(note, { max: 400 })}`)
  return ['**Notes**', '', ...lines, ...(left > 0 ? [`- ${left} more notes`] : [])].join('\n')
}
