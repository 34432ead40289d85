import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# example.com/app
./main.go:5:30: undefined: native.Add
./main.go:6:30: undefined: native.Sub`
const declared = (reason: 'cgo' | 'port') =>
  checkout({
    mod: 'module example.com/app\n\ngo 1.21\n',
    excludedDeclarations: ({ symbol }) =>
      Promise.resolve([
        { symbol, file: 'native/add.go', line: symbol.endsWith('Add') ? 6 : 9, reason, constraint: 'import "C"' },
      ]),
  })

describe('cgo-undefined', () => {
  test('names the file and folds all that it declares to one finding', async () => {
    expect(
      await explain(printed, {
        facts: declared('cgo'),
        target: { goos: 'linux', goarch: 'amd64', cgo: false },
        probe: 'build',
      }),
    ).toMatchObject([
      {
        rule: 'cgo-undefined',
        severity: 'error',
        confidence: 'certain',
        message:
          'native.Add and native.Sub are declared in native/add.go, which imports "C" and is left out because cgo is off.',
        locations: [
          { file: 'main.go', line: 5, column: 30 },
          { file: 'main.go', line: 6, column: 30 },
        ],
      },
    ])
  })

  test('is silent when another reason leaves the file out, and when nothing is known', async () => {
    expect(rulesOf(await explain(printed, { facts: declared('port') }))).toEqual(['port-undefined'])
    expect(rulesOf(await explain(printed))).toEqual(['name-undefined'])
  })

  // As reported in https://github.com/m-lab/etl/issues/799
  test('knows packages that need cgo from a log alone', async () => {
    const log = '# github.com/valyala/gozstd\n../../valyala/gozstd/stream.go:31:59: undefined: CDict'
    expect(await explain(log)).toMatchObject([
      { rule: 'cgo-undefined', confidence: 'likely', module: 'github.com/valyala/gozstd' },
    ])
    expect(rulesOf(await explain(log.replaceAll('valyala/gozstd', 'acme/other')))).toEqual(['name-undefined'])
  })
})
