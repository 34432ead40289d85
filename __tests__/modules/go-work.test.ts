import { execFileSync } from 'node:child_process'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import { parseGoWork, useLine } from '../../src/modules/go-work.ts'
import { makeFolder, removeFolder } from '../helpers/folder.ts'

const text = `go 1.24.0
toolchain go1.24.3
godebug default=go1.21

use ./a
use (
	./b // why
	"../with space"
)

replace example.com/x => ./x
`

describe('parseGoWork', () => {
  test('reads every directive with its line', () => {
    expect(parseGoWork(text)).toEqual({
      go: { line: 1, value: '1.24.0' },
      toolchain: { line: 2, value: 'go1.24.3' },
      godebug: [{ line: 3, value: 'default=go1.21' }],
      use: [
        { line: 5, value: './a' },
        { line: 7, value: './b' },
        { line: 8, value: '../with space' },
      ],
      replace: [{ line: 11, old: { path: 'example.com/x' }, replacement: { path: './x' } }],
      problems: [],
    })
  })

  test('agrees with go work edit -json', async () => {
    const folder = await makeFolder({ 'go.work': text })
    const env = { PATH: process.env.PATH, HOME: folder, GOTOOLCHAIN: 'local', GOENV: 'off' }
    const args = ['work', 'edit', '-json', path.join(folder, 'go.work')]
    const go = JSON.parse(execFileSync('go', args, { env, encoding: 'utf8' })) as {
      readonly Go: string
      readonly Use: readonly { readonly DiskPath: string }[]
    }
    const file = parseGoWork(text)
    await removeFolder(folder)
    expect(go.Go).toBe(file.go?.value)
    expect(go.Use.map((use) => use.DiskPath)).toEqual(file.use.map((use) => use.value))
  })

  test.each<[string, number, string]>([
    ['module x\n', 1, 'no directive of a go.work file'],
    ['require (\na.b/c v1.0.0\n)\n', 1, 'no directive that can have a block'],
    ['use\n', 1, 'exactly one path'],
    ['use a b\n', 1, 'exactly one path'],
    ['go 1.21\n<<<<<<< HEAD\nuse ./a\n', 2, 'conflict marker'],
  ])('%j has a problem on line %i', (bad, line, message) => {
    expect(parseGoWork(bad).problems).toEqual([{ line, message: expect.stringContaining(message) }])
  })
})

test('useLine compares directories, not spellings', () => {
  const file = parseGoWork('use (\n\t.\n\t./a/b\n\t../c\n)\n')
  expect(['.', './', 'a/b', './a/b/', 'a/./b', '../c', 'a'].map((dir) => useLine(file, dir))).toEqual([
    2,
    2,
    3,
    3,
    3,
    4,
    undefined,
  ])
})
