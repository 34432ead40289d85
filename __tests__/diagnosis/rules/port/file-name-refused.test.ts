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

describe('file-name-refused', () => {
  test('names that go refuses in a module', async () => {
    const found = await seen('testdata/aux.go', 'a:b.txt', 'Readme.md', 'README.md')
    expect(found.map(({ rule, severity, message }) => [rule, severity, message])).toEqual([
      ['file-name-refused', 'warning', expect.stringContaining('"aux" is reserved on Windows')],
      ['file-name-refused', 'warning', expect.stringContaining('it holds ":"')],
      ['file-name-refused', 'warning', expect.stringMatching(/README\.md: it differs from Readme\.md in nothing but/)],
    ])
    expect(found[0]?.locations).toEqual([{ file: 'testdata/aux.go', line: 1 }])
  })

  test('what is no part of the module keeps nobody from downloading it', async () => {
    const found = await seen('vendor/example.com/dep/aux.go', 'sub/go.mod', 'sub/con.txt', 'auxiliary.go', 'été.go')
    expect(found.filter((one) => one.rule === 'file-name-refused')).toEqual([])
  })
})
