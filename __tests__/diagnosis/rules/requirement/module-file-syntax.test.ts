import { describe, expect, test } from '@jest/globals'
import type { ModuleFilesObservation } from '../../../../src/domain/observation.ts'
import { parseGoMod } from '../../../../src/modules/go-mod.ts'
import { checkout, explain, observe, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: errors parsing go.mod:
go.mod:5: usage: require module/path v1.2.3`

const other = `go: errors parsing go.mod:
go.mod:4: unknown directive: <<<<<<<
go.mod:6: unknown directive: =======
go.mod:8: unknown directive: >>>>>>>`

describe('module-file-syntax', () => {
  test('points to the line', async () => {
    expect(await explain(printed, { facts: checkout({ mod: 'module example.com/app\n' }) })).toMatchObject([
      {
        rule: 'module-file-syntax',
        severity: 'error',
        confidence: 'certain',
        message: 'Line 5 of go.mod cannot be read: usage: require module/path v1.2.3.',
        fix: { commands: ['go mod edit -fmt'] },
        locations: [{ file: 'go.mod', line: 5 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['module-file-conflict'])
  })

  const seen = (line: string): ModuleFilesObservation => ({
    kind: 'module-files',
    probe: 'verify',
    module: 'sub',
    goModPath: 'sub/go.mod',
    goMod: parseGoMod(`module example.com/app\n\n${line}\n`),
    goSumPath: 'sub/go.sum',
    usesVendor: false,
  })

  test('reads the same out of the file itself, where no command got that far', async () => {
    expect(await observe(seen('require example.com/lib'))).toMatchObject([
      { rule: 'module-file-syntax', severity: 'error', locations: [{ file: 'sub/go.mod', line: 3 }] },
    ])
    expect(await observe(seen('go 1.21'))).toEqual([])
  })

  test.each([
    ['go v1.21', 'go-line-format'],
    ['toolchain 1.21.3', 'toolchain-setting-invalid'],
    ['plugin example.com/x', 'directive-unknown'],
    ['require example.com/lib v2.0.0', 'major-suffix-missing'],
    ['<<<<<<< HEAD', 'module-file-conflict'],
  ])('leaves %j to %s', async (line, rule) => {
    const found = (await observe(seen(line))).filter((finding) => finding.rule !== 'sum-absent')
    expect(found).toMatchObject([{ rule, severity: 'error', locations: [{ file: 'sub/go.mod', line: 3 }] }])
  })
})
