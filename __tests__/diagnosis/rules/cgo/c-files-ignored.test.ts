import { describe, expect, test } from '@jest/globals'

import { cgoSeen, dbCheckout, difference, imported, mainImport } from '../../../helpers/cgo-case.ts'
import { observe, rulesOf } from '../../../helpers/rule-case.ts'

const { module: _, ...own } = difference({
  package: 'example.com/app/native',
  change: 'ignored',
  cgoFiles: [],
  otherFiles: ['native/fast.c'],
})

describe('c-files-ignored', () => {
  test('warns of C files of the module that a build without cgo passes over', async () => {
    expect(await observe(cgoSeen({ differences: [own] }))).toMatchObject([
      {
        rule: 'c-files-ignored',
        severity: 'warning',
        message:
          'example.com/app/native has native/fast.c and no file that imports "C": cgo is off, as by default for a cross build, so they are passed over without a word; with cgo on the go command refuses the package.',
        locations: [mainImport],
      },
    ])
  })

  test('those of a dependency are a notice', async () => {
    const findings = await observe(cgoSeen({ differences: [difference({ ...own })] }), dbCheckout)
    expect(findings).toMatchObject([{ rule: 'c-files-ignored', severity: 'notice' }])
  })

  test('leaves C files of a package with cgo to what becomes of it', async () => {
    const seen = cgoSeen({
      differences: [difference({ otherFiles: ['fast.c'] })],
      imports: [imported({ stub: false })],
    })
    const findings = await observe(seen)
    expect(rulesOf(findings)).toEqual(['hidden-cgo'])
    expect(findings[0]?.message).toContain('Passed over with it: fast.c.')
  })
})
