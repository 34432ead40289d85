import { describe, expect, test } from '@jest/globals'
import rule from '../../../../src/diagnosis/rules/requirement/bazel-deps-missing.ts'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

// The wording of rules_go (go/tools/builders, the error of a dependency that was not declared).
const printed = `ERROR: /home/dev/app/BUILD.bazel:3:11: GoCompilePkg app_lib.a failed: (Exit 1): builder failed
${rule.example ?? ''}
Target //:app failed to build`

describe('bazel-deps-missing', () => {
  test('names what is imported', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'bazel-deps-missing',
        severity: 'error',
        confidence: 'certain',
        message: 'No deps of the Bazel rule name github.com/google/uuid, which its Go files import.',
        fix: { commands: ['bazel run //:gazelle'] },
      },
    ])
  })

  test('leaves a module that go.mod does not require to its own rule', async () => {
    const text =
      'main.go:3:8: no required module provides package github.com/google/uuid; to add it:\n\tgo get github.com/google/uuid'
    expect(rulesOf(await explain(text))).toEqual(['no-required-module'])
  })
})
