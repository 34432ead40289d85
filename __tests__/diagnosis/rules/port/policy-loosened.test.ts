import { expect, test } from '@jest/globals'

import type { PolicyObservation } from '../../../../src/domain/policy-observation.ts'
import { observe } from '../../../helpers/rule-case.ts'

const seen: PolicyObservation = {
  kind: 'policy',
  probe: 'policy',
  path: '.github/gopreflight.yml',
  base: '0123456789ab',
  loosened: [
    {
      at: { file: '.github/gopreflight.yml', line: 4 },
      text: 'windows/*',
      before: 'must-build',
      after: 'may-fail',
      targets: ['windows/386', 'windows/amd64', 'windows/arm64'],
    },
    { text: 'js/wasm', before: 'must-not-build', after: 'nothing is expected', targets: ['js/wasm'] },
  ],
}

test('policy-loosened tells each line, at its place, and where there is none too', async () => {
  const findings = await observe(seen)
  expect(findings.map(({ rule, severity, message, locations }) => ({ rule, severity, message, locations }))).toEqual([
    {
      rule: 'policy-loosened',
      severity: 'notice',
      message:
        '.github/gopreflight.yml allows more than at the base (0123456789ab): windows/*: must-build before, may-fail now. It is about windows/386, windows/amd64 and windows/arm64, and takes effect once it is merged.',
      locations: [{ file: '.github/gopreflight.yml', line: 4 }],
    },
    {
      rule: 'policy-loosened',
      severity: 'notice',
      message: expect.stringContaining('js/wasm: must-not-build before, nothing is expected now'),
      locations: [],
    },
  ])
})

test('policy-loosened says nothing of a policy that is as it was', async () => {
  expect(await observe({ ...seen, loosened: [] })).toEqual([])
})
