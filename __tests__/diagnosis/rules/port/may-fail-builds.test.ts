import { expect, test } from '@jest/globals'

import type { ExpectationObservation } from '../../../../src/domain/policy-observation.ts'
import { observe } from '../../../helpers/rule-case.ts'

const seen: ExpectationObservation = {
  kind: 'expectation',
  probe: 'policy',
  target: { goos: 'plan9', goarch: '386' },
  alsoOn: [{ goos: 'plan9', goarch: 'amd64' }],
  expect: 'may-fail',
  text: 'plan9/*',
  reason: 'no terminal',
  at: { file: '.github/gopreflight.yml', line: 4 },
  built: false,
}

test('may-fail-builds is a notice at the line that can go', async () => {
  expect(await observe(seen)).toMatchObject([
    {
      rule: 'may-fail-builds',
      severity: 'notice',
      message: 'plan9/* may fail by the policy (no terminal), and 2 of its targets compile.',
      targets: ['plan9/386', 'plan9/amd64'],
      locations: [{ file: '.github/gopreflight.yml', line: 4 }],
    },
  ])
})

test('may-fail-builds is not what a ban asks for', async () => {
  const findings = await observe({ ...seen, expect: 'must-not-build' })
  expect(findings.map((finding) => finding.rule)).toEqual(['must-not-build'])
})
