import { describe, expect, test } from '@jest/globals'
import { renderSummary } from '../../src/reporters/summary.ts'
import { golden } from '../helpers/golden.ts'
import { everyPortReport, makeFinding, makeReport, mkcertReport, workspaceReport } from '../helpers/report.ts'

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

  test('shows many targets of several modules, levels and cgo modes', () => {
    const text = renderSummary(workspaceReport(), site)
    expect(text).toBe(golden('workspace.golden.md', text))
  })

  test('shows every port, what was built of them, and each cause to open', () => {
    const text = renderSummary(everyPortReport(), site)
    expect(text).toBe(golden('every-port.golden.md', text))
  })

  test('opens ten findings, folds the others, and says when the run was cancelled', () => {
    const findings = Array.from({ length: 14 }, (_, index) =>
      makeFinding({ message: `letter ${'ABCDEFGHIJKLMN'.charAt(index)}.` }),
    )
    const text = renderSummary(makeReport({ findings, verdict: 'fail', partial: true }))
    expect(text.indexOf('letter J.')).toBeLessThan(text.indexOf('<summary>4 more findings</summary>'))
    expect(text.indexOf('letter K.')).toBeGreaterThan(text.indexOf('<summary>4 more findings</summary>'))
    expect(text).toContain('**The run was cancelled**')
  })

  test('is short when all is well', () => {
    const text = renderSummary(makeReport())
    expect(text).toBe(golden('healthy.golden.md', text))
  })
})
