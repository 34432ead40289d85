import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

// As reported in https://github.com/wailsapp/wails/issues/3045
const printed = `changeme: go build changeme: open C:\\Users\\jq\\AppData\\Local\\Temp\\go-build664362386\\b001\\exe\\a.out.exe: Operation did not complete successfully because the file contains a virus or potentially unwanted software.`

describe('program-blocked', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'program-blocked',
        confidence: 'certain',
        message: expect.stringMatching(/^The virus scanner blocks C:\\Users/),
      },
    ])
  })

  test.each([
    `fork/exec C:\\Users\\jq\\AppData\\Local\\Temp\\go-build1\\b001\\app.test.exe: This program is blocked by group policy. For more information, contact your system administrator.`,
    `fork/exec C:\\t\\go-build1\\b001\\exe\\main.exe: An Application Control policy has blocked this file.`,
    `fork/exec C:\\Users\\x\\AppData\\Local\\Temp\\go-build3\\b001\\exe\\main.exe: Access is denied.`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['program-blocked']))
  })

  test.each([
    `open C:\\work\\app.exe: The process cannot access the file because it is being used by another process.`,
  ])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('program-blocked')
  })
})
