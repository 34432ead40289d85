import { describe, expect, test } from '@jest/globals'

import { decideCachePolicy, type CacheInput } from '../../src/cache/policy.ts'

const main = { name: 'push', ref: 'refs/heads/main', defaultBranch: 'main' }

/** `r` restores, `s` saves; modules, then build results. */
function short(input: CacheInput, event: Parameters<typeof decideCachePolicy>[1]): string {
  const { modules, build } = decideCachePolicy(input, event)
  const of = (use: { restore: boolean; save: boolean }) => `${use.restore ? 'r' : '-'}${use.save ? 's' : '-'}`
  return `${of(modules)} ${of(build)}`
}

describe('who restores and who saves', () => {
  test.each([
    ['the default branch', main, 'rs rs'],
    ['its schedule', { ...main, name: 'schedule' }, 'rs rs'],
    ['started by hand', { ...main, name: 'workflow_dispatch' }, 'rs rs'],
    ['another branch', { ...main, ref: 'refs/heads/topic' }, 'rs r-'],
    ['a branch named like the default one', { ...main, ref: 'refs/heads/x/main' }, 'rs r-'],
    ['no known default branch', { name: 'push', ref: 'refs/heads/main' }, 'rs r-'],
    ['a pull request', { ...main, name: 'pull_request', ref: 'refs/pull/7/merge' }, 'r- r-'],
    ['pull_request_target', { ...main, name: 'pull_request_target' }, 'r- r-'],
    ['a merge queue', { ...main, name: 'merge_group', ref: 'refs/heads/gh-readonly-queue/main/pr-1-a' }, 'r- r-'],
    ['a comment, which anybody may write', { ...main, name: 'issue_comment' }, 'r- r-'],
    ['workflow_run, after a run of a fork', { ...main, name: 'workflow_run' }, 'r- r-'],
    ['a tag', { ...main, ref: 'refs/tags/v1.0.0' }, '-- --'],
    ['a release', { ...main, name: 'release', ref: 'refs/tags/v1.0.0' }, '-- --'],
    ['a tag by hand', { ...main, name: 'workflow_dispatch', ref: 'refs/tags/v1' }, '-- --'],
    ['nothing known', { name: '', ref: '' }, 'r- r-'],
  ])('%s', (_, event, expected) => {
    expect(short('true', event)).toBe(expected)
  })

  test('the input narrows, and never widens', () => {
    expect((['true', 'restore', 'modules', 'false'] as const).map((input) => short(input, main))).toEqual([
      'rs rs',
      'r- r-',
      'rs --',
      '-- --',
    ])
    const tag = { ...main, ref: 'refs/tags/v1' }
    expect((['true', 'restore', 'modules', 'false'] as const).map((input) => short(input, tag))).toEqual(
      Array(4).fill('-- --'),
    )
    expect(decideCachePolicy('restore', tag).reason).toMatch(/tag/)
  })
})
