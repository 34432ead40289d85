import { describe, expect, test } from '@jest/globals'
import type { SumsObservation } from '../../../../src/domain/observation.ts'
import { checkout, observe } from '../../../helpers/rule-case.ts'

const facts = checkout({
  mod: 'module example.com/app\n\nrequire example.com/lib v1.0.0\n\nreplace example.com/lib => ../lib\n',
})
const sums = (...unhashed: SumsObservation['unhashed']): SumsObservation => ({
  kind: 'sums',
  probe: 'verify',
  checked: 0,
  mismatches: [],
  notDownloaded: [],
  unhashed,
})

describe('replace-unhashed', () => {
  test('mentions a folder, and where it lies outside the module', async () => {
    expect(await observe(sums({ path: 'example.com/lib', dir: '../lib' }), facts)).toMatchObject([
      {
        rule: 'replace-unhashed',
        severity: 'notice',
        message: 'example.com/lib comes from the folder ../lib, outside the module: no hash in go.sum covers it.',
        fix: { commands: ['go mod edit -dropreplace=example.com/lib'] },
        locations: [{ file: 'go.mod', line: 5 }],
      },
    ])
    const [inside] = await observe(sums({ path: 'example.com/lib', dir: './lib' }), facts)
    expect(inside?.message).not.toContain('outside')
    expect(inside?.fix.commands).toBeUndefined()
  })

  test('is silent without such a line', async () => {
    expect(await observe(sums(), facts)).toEqual([])
  })
})
