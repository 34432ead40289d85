import { expect, test } from '@jest/globals'

import type { ExpectationObservation } from '../../../../src/domain/policy-observation.ts'
import { observe } from '../../../helpers/rule-case.ts'

const seen: ExpectationObservation = {
  kind: 'expectation',
  probe: 'policy',
  target: { goos: 'js', goarch: 'wasm' },
  expect: 'must-not-build',
  text: 'js/wasm',
  reason: 'the server opens sockets',
  built: true,
}

test('must-not-build is an error', async () => {
  expect(await observe(seen)).toMatchObject([
    {
      rule: 'must-not-build',
      severity: 'error',
      message: 'js/wasm must not build by the policy (the server opens sockets), and it builds.',
      targets: ['js/wasm'],
      locations: [],
    },
  ])
})

test('must-not-build is not what an exception asks for', async () => {
  const findings = await observe({ ...seen, expect: 'may-fail' })
  expect(findings.map((finding) => finding.rule)).toEqual(['may-fail-builds'])
})
