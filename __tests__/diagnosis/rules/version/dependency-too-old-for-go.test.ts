import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# golang.org/x/tools/internal/tokeninternal
../../go/pkg/mod/golang.org/x/tools@v0.22.0/internal/tokeninternal/tokeninternal.go:64:9: invalid array length -delta * delta (constant -256 of type int64)`

describe('dependency-too-old-for-go', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'dependency-too-old-for-go',
        confidence: 'certain',
        message: expect.stringMatching(/^golang\.org\/x\/tools v0\.22\.0 does not work with Go 1\.25/),
      },
    ])
  })

  test.each([
    `# golang.org/x/sys/unix
../../go/pkg/mod/golang.org/x/sys@v0.0.0-20200930185726-fdedc70b468f/unix/syscall_darwin.1_13.go:25:3: //go:linkname must refer to declared function or variable`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['dependency-too-old-for-go']))
  })

  test.each([
    `# example.com/app
./main.go:7:6: main redeclared in this block
	./other.go:3:6: other declaration of main`,
  ])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('dependency-too-old-for-go')
  })
})
