import { describe, expect, test } from '@jest/globals'

import type { TagRun } from '../../../../src/domain/platform.ts'
import { observe } from '../../../helpers/rule-case.ts'

const run = (parts: Partial<TagRun>): TagRun => ({
  tags: ['sqlite'],
  errors: [
    {
      package: 'example.com/m/store',
      tests: false,
      message: 'undefined: openStore',
      targets: ['linux/amd64', 'windows/amd64'],
      at: { file: 'store/sqlite.go', line: 12, column: 9 },
    },
  ],
  checked: ['linux/amd64', 'windows/amd64'],
  ...parts,
})

const seen = (...runs: readonly TagRun[]) => observe({ kind: 'tags', probe: 'tags', module: '.', runs, uncompiled: [] })

describe('tag-broken', () => {
  test('a set of tags with errors is a notice at their places', async () => {
    expect(await seen(run({}))).toMatchObject([
      {
        rule: 'tag-broken',
        severity: 'notice',
        message: 'With -tags=sqlite example.com/m/store does not compile on every port: undefined: openStore.',
        locations: [{ file: 'store/sqlite.go', line: 12, column: 9 }],
        package: 'example.com/m/store',
        fix: { commands: ['go vet -tags=sqlite ./...'] },
      },
    ])
  })

  test('some ports only, and more than one set', async () => {
    const found = await seen(run({ checked: ['linux/amd64', 'windows/amd64', 'js/wasm'] }), run({ tags: ['a', 'b'] }))
    expect(found).toHaveLength(2)
    expect(found[0]?.fix.commands).toEqual(['GOOS=linux GOARCH=amd64 go vet -tags=sqlite ./...'])
    expect(found[1]?.message).toContain('-tags=a,b')
  })

  test('where only test files are wrong, that is said', async () => {
    const errors = run({}).errors.map((error) => ({ ...error, tests: true }))
    expect((await seen(run({ errors })))[0]?.message).toMatch(
      /^With -tags=sqlite the tests of example\.com\/m\/store do not/,
    )
  })

  test('sets that compile are nothing to tell', async () => {
    expect(await seen(run({ errors: [] }))).toEqual([])
  })
})
