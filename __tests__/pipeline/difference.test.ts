import { describe, expect, test } from '@jest/globals'

import type { Message } from '../../src/domain/message.ts'
import type { CommandObservation } from '../../src/domain/observation.ts'
import { differenceOf, type Place } from '../../src/pipeline/difference.ts'
import { makeFinding } from '../helpers/report.ts'

const place = (root: string): Place => ({
  root,
  dirOf: (module) => (module === '.' ? root : `${root}/${module}`),
  moduleCache: '/cache',
})

interface Told {
  readonly text: string
  readonly package?: string
  readonly at?: string
  readonly detail?: readonly string[]
}

function seen(target: string, ...errors: readonly Told[]): CommandObservation {
  const [goos = '', goarch = ''] = target.split('/')
  return {
    kind: 'command',
    probe: 'ports',
    module: '.',
    target: { goos, goarch },
    command: 'go build ./...',
    exitCode: 1,
    failed: true,
    timedOut: false,
    messages: errors.map(({ text, at, detail = [], package: name = 'example.com/m' }): Message => {
      const [file = '', line = ''] = at?.split(':') ?? []
      const position = at === undefined ? {} : { position: { file, line: Number(line) } }
      return { printer: 'compile', kind: 'error', text, detail, package: name, line: 0, ...position }
    }),
    tail: [],
    advisory: false,
  }
}

const compare = (head: readonly CommandObservation[], base: readonly CommandObservation[]) =>
  differenceOf(
    { observations: head, place: place('/head') },
    { observations: base, place: place('/base') },
    new Set(['.']),
  )
const at = (file: string, line: number) => makeFinding({ locations: [{ file, line }] })

describe('differenceOf', () => {
  test('the same words of the same package are known, on that target alone', () => {
    const old = seen('windows/amd64', { text: 'undefined: x', at: './a.go:3' })
    const difference = compare(
      [
        seen('windows/amd64', { text: 'undefined: x', at: './a.go:30' }),
        { ...old, target: { goos: 'plan9', goarch: '386' } },
      ],
      [old],
    )
    expect(difference.standing(at('a.go', 30), 'windows/amd64')).toBe('known')
    expect(difference.standing(at('a.go', 3), 'plan9/386')).toBe('new')
    expect(difference.standing(at('a.go', 3), 'linux/386')).toBeUndefined()
    expect(
      compare(
        [seen('windows/amd64', { text: 'undefined: x', at: './b/a.go:3', package: 'example.com/m/b' })],
        [old],
      ).standing(at('b/a.go', 3), 'windows/amd64'),
    ).toBe('new')
  })

  test('of several failures of a target each is judged by its own places', () => {
    const difference = compare(
      [seen('windows/amd64', { text: 'undefined: x', at: './a.go:3' }, { text: 'undefined: y', at: './b.go:4' })],
      [seen('windows/amd64', { text: 'undefined: x', at: './a.go:3' })],
    )
    expect(difference.standing(at('a.go', 3), 'windows/amd64')).toBe('known')
    expect(difference.standing(at('b.go', 4), 'windows/amd64')).toBe('new')
    expect(difference.standing(makeFinding({ locations: [], causes: [at('a.go', 3)] }), 'windows/amd64')).toBe('known')
    // Nobody can tell which of them it is about.
    expect(difference.standing(at('c.go', 9), 'windows/amd64')).toBe('new')
  })

  test('an error about a package as a whole has no place but its package', () => {
    const text = 'build constraints exclude all Go files in'
    const failing = (root: string, name: string): Told => ({
      text: `${text} ${root}/${name}`,
      package: `example.com/m/${name}`,
    })
    const difference = compare(
      [seen('js/wasm', failing('/head', 'a'), failing('/head', 'b'))],
      [seen('js/wasm', failing('/base', 'a'))],
    )
    const about = (name: string) => makeFinding({ locations: [], package: `example.com/m/${name}` })
    expect(difference.standing(about('a'), 'js/wasm')).toBe('known')
    expect(difference.standing(about('b'), 'js/wasm')).toBe('new')
  })

  test('a dependency that fails as before at another version is known; lines in the words do not matter', () => {
    const failing = (root: string, version: string, line: number): Told => ({
      text: 'x redeclared in this block',
      detail: [`${root}/x.go:${line}:2: other declaration, see /cache/dep@${version}/y.go:${line}`],
      package: 'dep',
      at: `/cache/dep@${version}/x.go:${line}`,
    })
    const difference = compare(
      [seen('aix/ppc64', failing('/head', 'v1.3.0', 7))],
      [seen('aix/ppc64', failing('/base', 'v1.2.0', 5))],
    )
    expect(difference.standing(at('dep@v1.3.0/x.go', 7), 'aix/ppc64')).toBe('known')
  })

  test('what a build says is not compared', () => {
    const built = { ...seen('windows/amd64', { text: 'undefined: x', at: './a.go:3' }), probe: 'build' }
    expect(compare([built], []).standing(at('a.go', 3), 'windows/amd64')).toBeUndefined()
  })
})
