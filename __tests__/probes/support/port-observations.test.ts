import { describe, expect, test } from '@jest/globals'

import { formatTarget } from '../../../src/domain/port.ts'
import type { CommandObservation } from '../../../src/domain/observation.ts'
import {
  missingModule,
  portMessage,
  portObservations,
  shownFile,
} from '../../../src/probes/support/port-observations.ts'
import { makePortCheck, makePortError, makeSlot } from '../../helpers/port-check.ts'

const settings = { packages: ['./...'], tags: [], trimpath: false, timeoutSeconds: 60 }
const go = { dir: '/m', version: 'go1.26.0', run: () => Promise.reject(new Error('nothing is run')), in: () => go }
const context = { go, module: { dir: '.', absoluteDir: '/m' }, settings } as Parameters<typeof portObservations>[1]

function targetsOf(seen: CommandObservation): readonly string[] {
  return [...(seen.target === undefined ? [] : [seen.target]), ...(seen.alsoOn ?? [])].map(formatTarget)
}

describe('portObservations', () => {
  test('targets of one system with the same errors share an observation; other systems and sets have their own', () => {
    const slots = ['plan9/386', 'plan9/arm', 'windows/386', 'windows/amd64'].map((name) => makeSlot(name))
    const errors = [
      makePortError({ slots: ['plan9/386', 'plan9/arm', 'windows/386', 'windows/amd64'] }),
      makePortError({ line: 9, message: 'undefined: x', slots: ['plan9/386', 'plan9/arm'] }),
      makePortError({ line: 12, message: 'y overflows int', slots: ['plan9/386'] }),
    ]
    const seen = portObservations(makePortCheck(slots, errors), context)
    expect(seen.map((one) => [targetsOf(one), one.messages.map(({ position }) => position?.line)])).toEqual([
      [
        ['plan9/386', 'plan9/arm'],
        [5, 9],
      ],
      [['windows/386', 'windows/amd64'], [5]],
      [['plan9/386'], [12]],
    ])
    expect(seen[0]).toMatchObject({
      probe: 'ports',
      failed: true,
      command: 'GOOS=plan9 GOARCH=386 CGO_ENABLED=0 go build ./...',
    })
  })

  test('errors of tests are told apart, with a command that shows them, and the tags of the run are in both', () => {
    const errors = [makePortError(), makePortError({ variant: 'xtest', file: '/m/a_test.go' })]
    const seen = portObservations(makePortCheck([makeSlot('plan9/386')], errors), {
      ...context,
      settings: { ...settings, tags: ['a', 'b'] },
    })
    expect(seen.map(({ command, tests }) => [command, tests])).toEqual([
      ['GOOS=plan9 GOARCH=386 CGO_ENABLED=0 go build -tags=a,b ./...', undefined],
      ['GOOS=plan9 GOARCH=386 CGO_ENABLED=0 go vet -tags=a,b ./...', true],
    ])
  })

  test('a target that go refuses, and one that is not known to fail, have no observation', () => {
    const slots = [makeSlot('ios/arm64', { status: 'refused' }), makeSlot('plan9/386'), makeSlot('js/wasm')]
    const errors = [makePortError({ slots: ['ios/arm64', 'plan9/386', 'js/wasm'] })]
    const seen = portObservations(makePortCheck(slots, errors), context, new Set(['js/wasm']))
    expect(seen.map(targetsOf)).toEqual([['plan9/386']])
  })

  test('targets that differ in the cgo mode alone are not joined: causes differ with it', () => {
    const on = makeSlot('linux/amd64 cgo', { target: { goos: 'linux', goarch: 'amd64', cgo: true } })
    const off = makeSlot('linux/amd64 no cgo', { target: { goos: 'linux', goarch: 'amd64', cgo: false } })
    const errors = [makePortError({ slots: [on.name, off.name] })]
    expect(portObservations(makePortCheck([on, off], errors), context).map((one) => one.target?.cgo)).toEqual([
      true,
      false,
    ])
  })
})

describe('portMessage', () => {
  test('reads as what the compiler prints', () => {
    const error = makePortError({ message: 'cannot use x\n\thave int\n\twant string', kind: 'type' })
    expect(portMessage(error, '/m')).toEqual({
      printer: 'compile',
      kind: 'error',
      text: 'cannot use x',
      detail: ['have int', 'want string'],
      position: { file: './main.go', line: 5, column: 2 },
      package: 'example.com/m',
      line: 0,
    })
  })

  test('names the module of a dependency and the imports that lead to it', () => {
    const error = makePortError({
      main: false,
      module: 'example.com/dep',
      version: 'v1.2.3',
      package: 'example.com/dep/x',
      file: '/cache/example.com/dep@v1.2.3/x/x.go',
      chain: ['example.com/m', 'example.com/dep/x'],
    })
    expect(portMessage(error, '/m')).toMatchObject({
      module: { path: 'example.com/dep', version: 'v1.2.3' },
      importStack: ['example.com/m', 'example.com/dep/x'],
      position: { file: '/cache/example.com/dep@v1.2.3/x/x.go' },
    })
    const replaced = portMessage({ ...error, version: '' }, '/m')
    expect(replaced.module).toBeUndefined()
  })

  test('a load error reads as what the go command prints', () => {
    const where = 'build constraints exclude all Go files in /m/x'
    const error = makePortError({ kind: 'load', package: 'example.com/m/x', file: '', line: 0, message: where })
    const { column: _, ...bare } = error
    expect(portMessage({ ...bare, chain: ['example.com/m', 'example.com/m/x'] }, '/m')).toMatchObject({
      printer: 'go',
      text: `package example.com/m/x: ${where}`,
      package: 'example.com/m/x',
      importStack: ['example.com/m', 'example.com/m/x'],
    })
  })
})

test('files are shown as the go command shows them', () => {
  expect(shownFile('/m/main.go', '/m')).toBe('./main.go')
  expect(shownFile('/m/a/b.go', '/m')).toBe('a/b.go')
  expect(shownFile('/x/y.go', '/a/very/deep/folder')).toBe('/x/y.go')
})

test('only a module that is not downloaded is a missing one', () => {
  const message =
    'module example.com/d@v1.0.0, which may provide package example.com/d/x, is not downloaded; to download'
  expect(missingModule(makePortError({ kind: 'load', message }))).toBe('example.com/d@v1.0.0')
  expect(missingModule(makePortError({ kind: 'type', message }))).toBeUndefined()
  expect(missingModule(makePortError({ kind: 'load', message: 'package x is not in std' }))).toBeUndefined()
})
