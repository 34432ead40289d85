import { expect, test } from '@jest/globals'
import { observe } from '../../../helpers/rule-case.ts'

const missing = 'No source serves Go 1.99.0 for linux/amd64 (go-version: 1.99.0):\n  - PATH: there is no Go on PATH'
const broken = { kind: 'broken-probe', probe: 'toolchain', error: missing } as const

test('says what was asked for and shows each source with its reason', async () => {
  expect(await observe(broken)).toMatchObject([
    {
      rule: 'toolchain-not-ready',
      severity: 'error',
      message: 'No source serves Go 1.99.0 for linux/amd64 (go-version: 1.99.0):',
      evidence: { excerpt: missing },
    },
  ])
})

test('a download that does not verify is not to be used', async () => {
  const error = 'go1.26.8.linux-amd64.tar.gz from the mirror has another SHA-256 than its list says'
  const [finding] = await observe({ ...broken, error })
  expect(finding).toMatchObject({ rule: 'toolchain-not-ready', message: error })
  expect(finding?.fix.summary).toMatch(/Do not use/)
})

test('is silent about another probe that broke', async () => {
  expect(await observe({ ...broken, probe: 'graph' })).toMatchObject([{ rule: 'probe-broken' }])
})
