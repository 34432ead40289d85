import { describe, expect, test } from '@jest/globals'

import { isStub, stubError } from '../../../src/probes/support/stub-source.ts'

const file = (body: string): string => `//go:build !cgo\n\npackage p\n\n${body}\n`

describe('isStub', () => {
  test.each([
    ['returns a variable that is an error', 'var errNoCgo = errors.New("x")\n\nfunc Open() error { return errNoCgo }'],
    ['makes the error', 'func Open(name string) (*DB, error) {\n\treturn nil, fmt.Errorf("%s needs cgo", name)\n}'],
    ['panics', 'func (c *Curve) Mult(\n\tx *big.Int,\n) (a, b *big.Int) {\n\tpanic("not without cgo")\n}'],
    [
      'registers itself, and does nothing elsewhere',
      'func init() { sql.Register("x", &Driver{}) }\nfunc (Driver) Open(s string) (Conn, error) { return nil, errorMsg }\nfunc (c *Conn) Hook(func() int) {}',
    ],
    [
      'returns nothing, and an error of the package',
      'func List() ([]D, error) { return nil, nil }\nfunc (d D) Open() (E, error) { return nil, ErrUnsupported }',
    ],
  ])('%s', (_, body) => {
    expect(isStub([file(body)])).toBe(true)
  })

  test.each([
    [
      'does the work',
      'func Count(x uint64) int {\n\tn := 0\n\tfor ; x != 0; x &= x - 1 {\n\t\tn++\n\t}\n\treturn n\n}',
    ],
    [
      'hands it to another package and returns its errors',
      'func Open(n string) error {\n\tif n == "" {\n\t\treturn errors.New("no name")\n\t}\n\treturn pure.Open(n)\n}',
    ],
    ['is a switch', 'const HaveCgo = false\n\nfunc Enabled() bool { return false }'],
    ['only says so in a comment', '// Open: errors.New("x")\nfunc Open() int { return 1 }'],
    [
      'only says so in a string',
      'var text = `func Open() error { return errors.New("x") }`\n\nfunc Text() string { return text }',
    ],
    ['has its body in assembly', 'func Open() error'],
  ])('not when it %s', (_, body) => {
    expect(isStub([file(body)])).toBe(false)
  })

  test('one file that works is enough, and no file is no stub', () => {
    const refuses = file('func A() error { return errors.New("x") }')
    expect(isStub([refuses, file('func B() int { return pure.B() }')])).toBe(false)
    expect(isStub([])).toBe(false)
  })

  // They must end at all; how soon is for the limit of the test.
  test.each([
    `func a() {${'{'.repeat(60_000)}`,
    'func a() error {\n'.repeat(4000),
    `func a() { ${'x.'.repeat(30_000)} }`,
    `func a() { ${'('.repeat(60_000)} }`,
    `func (${'a '.repeat(30_000)}`,
  ])('a hostile source is read in the end', (source) => {
    expect(isStub([source])).toBe(false)
  })
})

test('the error in the words of the source', () => {
  expect(stubError([file('var err = errors.New("built \\"without\\" cgo")')])).toBe('built "without" cgo')
  expect(stubError([file('func a() {}')])).toBeUndefined()
})
