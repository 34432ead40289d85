import { describe, expect, test } from '@jest/globals'

import { diagnose } from '../../src/diagnosis/diagnose.ts'
import { noFacts } from '../../src/diagnosis/facts/no-facts.ts'
import type { TidyObservation } from '../../src/domain/observation.ts'
import type { Diagnosis, Rule } from '../../src/domain/rule.ts'

function rule(id: string, diagnoses: readonly Partial<Diagnosis>[], more: Partial<Rule> = {}): Rule {
  const whole = (part: Partial<Diagnosis>): Diagnosis => ({
    severity: 'error',
    confidence: 'certain',
    message: id,
    fix: { summary: '', verified: false },
    locations: [],
    ...part,
  })
  return {
    id,
    area: 'code',
    title: id,
    what: '',
    why: '',
    fix: '',
    classes: [],
    observe: { tidy: () => diagnoses.map(whole) },
    ...more,
  }
}

async function findings(rules: readonly Rule[], disabled: readonly string[] = [], modules = ['a']) {
  const observations = modules.map((module): TidyObservation => ({ kind: 'tidy', probe: 'verify', module, diff: '' }))
  const options = { rules, disabled: new Set(disabled), docsUrl: (id: string) => id }
  return (await diagnose(observations, () => noFacts, options)).findings
}

describe('what only follows', () => {
  const cause = rule('cause', [{}])
  const result = rule('result', [{ follows: ['cause'] }])

  test('is not told beside its cause', async () => {
    expect((await findings([cause, result])).map((one) => one.rule)).toEqual(['cause'])
  })

  test('is told without it, when the cause is switched off, and never hides itself', async () => {
    expect((await findings([result])).map((one) => one.rule)).toEqual(['result'])
    expect((await findings([cause, result], ['cause'])).map((one) => one.rule)).toEqual(['result'])
    const self = rule('self', [{ follows: ['self'] }])
    expect(await findings([self])).toHaveLength(1)
  })

  test('is told when cause and result name different packages', async () => {
    const about = (name: string, more: Partial<Diagnosis> = {}): Partial<Diagnosis> => ({ package: name, ...more })
    const broken = rule('cause', [about('p')])
    const same = rule('same', [about('p', { follows: ['cause'] })])
    const other = rule('other', [about('q', { follows: ['cause'] })])
    expect((await findings([broken, same, other])).map((one) => one.rule)).toEqual(['cause', 'other'])
  })

  test('is told in a module that has another trouble', async () => {
    const here: Rule = {
      ...cause,
      observe: {
        tidy: ({ module }) =>
          module === 'a' ? (cause.observe?.tidy?.({ kind: 'tidy', probe: 'verify', diff: '' }, noFacts) ?? []) : [],
      },
    }
    const found = await findings(
      [
        here,
        {
          ...result,
          observe: {
            tidy: ({ module }) => [
              {
                severity: 'error',
                confidence: 'certain',
                message: module ?? '',
                fix: { summary: '', verified: false },
                locations: [],
                follows: ['cause'],
              },
            ],
          },
        },
      ],
      [],
      ['a', 'b'],
    )
    expect(found.map((one) => `${one.rule} ${one.message}`)).toEqual(['cause cause', 'result b'])
  })
})

test('the rule words a finding of several diagnoses from the parts of all, each once and in order', async () => {
  const names = rule(
    'names',
    [
      { key: 'k', parts: { names: ['b'], files: ['x.go'] } },
      { key: 'k', parts: { names: ['a'], files: ['x.go'] } },
      { key: 'other', parts: { names: ['c'], files: [] } },
    ],
    { merge: ({ names: all = [], files = [] }) => ({ message: `${all.join('+')} in ${files.join('+')}` }) },
  )
  expect((await findings([names])).map((one) => one.message)).toEqual(['b+a in x.go', 'c in '])
})
