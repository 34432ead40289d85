import type { Report } from '../../domain/report.ts'
import { plain, type Paint, type Style } from './ansi.ts'
import { countTargets } from './counts.ts'
import { narrowGrid, targetGrid, type CellState, type Grid } from './grid.ts'
import { plural } from './units.ts'

/** Capitals for what was really built, small letters for the type check alone. */
const words: Readonly<Record<CellState, string>> = {
  pass: 'OK',
  tests: 'OK/test',
  fail: 'FAIL',
  types: 'ok',
  broken: 'fail',
  error: 'error',
  skipped: 'skip',
  none: '',
}

const styles: Readonly<Record<CellState, Style>> = {
  pass: 'green',
  tests: 'yellow',
  fail: 'red',
  types: 'green',
  broken: 'red',
  error: 'yellow',
  skipped: 'dim',
  none: 'dim',
}

const meanings: Readonly<Record<CellState, string>> = {
  pass: 'built',
  tests: 'built, its tests do not compile',
  fail: 'does not build',
  types: 'type-checks',
  broken: 'does not type-check',
  error: 'could not be checked',
  skipped: 'left out',
  none: '',
}

const mostGrids = 20
const cellWidth = 5

/**
 * One grid for each module that has targets, GOOS by GOARCH, with a legend; of several modules those where all is well have a
 * line. What a narrow terminal has no column for stands in words.
 */
export function terminalGrids(report: Report, paint: Paint, width: number): readonly (readonly string[])[] {
  const dirs = [...new Set(report.targets.map((target) => target.module))]
  const grids = dirs.slice(0, mostGrids).map((dir) => {
    const targets = report.targets.filter((target) => target.module === dir)
    const grid = targetGrid(targets)
    const isGood = grid.states.every((state) => state === 'pass' || state === 'types' || state === 'skipped')
    if (dirs.length > 1 && isGood) return [`${paint('bold', plain(dir, 200))}: ${countTargets(targets)}`]
    const title = dirs.length > 1 ? [paint('bold', plain(dir, 200))] : []
    const legend = grid.states.map((state) => `${paint(styles[state], words[state])} ${meanings[state]}`).join(' · ')
    return [...title, ...gridLines(grid, paint, width), ...(legend === '' ? [] : [`  ${legend}`])]
  })
  return dirs.length > mostGrids ? [...grids, [`${plural(dirs.length - mostGrids, 'more module')} not shown.`]] : grids
}

function gridLines(grid: Grid, paint: Paint, width: number): readonly string[] {
  const nameWidth = Math.max(...grid.rows.map((row) => row.name.length), 0)
  const room = Math.max(4, Math.floor((width - nameWidth - 4) / (cellWidth + 3)))
  const narrow = narrowGrid(grid, room)
  const columns = narrow.columns.map((column) => plain(column, 30))
  const widths = columns.map((column) => Math.max(column.length, cellWidth))
  const line = (name: string, cells: readonly string[], rest = ''): string =>
    `  ${plain(name, 60).padEnd(nameWidth)}  ${cells.join('  ')}${rest === '' ? '' : `  ${rest}`}`.trimEnd()
  const cell = (state: CellState, index: number): string => {
    const text = words[state].padStart(widths[index] ?? cellWidth)
    // Unpainted, so that blanks at the end of a line can be cut.
    return state === 'none' ? text : paint(styles[state], text)
  }
  const rows = narrow.rows.map(({ name, cells, others }) => {
    const states = [...new Set(others.map(({ state }) => state))]
    const rest = states.map((state) => {
      const names = others.filter((other) => other.state === state).map(({ column }) => plain(column, 30))
      return `${paint(styles[state], words[state])} ${names.join(' ')}`
    })
    return line(name, cells.map(cell), rest.join('; '))
  })
  const head = columns.map((column, index) => column.padStart(widths[index] ?? cellWidth))
  return [line('', head, narrow.columns.length < grid.columns.length ? 'others' : ''), ...rows]
}
