import { describe, expect, test } from '@jest/globals'
import { narrowGrid, stateOf, targetGrid } from '../../../src/reporters/render/grid.ts'
import { makeTarget } from '../../helpers/report.ts'

describe('stateOf', () => {
  test('what was built is told apart from what was only type-checked', () => {
    expect(stateOf(makeTarget('a/b', { build: 'fail', types: 'pass' }))).toBe('fail')
    expect(stateOf(makeTarget('a/b', { build: 'fail', types: 'fail' }))).toBe('fail')
    expect(stateOf(makeTarget('a/b', { build: 'none', types: 'fail' }))).toBe('broken')
    expect(stateOf(makeTarget('a/b', { build: 'skipped', types: 'fail' }))).toBe('broken')
    // The compiler has the last word on everything but test files, which it was not given.
    expect(stateOf(makeTarget('a/b', { build: 'pass', types: 'fail' }))).toBe('tests')
    expect(stateOf(makeTarget('a/b', { build: 'pass', types: 'pass' }))).toBe('pass')
    expect(stateOf(makeTarget('a/b', { build: 'none', types: 'pass' }))).toBe('types')
    expect(stateOf(makeTarget('a/b', { build: 'error', types: 'pass' }))).toBe('error')
    expect(stateOf(makeTarget('a/b', { build: 'skipped', types: 'pass' }))).toBe('types')
    expect(stateOf(makeTarget('a/b', { build: 'skipped', types: 'none' }))).toBe('skipped')
    expect(stateOf(makeTarget('a/b', { build: 'none', types: 'none' }))).toBe('none')
  })
})

describe('targetGrid', () => {
  test('has known systems first, levels beside their architecture, and says what was not asked for', () => {
    const grid = targetGrid(
      ['plan9/386', 'linux/arm/6', 'linux/amd64/v3', 'linux/amd64'].map((name) => makeTarget(name)),
    )
    expect(grid.columns).toEqual(['amd64', 'amd64/v3', '386', 'arm/6'])
    expect(grid.rows).toEqual([
      { name: 'linux', cells: ['pass', 'pass', 'none', 'pass'] },
      { name: 'plan9', cells: ['none', 'none', 'pass', 'none'] },
    ])
  })

  test('gives cgo modes rows of their own only when a target has both', () => {
    const both = targetGrid([makeTarget('linux/amd64', { cgo: true }), makeTarget('linux/amd64', { build: 'fail' })])
    expect(both.rows.map((row) => [row.name, row.cells[0]])).toEqual([
      ['linux with cgo', 'pass'],
      ['linux without cgo', 'fail'],
    ])
    const mixed = targetGrid([makeTarget('linux/amd64', { cgo: true }), makeTarget('linux/arm')])
    expect(mixed.rows.map((row) => row.name)).toEqual(['linux'])
  })

  test('a narrow grid loses no target', () => {
    const names = ['linux/a', 'linux/b', 'darwin/a', 'js/wasm']
    const narrow = narrowGrid(targetGrid(names.map((name) => makeTarget(name))), 2)
    expect(narrow.columns).toEqual(['a'])
    const shown = narrow.rows.flatMap((row) => [
      ...narrow.columns.filter((_, index) => row.cells[index] !== 'none').map((column) => `${row.name}/${column}`),
      ...row.others.map(({ column }) => `${row.name}/${column}`),
    ])
    expect(shown.sort()).toEqual([...names].sort())
    expect(narrowGrid(targetGrid(names.map((name) => makeTarget(name))), 3).columns).toEqual(['a', 'b', 'wasm'])
  })
})
