import { describe, expect, test } from '@jest/globals'

import { cgoSeen, imported, mainImport } from '../../../helpers/cgo-case.ts'
import { observe, rulesOf } from '../../../helpers/rule-case.ts'

const of = imported({ of: 'runtime/cgo', stub: false })

describe('runtime-cgo-import', () => {
  test('is an error for a program that is built without cgo', async () => {
    expect(await observe(cgoSeen({ imports: [of] }))).toMatchObject([
      {
        rule: 'runtime-cgo-import',
        severity: 'error',
        message:
          'example.com/app imports runtime/cgo in a file that is built without cgo too, and cgo is off, as by default for a cross build: the program does not link.',
        locations: [mainImport],
      },
    ])
  })

  test('is a warning for a library, a notice with cgo on', async () => {
    expect(await observe(cgoSeen({ imports: [of], programs: 0 }))).toMatchObject([{ severity: 'warning' }])
    const on = cgoSeen({ imports: [of], enabled: true, reason: 'set' })
    expect(await observe(on)).toMatchObject([{ severity: 'notice' }])
  })

  test('is not about plugins', async () => {
    expect(rulesOf(await observe(cgoSeen({ imports: [imported({})] })))).toEqual(['plugin-stub'])
  })
})
