import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: invalid toolchain "1.21.3" in go.mod`

const other = `go: downloading go1.99.0 (linux/amd64)
go: download go1.99.0 for linux/amd64: toolchain not available`

describe('toolchain-setting-invalid', () => {
  test('gives the right spelling', async () => {
    expect(
      await explain(printed, { facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\ntoolchain 1.21.3\n' }) }),
    ).toMatchObject([
      {
        rule: 'toolchain-setting-invalid',
        severity: 'error',
        confidence: 'certain',
        message: 'The toolchain line says 1.21.3, which is no name of a Go release; it must read go1.21.3.',
        fix: { commands: ['go mod edit -toolchain=go1.21.3'] },
        locations: [{ file: 'go.mod', line: 5 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['toolchain-unavailable'])
  })
})
