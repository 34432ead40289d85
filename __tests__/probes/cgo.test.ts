import { describe, expect, test } from '@jest/globals'

import type { CgoObservation } from '../../src/domain/observation.ts'
import cgo from '../../src/probes/cgo.ts'
import { makeFolder } from '../helpers/folder.ts'
import { runProbe } from '../helpers/probe-context.ts'

const withC = (name: string): string =>
  `package ${name}\n\n// int one(void);\nimport "C"\n\nfunc one() int { return int(C.one()) }\n`

describe('cgo', () => {
  test('tells gone, shrunk, swapped and stub apart, and where each is imported', async () => {
    const root = await makeFolder({
      'go.mod': 'module example.com/m\n\ngo 1.21\n',
      'main.go':
        'package main\n\nimport (\n\t_ "example.com/m/gone"\n\t_ "example.com/m/shrunk"\n\t_ "example.com/m/stub"\n\t_ "example.com/m/swapped"\n)\n\nfunc main() {}\n',
      'gone/c.go': withC('gone'),
      'shrunk/c.go': withC('shrunk'),
      'shrunk/all.go': 'package shrunk\n\nfunc One() int { return one() }\n',
      'swapped/c.go': withC('swapped'),
      'swapped/pure.go': '//go:build !cgo\n\npackage swapped\n\nfunc one() int { return 1 }\n',
      'stub/c.go': withC('stub'),
      'stub/pure.go': '//go:build !cgo\n\npackage stub\n\nimport "errors"\n\nvar errNoCgo = errors.New("needs cgo")\n',
      'plain/plain.go': 'package plain\n',
    })
    const result = await runProbe(cgo, root)
    expect(result.outcome).toBe('pass')
    const { differences } = result.observations[0] as CgoObservation
    expect(Object.fromEntries(differences.map((one) => [one.package, [one.change, one.stub]]))).toEqual({
      'example.com/m/gone': ['gone', false],
      'example.com/m/shrunk': ['shrunk', false],
      'example.com/m/swapped': ['swapped', false],
      'example.com/m/stub': ['swapped', true],
    })
    expect(differences.find((one) => one.package === 'example.com/m/stub')).toMatchObject({
      cgoFiles: ['stub/c.go'],
      replacementFiles: ['stub/pure.go'],
      importedAt: { file: 'main.go', line: 6, column: 4 },
    })
  })

  test('what only a test imports is no part of the program', async () => {
    const root = await makeFolder({
      'go.mod': 'module example.com/m\n\ngo 1.21\n',
      'm.go': 'package m\n',
      'm_test.go': 'package m\n\nimport _ "example.com/m/internal/c"\n',
      'internal/c/c.go': withC('c'),
    })
    const all = await runProbe(cgo, root)
    expect(all.observations).toMatchObject([{ differences: [{ package: 'example.com/m/internal/c' }] }])
    const one = await runProbe(cgo, root, { settings: { packages: ['.'] } })
    expect(one.observations).toMatchObject([{ differences: [] }])
  })

  test('a module that uses no cgo has no differences, net and os/user included', async () => {
    const root = await makeFolder({
      'go.mod': 'module example.com/m\n\ngo 1.21\n',
      'main.go': 'package main\n\nimport (\n\t_ "net"\n\t_ "os/user"\n)\n\nfunc main() {}\n',
    })
    expect((await runProbe(cgo, root)).observations).toMatchObject([{ differences: [] }])
  })
})
