import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

// As reported in https://github.com/tinygo-org/tinygo/issues/4722
const printed = `GOOS=wasip1 GOARCH=wasm tinygo build -o main.wasm main.go
# github.com/Masterminds/sprig/v3
../../go/pkg/mod/github.com/!masterminds/sprig/v3@v3.3.0/network.go:9:18: undefined: net.LookupHost`

describe('tinygo-unsupported', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'tinygo-unsupported',
        confidence: 'likely',
        message: expect.stringMatching(
          /^net\.LookupHost is not in TinyGo’s standard library, and github\.com\/Masterminds\/sprig\/v3 uses it/,
        ),
      },
    ])
  })

  test.each([`error: requires go version 1.18 through 1.22, got go1.23`])(
    'knows it in other words: %s',
    async (text) => {
      expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['tinygo-unsupported']))
    },
  )

  test.each([
    `GOOS=wasip1 GOARCH=wasm go build -o main.wasm main.go
# example.com/app
./network.go:9:18: undefined: net.LookupHost`,
  ])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('tinygo-unsupported')
  })
})
