import { describe, expect, test } from '@jest/globals'
import { inContext } from '../../helpers/context-case.ts'
import { factCases } from './facts.ts'
import { surroundings } from './surroundings.ts'

const cases = [...factCases, ...surroundings]

describe('what is known beside a message changes the answer', () => {
  test.each(cases.map((one) => [one.rule, one] as const))('%s', async (_, one) => {
    const { alone, within } = await inContext(one)
    if (one.changes === 'silent') {
      expect(alone).toBeDefined()
      expect(within).toBeUndefined()
      return
    }
    expect(within).toMatchObject(one.changes)
    expect(alone ?? {}).not.toMatchObject(one.changes)
  })
})
