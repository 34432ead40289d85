import { describe, expect, test } from '@jest/globals'

import { declaredNames, importPlace, namesUsed, packageClauseLine } from '../../../src/probes/support/go-text.ts'

const source = `// package of
package p

/* import "example.com/no" */
import (
	"example.com/a"
	b "example.com/b"
)

import . "example.com/c"

const (
	One = 1
	two = "func Three() {}"
)

type T struct{ X int }

var v, _ = a.New(), 1

func (t T) Method() {}

func Open[K any]() { open(One); b.Close(); t.Shut() }
`

describe('Go source by its text', () => {
  test('top-level names, methods aside', () => {
    expect([...declaredNames(source)].sort()).toEqual(['One', 'Open', 'T', 'two', 'v'])
    expect([...declaredNames('func init() {}\nfunc main() {}\n')]).toEqual([])
  })

  test('names that are called, and names behind a qualifier', () => {
    const names = new Set(['open', 'Close', 'Shut', 'New', 'Three'])
    expect(namesUsed(source, names)).toEqual(['open'])
    expect(namesUsed(source, names, 'b')).toEqual(['Close'])
    expect(namesUsed('// open()\nvar s = "open()"', names)).toEqual([])
  })

  test('the place of an import', () => {
    expect(importPlace(source, 'example.com/a')).toEqual({ line: 6, column: 2 })
    expect(importPlace(source, 'example.com/b')).toEqual({ line: 7, column: 4 })
    expect(importPlace(source, 'example.com/c')).toEqual({ line: 10, column: 10 })
    expect(importPlace(source, 'example.com/no')).toBeUndefined()
    expect(importPlace('package p\n\nvar x = "example.com/a"\n', 'example.com/a')).toBeUndefined()
    expect(packageClauseLine(source)).toBe(2)
  })
})
