import { describe, expect, test } from '@jest/globals'

import { cgoSeen, dbCheckout, difference, imported, mainImport } from '../../../helpers/cgo-case.ts'
import { observe, rulesOf } from '../../../helpers/rule-case.ts'

const fallback = { change: 'swapped', stub: false, replacementFiles: ['pure.go'] } as const

describe('cgo-fallback', () => {
  test('is a notice and says that nothing is wrong', async () => {
    const findings = await observe(cgoSeen({ differences: [difference(fallback)] }), dbCheckout)
    expect(findings).toMatchObject([
      {
        rule: 'cgo-fallback',
        severity: 'notice',
        message:
          'example.com/db/sqlite (example.com/db@v1.0.0) is built from pure.go in place of sqlite.go: cgo is off, as by default for a cross build.',
        locations: [mainImport, { file: 'go.mod', line: 3 }],
      },
    ])
    expect(findings[0]?.fix.summary).toMatch(/^Nothing is wrong/)
  })

  test('is silent with cgo on, and about what does not work', async () => {
    const on = { enabled: true, reason: 'set' as const }
    expect(await observe(cgoSeen({ ...on, differences: [difference(fallback)] }))).toEqual([])
    const stub = cgoSeen({
      differences: [difference({ ...fallback, stub: true })],
      imports: [imported({ stub: false })],
    })
    expect(rulesOf(await observe(stub))).toEqual(['hidden-stub'])
  })
})
