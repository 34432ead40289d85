import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `open C:\\work\\app.exe: The process cannot access the file because it is being used by another process.`

describe('file-in-use', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'file-in-use',
        confidence: 'likely',
        message: expect.stringMatching(/most likely the program itself still runs/),
      },
    ])
  })

  test.each([
    `unlinkat C:\\Users\\dev\\AppData\\Local\\Temp\\TestX1\\001\\a.db: The process cannot access the file because it is being used by another process.`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['file-in-use']))
  })

  test.each([`open C:\\work\\app.exe: Access is denied.`])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('file-in-use')
  })
})
