import { compareText } from '../../domain/finding.ts'
import type { ReportTarget } from '../../domain/report.ts'
import { targetParts } from './targets.ts'

/**
 * What a cell of the grid says of a target. `pass` and `fail`: it was built; `types` and `broken`: it was type-checked and
 * not built; `tests`: it was built, and the type check finds that its test files do not compile.
 */
export type CellState = 'pass' | 'tests' | 'fail' | 'types' | 'broken' | 'error' | 'skipped' | 'none'

/** Emoji with a ground of their own, for light and dark pages; shape tells good from bad without colour. */
export const cellMarks: Readonly<Record<CellState, string>> = {
  pass: '✅',
  tests: '✅🔴',
  fail: '❌',
  types: '☑️',
  broken: '🔴',
  error: '⚠️',
  skipped: '⚪',
  none: '·',
}

export const cellMeanings: Readonly<Record<CellState, string>> = {
  pass: 'built',
  tests: 'built, its tests do not compile',
  fail: 'does not build',
  types: 'type-checks',
  broken: 'does not type-check',
  error: 'could not be checked',
  skipped: 'skipped',
  none: 'not asked for',
}

export interface GridRow {
  readonly name: string
  readonly cells: readonly CellState[]
}

export interface Grid {
  readonly columns: readonly string[]
  readonly rows: readonly GridRow[]
  /** States that occur, best known first. */
  readonly states: readonly CellState[]
}

const osOrder = ['linux', 'darwin', 'windows']
const archOrder = ['amd64', 'arm64', '386', 'arm']
const worstFirst: readonly CellState[] = ['fail', 'broken', 'tests', 'error', 'skipped', 'types', 'pass', 'none']

/** What is known of a target: what was built is known best, and a type check alone is not called a build. */
export function stateOf(target: ReportTarget): CellState {
  const both = [target.build, target.types]
  if (target.build === 'fail') return 'fail'
  if (target.types === 'fail') return target.build === 'pass' ? 'tests' : 'broken'
  if (both.includes('error')) return 'error'
  if (target.build === 'pass') return 'pass'
  if (target.types === 'pass') return 'types'
  return both.includes('skipped') ? 'skipped' : 'none'
}

/** Targets of one module by GOOS (rows) and GOARCH (columns); a level is a column of its own, a second cgo mode a row. */
export function targetGrid(targets: readonly ReportTarget[]): Grid {
  const modes = new Map<string, Set<boolean>>()
  for (const target of targets) modes.set(target.target, (modes.get(target.target) ?? new Set()).add(target.cgo))
  const bothModes = [...modes.values()].some((seen) => seen.size > 1)
  const cells = new Map<string, Map<string, CellState>>()
  const columns = new Set<string>()
  for (const target of targets) {
    const { goos } = targetParts(target.target)
    const row = bothModes ? `${goos} ${target.cgo ? 'with cgo' : 'without cgo'}` : goos
    const column = target.target.slice(goos.length + 1)
    const states = cells.get(row) ?? new Map<string, CellState>()
    columns.add(column)
    states.set(column, worse(states.get(column), stateOf(target)))
    cells.set(row, states)
  }
  const ordered = [...columns].sort((a, b) => rank(archOrder, a) - rank(archOrder, b) || compareText(a, b))
  const rows = [...cells]
    .sort(([a], [b]) => rank(osOrder, a) - rank(osOrder, b) || compareText(a, b))
    .map(([name, states]) => ({ name, cells: ordered.map((column) => states.get(column) ?? 'none') }))
  const seen = new Set(targets.map(stateOf))
  const states = (Object.keys(cellMarks) as CellState[]).filter((state) => seen.has(state) && state !== 'none')
  return { columns: ordered, rows, states }
}

/** A grid whose rare columns are told in words, for a page too narrow for all. */
export interface NarrowGrid {
  readonly columns: readonly string[]
  readonly rows: readonly (GridRow & {
    readonly others: readonly { readonly column: string; readonly state: CellState }[]
  })[]
}

/** Takes the columns that only one row uses out of a grid of more than `max` columns: most ports of Go are such. */
export function narrowGrid(grid: Grid, max: number): NarrowGrid {
  const uses = grid.columns.map((_, index) => grid.rows.filter((row) => row.cells[index] !== 'none').length)
  const keep = grid.columns.map((_, index) => grid.columns.length <= max || (uses[index] ?? 0) > 1)
  const rows = grid.rows.map(({ name, cells }) => ({
    name,
    cells: cells.filter((_, index) => keep[index]),
    others: cells.flatMap((state, index) => {
      const column = grid.columns[index]
      return keep[index] === true || state === 'none' || column === undefined ? [] : [{ column, state }]
    }),
  }))
  return { columns: grid.columns.filter((_, index) => keep[index]), rows }
}

function worse(a: CellState | undefined, b: CellState): CellState {
  return a === undefined || worstFirst.indexOf(b) < worstFirst.indexOf(a) ? b : a
}

function rank(order: readonly string[], name: string): number {
  const index = order.indexOf(name.split(/[/ ]/, 1)[0] ?? '')
  return index === -1 ? order.length : index
}
