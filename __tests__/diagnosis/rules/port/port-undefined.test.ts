import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const syscalls = `# example.com/app
./main.go:5:23: undefined: syscall.Kill
./main.go:5:39: undefined: syscall.SIGUSR1`
const own = `# example.com/app
./main.go:5:28: undefined: disk.Free`
const windows = { target: { goos: 'windows', goarch: 'amd64' }, probe: 'build' } as const
const mod = 'module example.com/app\n\ngo 1.21\n'

describe('port-undefined', () => {
  test('says in which file the name is declared and what leaves it out', async () => {
    const facts = checkout({
      mod,
      excludedDeclarations: ({ symbol }) =>
        Promise.resolve([
          { symbol, file: 'disk/free_unix.go', line: 5, reason: 'port', constraint: '//go:build unix' },
        ]),
    })
    expect(await explain(own, { facts, ...windows })).toMatchObject([
      {
        rule: 'port-undefined',
        confidence: 'certain',
        message:
          'disk.Free is declared in disk/free_unix.go (line 5), which is left out on windows/amd64: //go:build unix.',
        locations: [
          { file: 'main.go', line: 5 },
          { file: 'disk/free_unix.go', line: 5 },
        ],
      },
    ])
  })

  test('knows packages whose content differs from system to system, one finding for a file', async () => {
    expect(await explain(syscalls, { facts: checkout({ mod }), ...windows })).toMatchObject([
      {
        rule: 'port-undefined',
        confidence: 'likely',
        message: 'syscall.Kill does not exist on windows/amd64: package syscall has other names on every system.',
      },
    ])
  })

  test('is silent about a name that nothing declares', async () => {
    expect(rulesOf(await explain(own, { facts: checkout({ mod }), ...windows }))).toEqual(['name-undefined'])
  })
})
