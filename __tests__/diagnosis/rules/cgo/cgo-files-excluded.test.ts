import { describe, expect, test } from '@jest/globals'
import { checkout, explain } from '../../../helpers/rule-case.ts'

const printed = `package example.com/app
	imports example.com/app/native: build constraints exclude all Go files in /src/app/native`
const mod = 'module example.com/app\n\ngo 1.21\n'
const off = { target: { goos: 'linux', goarch: 'amd64', cgo: false }, probe: 'build' } as const

describe('cgo-files-excluded', () => {
  test('names the file that needs cgo, and who imports its package', async () => {
    const facts = checkout({
      mod,
      excludedFiles: () => Promise.resolve([{ file: 'native/add.go', reason: 'cgo', constraint: 'import "C"' }]),
    })
    expect(await explain(printed, { facts, ...off })).toMatchObject([
      {
        rule: 'cgo-files-excluded',
        confidence: 'certain',
        message:
          'example.com/app/native has only files that import "C", add.go (import "C"), and cgo is off on linux/amd64, so nothing is left of it; example.com/app imports it.',
        package: 'example.com/app/native',
      },
    ])
  })

  test('is likely when cgo is off and nothing else is known', async () => {
    expect(await explain(`$ CGO_ENABLED=0 go build .\n${printed}`)).toMatchObject([
      { rule: 'cgo-files-excluded', confidence: 'likely' },
    ])
  })

  test('guesses from the message alone, and names what else it may be', async () => {
    const [finding] = await explain(printed)
    expect(finding).toMatchObject({ rule: 'cgo-files-excluded', confidence: 'guess' })
    expect(finding?.message).toMatch(
      /Likeliest first: .*cgo is off; they are for another system; they ask for a build tag/,
    )
  })

  test('is silent when the files are for another system', async () => {
    const facts = checkout({
      mod,
      excludedFiles: () =>
        Promise.resolve([{ file: 'native/add_unix.go', reason: 'port', constraint: '//go:build unix' }]),
    })
    expect(await explain(printed, { facts, ...off })).toMatchObject([{ rule: 'port-files-excluded' }])
  })
})
