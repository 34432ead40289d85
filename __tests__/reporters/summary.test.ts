import { describe, expect, test } from '@jest/globals'
import { renderSummary } from '../../src/reporters/summary.ts'
import { golden } from '../helpers/golden.ts'
import { makeReport, mkcertReport } from '../helpers/report.ts'

const site = {
  serverUrl: 'https://github.com',
  repository: 'FiloSottile/mkcert',
  sha: '2a46726cebac0ff4e1f133d90b4e4c42f1edf44a',
}

describe('renderSummary', () => {
  test('shows a failure on one system, a warning and a notice', () => {
    const text = renderSummary(mkcertReport(), site)
    expect(text).toBe(golden('mkcert.golden.md', text))
  })

  test('is short when all is well', () => {
    const text = renderSummary(makeReport())
    expect(text).toBe(golden('healthy.golden.md', text))
  })
})
