import { describe, expect, test } from '@jest/globals'

import { declarations, imports } from '../../../src/diagnosis/facts/go-source.ts'

const source = `//go:build unix

// Package x. func Commented() {}
package x

/*
#include <x.h>
int func(void);
*/
import "C"

import (
	"fmt"
	sys "golang.org/x/sys/unix" ; "os"
	_ "embed"
)

import . "strings"

func Plain(a []string) {
	var local = 1
	const s = "func Quoted() {"
	type inner struct{}
	_ = '{'
	fmt.Println(local, s, sys.Getpid(), os.Args)
}

func (r *Receiver[T]) Method() { }
func (Other) Value() {}

type Receiver[T any] struct {
	Field int
}

type (
	A int
	B = string
)

var One, Two = 1, 2

const (
	First = iota // {
	Second
)

var raw = \`
func InRaw() {}
type X struct {
\`

func Last() {}
`

describe('declarations', () => {
  test('top level only, with lines and receivers', () => {
    expect(
      declarations(source).map(({ name, receiver, line }) => [name, receiver ?? '', line].join(' ').trim()),
    ).toEqual([
      'Plain  20',
      'Method Receiver 28',
      'Value Other 29',
      'Receiver  31',
      'A  36',
      'B  37',
      'One  40',
      'Two  40',
      'First  43',
      'Second  44',
      'raw  47',
      'Last  52',
    ])
  })

  test('hostile text costs no more than its length', () => {
    for (const text of [
      '/*'.repeat(5e5),
      '"\\'.repeat(5e5),
      '('.repeat(1e6),
      'func (((\n'.repeat(1e5),
      "'".repeat(1e6),
      'var a,'.repeat(2e5),
    ]) {
      declarations(text)
      imports(text)
    }
  })
})

test('imports', () => {
  expect(imports(source)).toEqual([
    { path: 'C', line: 10 },
    { path: 'fmt', line: 13 },
    { path: 'golang.org/x/sys/unix', alias: 'sys', line: 14 },
    { path: 'os', line: 14 },
    { path: 'embed', alias: '_', line: 15 },
    { path: 'strings', alias: '.', line: 18 },
  ])
})
