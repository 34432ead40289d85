import { describe, expect, test } from '@jest/globals'
import type { ModuleFilesObservation } from '../../../../src/domain/observation.ts'
import { parseGoMod } from '../../../../src/modules/go-mod.ts'
import { parseGoSum } from '../../../../src/modules/go-sum.ts'
import { observe, rulesOf } from '../../../helpers/rule-case.ts'

const seen = (mod: string, more: Partial<ModuleFilesObservation> = {}): ModuleFilesObservation => ({
  kind: 'module-files',
  probe: 'verify',
  module: '.',
  goModPath: 'go.mod',
  goMod: parseGoMod(mod),
  goSumPath: 'go.sum',
  usesVendor: false,
  ...more,
})
const requires = 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n'

describe('sum-absent', () => {
  test('points to the first requirement', async () => {
    expect(await observe(seen(requires))).toMatchObject([
      {
        rule: 'sum-absent',
        severity: 'error',
        confidence: 'certain',
        message: 'go.mod requires example.com/lib@v1.0.0, but go.sum does not exist.',
        fix: { commands: ['go mod tidy'] },
        locations: [{ file: 'go.mod', line: 5 }],
      },
    ])
  })

  test('is silent where no hash is needed', async () => {
    expect(await observe(seen('module example.com/app\n\ngo 1.21\n'))).toEqual([])
    expect(await observe(seen(`${requires}\nreplace example.com/lib => ./lib\n`))).toEqual([])
    expect(rulesOf(await observe(seen(requires, { usesVendor: true })))).toEqual([])
    expect(rulesOf(await observe(seen(requires, { goSum: parseGoSum('') })))).toEqual([])
  })
})
