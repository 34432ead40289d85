import { describe, expect, test } from '@jest/globals'

import { cgoSeen, dbCheckout, difference, imported, mainImport } from '../../../helpers/cgo-case.ts'
import { observe, rulesOf } from '../../../helpers/rule-case.ts'

const stub = difference({ change: 'swapped', stub: true, replacementFiles: ['stub.go'] })
const host = { target: { goos: 'linux', goarch: 'amd64' } }
const byChance = async (parts: Parameters<typeof cgoSeen>[0]) =>
  (await observe(cgoSeen({ ...host, ...parts }), dbCheckout)).filter(({ rule }) => rule === 'cgo-by-chance')

describe('cgo-by-chance', () => {
  test('off only because no compiler is there, and a package is missed: a warning', async () => {
    expect(await byChance({ reason: 'no-compiler', differences: [stub] })).toMatchObject([
      {
        severity: 'warning',
        message:
          'cgo is off (CGO_ENABLED=0) only because gcc is not on PATH here: nothing sets CGO_ENABLED or CC. On a machine with gcc it is on, and example.com/db/sqlite would be built from other files.',
        locations: [mainImport],
        targets: ['linux/amd64'],
        fix: { commands: ['CGO_ENABLED=1 go build ./...'] },
      },
    ])
  })

  test('on only because a compiler is there: a notice', async () => {
    const on = { reason: 'compiler', enabled: true } as const
    const [finding] = await byChance({ ...on, differences: [stub] })
    expect(finding).toMatchObject({ severity: 'notice' })
    expect(finding?.message).toContain('On a machine without gcc it is off')
    const [std] = await byChance({ ...on, standard: ['net', 'os/user'] })
    expect(std).toMatchObject({ severity: 'notice', locations: [{ file: 'main.go', line: 1 }] })
    expect(std?.message).toContain('net and os/user would be built from other files')
  })

  test.each(['set', 'cross', 'default', 'unsupported'] as const)('%s is no chance', async (reason) => {
    expect(await byChance({ reason, differences: [stub] })).toEqual([])
  })

  test('nothing that differs, or no program, is nothing to tell', async () => {
    expect(await byChance({ reason: 'compiler', enabled: true })).toEqual([])
    expect(await byChance({ reason: 'compiler', enabled: true, programs: 0, differences: [stub] })).toEqual([])
    const everywhereAStub = imported({ stubWithCgo: true })
    expect(await byChance({ reason: 'compiler', enabled: true, imports: [everywhereAStub] })).toEqual([])
    expect(
      rulesOf(await byChance({ reason: 'compiler', enabled: true, imports: [imported({ stub: false })] })),
    ).toEqual(['cgo-by-chance'])
  })
})
