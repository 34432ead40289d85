import { expect, test } from '@jest/globals'

import rule from '../../../../src/diagnosis/rules/port/ports-fail.ts'

test('ports-fail recognises nothing by itself: the pipeline folds under it (gate.test.ts)', () => {
  expect(rule.message).toBeUndefined()
  expect(rule.observe).toBeUndefined()
  expect(rule.markers).toBeUndefined()
})
