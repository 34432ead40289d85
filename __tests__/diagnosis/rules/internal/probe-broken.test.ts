import { expect, test } from '@jest/globals'

import { diagnose } from '../../../../src/diagnosis/diagnose.ts'
import { noFacts } from '../../../../src/diagnosis/facts/no-facts.ts'
import rule, { brokenRule } from '../../../../src/diagnosis/rules/internal/probe-broken.ts'
import type { Observation } from '../../../../src/domain/observation.ts'

const options = { rules: [rule], disabled: new Set<string>(), docsUrl: (id: string) => `docs/${id}` }

test('a probe that broke is an error that names it, once for one error', async () => {
  const observation = (error: string): Observation => ({ kind: 'broken-probe', probe: 'graph', module: '.', error })
  const seen = [observation('EACCES: go.mod'), observation('EACCES: go.mod'), observation('ENOSPC')]
  const { findings } = await diagnose(seen, () => noFacts, options)
  expect(findings).toMatchObject([
    { rule: 'probe-broken', severity: 'error', message: 'The probe graph broke and saw nothing: EACCES: go.mod' },
    { message: 'The probe graph broke and saw nothing: ENOSPC', evidence: { excerpt: 'ENOSPC' } },
  ])
})

test('nothing broken, nothing said', async () => {
  const observation: Observation = { kind: 'tidy', probe: 'verify', module: '.', diff: '' }
  expect(await diagnose([observation], () => noFacts, options)).toEqual({ findings: [], unexplained: [] })
})

test('a rule that threw, whatever it threw', () => {
  const broken = { ...rule, id: 'other' }
  expect(brokenRule(broken, 'a message', new Error('boom'))).toMatchObject({
    rule,
    excerpt: 'boom',
    diagnosis: { severity: 'error', message: 'The rule other broke on a message: boom' },
  })
  expect(brokenRule(broken, 'a message', 'text').excerpt).toBe('text')
})
