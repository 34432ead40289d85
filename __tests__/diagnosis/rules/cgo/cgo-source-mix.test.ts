import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `package example.com/app: C source files not allowed when not using cgo or SWIG: x.c`

const other = `/src/app/main.go: invalid #cgo verb: #cgo CFLAG: -Ix`

describe('cgo-source-mix', () => {
  test('names the file', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'cgo-source-mix',
        severity: 'error',
        confidence: 'certain',
        message: 'example.com/app holds C sources (x.c), and none of its Go files imports "C".',
        locations: [],
      },
    ])
  })

  test('points at the file of a package of the module', async () => {
    const facts = checkout({ mod: 'module example.com/app\n' })
    const inside = 'package example.com/app/native: C++ source files not allowed when not using cgo or SWIG: a.cc b.cc'
    expect(await explain(inside, { facts })).toMatchObject([{ locations: [{ file: 'native/a.cc', line: 1 }] }])
    const other = 'package example.com/other: C source files not allowed when not using cgo or SWIG: x.c'
    expect(await explain(other, { facts })).toMatchObject([{ locations: [] }])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['cgo-directive-invalid'])
  })
})
