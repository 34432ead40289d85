import { describe, expect, test } from '@jest/globals'
import type { GoRun } from '../../../src/go/go.ts'
import { failureHeadline } from '../../../src/probes/support/observe.ts'

function failed(stderr: string): GoRun {
  const output = (text: string) => ({ text, truncated: false, bytes: text.length })
  return {
    command: 'go list ./...',
    result: { exitCode: 1, stdout: output(''), stderr: output(stderr), timedOut: false, seconds: 1 },
    ok: false,
  } as unknown as GoRun
}

describe('failureHeadline', () => {
  test.each([
    ['go: updates to go.mod needed; to update it:\n\tgo mod tidy\n', 'updates to go.mod needed'],
    [
      'main.go:3:8: no required module provides package example.com/lib; to add it:\n\tgo get example.com/lib\n',
      'no required module provides package example.com/lib',
    ],
    [
      'go: module . listed in go.work file requires go >= 1.21, but go.work lists go 1.20; to update it:\n\tgo work use\n',
      'module . listed in go.work file requires go >= 1.21, but go.work lists go 1.20',
    ],
    ['go: go.mod requires go >= 1.99 (running go 1.26.8)\n', 'go.mod requires go >= 1.99 (running go 1.26.8)'],
  ])('ends where the sentence does: %j', (stderr, headline) => {
    expect(failureHeadline(failed(stderr))).toBe(headline)
  })
})
