import { describe, expect, test } from '@jest/globals'

import { checkFileNames } from '../../../../src/modules/file-names.ts'
import { observe } from '../../../helpers/rule-case.ts'

const seen = (...files: string[]) =>
  observe({
    kind: 'file-names',
    probe: 'platforms',
    module: '.',
    files: files.length,
    names: checkFileNames(files, 'example.com/m', (file) => file),
  })

describe('windows-file-name', () => {
  test('a blank at the end, and bad names beside the module', async () => {
    expect(await seen('notes ', 'vendor/example.com/dep/a:b.txt')).toMatchObject([
      { rule: 'windows-file-name', severity: 'notice', message: expect.stringContaining('ends in a blank') },
      { rule: 'windows-file-name', severity: 'notice', message: expect.stringContaining('A checkout on Windows') },
    ])
  })

  test('paths too long for a module cache are one finding', async () => {
    const deep = 'a'.repeat(60)
    const found = await seen(`${deep}/${deep}/${deep}/x.go`, `${deep}/${deep}/${deep}/y.go`)
    expect(found).toMatchObject([
      {
        rule: 'windows-file-name',
        message: expect.stringMatching(/its path has 2[67]\d characters/),
        fix: { commands: ['go env -w GOMODCACHE=C:\\m'] },
      },
    ])
    expect(found[0]?.locations).toHaveLength(2)
  })

  test('names that are well everywhere', async () => {
    expect(await seen('go.mod', 'cmd/app/main.go', 'a b.txt', 'console.go')).toEqual([])
  })
})
