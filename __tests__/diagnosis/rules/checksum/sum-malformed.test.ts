import { describe, expect, test } from '@jest/globals'
import { parseGoSum } from '../../../../src/modules/go-sum.ts'
import { checkout, explain, observe, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `malformed go.sum:
/src/app/go.sum:1: wrong number of fields 2`

const other = `main.go:3:8: missing go.sum entry for module providing package example.com/lib (imported by example.com/app); to add:
	go get example.com/app`

describe('sum-malformed', () => {
  test('points to the line', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'sum-malformed',
        severity: 'error',
        confidence: 'certain',
        message: 'Line 1 of go.sum is not a line of go.sum: wrong number of fields 2.',
        fix: { commands: ['go mod tidy'] },
        locations: [{ file: 'go.sum', line: 1 }],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['sum-missing'])
  })

  test('knows a merge conflict when it can look into go.sum', async () => {
    const sum = '<<<<<<< HEAD\nexample.com/lib v1.0.0 h1:x=\n=======\n>>>>>>> topic\n'
    const [finding, ...more] = await explain(printed, { facts: checkout({ sum }) })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ rule: 'sum-malformed', locations: [{ file: 'go.sum', line: 1 }] })
    expect(finding?.message).toContain('unresolved merge conflict')
  })

  test('reads the same out of the file itself', async () => {
    const seen = (sum: string) =>
      observe({
        kind: 'module-files',
        probe: 'verify',
        goModPath: 'go.mod',
        goSumPath: 'go.sum',
        goSum: parseGoSum(sum),
        usesVendor: false,
      })
    expect(await seen('junk\n')).toMatchObject([{ rule: 'sum-malformed', locations: [{ file: 'go.sum', line: 1 }] }])
    expect(await seen('<<<<<<< HEAD\n=======\n>>>>>>> topic\n')).toHaveLength(1)
    expect(await seen('example.com/lib v1.0.0 h1:MWrsb+MdYGFVoVAWThwosSi5u4gGoooaXj08PPMUDbw=\n')).toEqual([])
  })
})
