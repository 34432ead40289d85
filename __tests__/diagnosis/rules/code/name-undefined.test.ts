import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# example.com/app
./main.go:4:2: undefined: first
./main.go:5:2: undefined: second
./main.go:5:2: too many errors`
const mod = 'module example.com/app\n\ngo 1.21\n'

describe('name-undefined', () => {
  test('is certain where a checkout shows that no file declares the name', async () => {
    const findings = await explain(printed, { facts: checkout({ mod, env: { GOVERSION: 'go1.26.8' } }) })
    expect(findings).toMatchObject([
      {
        rule: 'name-undefined',
        confidence: 'certain',
        message: 'first is used and not declared.',
        locations: [{ line: 4 }],
      },
      { rule: 'name-undefined', message: 'second is used and not declared.', locations: [{ line: 5 }] },
    ])
  })

  test('folds a pasted log and names what remains, with cgo first where it is off', async () => {
    const [finding, ...more] = await explain(`$ CGO_ENABLED=0 go build .\n${printed}`)
    expect(more).toEqual([])
    expect(finding).toMatchObject({ rule: 'name-undefined', confidence: 'guess' })
    expect(finding?.message).toContain('Likeliest first: its file imports "C" and cgo is off')
  })

  test('is silent about what a file that is left out declares', async () => {
    const facts = checkout({
      mod,
      excludedDeclarations: ({ symbol }) =>
        Promise.resolve([{ symbol, file: 'x_windows.go', line: 1, reason: 'port', constraint: '_windows.go' }]),
    })
    expect(rulesOf(await explain(printed, { facts }))).toEqual(['port-undefined'])
  })

  test('is silent about what a newer Go declares', async () => {
    const newer = '# example.com/app\n./main.go:6:28: undefined: strings.Lines'
    expect(rulesOf(await explain(newer, { facts: checkout({ mod, env: { GOVERSION: 'go1.21.13' } }) }))).toEqual([
      'std-api-missing',
    ])
    expect(rulesOf(await explain(newer, { facts: checkout({ mod, env: { GOVERSION: 'go1.26.8' } }) }))).toEqual([
      'name-undefined',
    ])
  })
})
