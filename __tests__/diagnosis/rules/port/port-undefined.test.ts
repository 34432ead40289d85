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
  test('says for which systems the name is declared, and where', async () => {
    const facts = checkout({
      mod,
      excludedDeclarations: ({ symbol }) =>
        Promise.resolve([
          {
            symbol,
            file: 'disk/free_unix.go',
            line: 5,
            reason: 'port',
            constraint: '//go:build unix',
            ports: ['android/arm64', 'linux/amd64', 'linux/arm64', 'darwin/arm64', 'ios/arm64'],
          },
        ]),
    })
    expect(await explain(own, { facts, ...windows })).toMatchObject([
      {
        rule: 'port-undefined',
        confidence: 'certain',
        message: 'disk.Free is declared only for darwin and linux (disk/free_unix.go), not for windows/amd64.',
        fix: { summary: expect.stringContaining('//go:build !darwin && !linux') },
        locations: [{ file: 'main.go', line: 5 }],
      },
    ])
  })

  test('names and methods that the same port lacks are one finding, at the first use', async () => {
    const log = `# example.com/app
./main.go:193:39: undefined: Help
./main.go:272:9: m.install undefined (type *app has no field or method install)
./store.go:95:55: undefined: Browsers`
    const facts = checkout({
      mod,
      excludedDeclarations: ({ symbol }) =>
        Promise.resolve(
          ['linux', 'windows'].map((system) => ({
            symbol,
            file: `store_${system}.go`,
            line: 5,
            reason: 'port',
            constraint: `_${system}.go`,
            ports: [`${system}/amd64`],
          })),
        ),
    })
    const freebsd = { target: { goos: 'freebsd', goarch: 'amd64' }, probe: 'build' } as const
    const findings = await explain(log, { facts, ...freebsd })
    expect(findings).toMatchObject([
      {
        rule: 'port-undefined',
        message:
          'Help, install and Browsers are declared only for linux and windows (store_linux.go and store_windows.go), not for freebsd/amd64.',
        locations: [
          { file: 'main.go', line: 193 },
          { file: 'main.go', line: 272 },
          { file: 'store.go', line: 95 },
        ],
        targets: ['freebsd/amd64'],
      },
    ])
  })

  test('a method that no file declares is an error of the code', async () => {
    const log = '# example.com/app\n./main.go:272:9: m.install undefined (type *app has no field or method install)'
    expect(rulesOf(await explain(log, { facts: checkout({ mod }), ...windows }))).toEqual(['compile-error'])
  })

  test('a name of the standard library is no file of the repository', async () => {
    const facts = checkout({
      mod,
      excludedDeclarations: ({ symbol }) =>
        Promise.resolve([
          {
            symbol,
            file: 'syscall/syscall_linux.go',
            line: 5,
            reason: 'port',
            constraint: '_linux.go',
            ports: ['linux/amd64'],
            standard: true,
          },
        ]),
    })
    expect(await explain(syscalls, { facts, ...windows })).toMatchObject([
      {
        rule: 'port-undefined',
        message: 'syscall.Kill and syscall.SIGUSR1 do not exist on windows/amd64, only for linux.',
        locations: [
          { file: 'main.go', line: 5, column: 23 },
          { file: 'main.go', line: 5, column: 39 },
        ],
      },
    ])
  })

  test('knows packages whose content differs from system to system, one finding for a file', async () => {
    expect(await explain(syscalls, { facts: checkout({ mod }), ...windows })).toMatchObject([
      {
        rule: 'port-undefined',
        confidence: 'likely',
        message:
          'syscall.Kill and syscall.SIGUSR1 do not exist on windows/amd64, for package syscall has other names on every system.',
      },
    ])
  })

  test('a log names the port that its command was typed for', async () => {
    const [finding] = await explain(syscalls, { command: 'GOOS=windows GOARCH=arm64 go build ./...' })
    expect(finding?.title).toBe('syscall.Kill and syscall.SIGUSR1 do not exist on windows/arm64')
    const [unknown] = await explain(syscalls)
    expect(unknown?.title).toBe('syscall.Kill and syscall.SIGUSR1 do not exist on this port')
  })

  test('is silent about a name that nothing declares', async () => {
    expect(rulesOf(await explain(own, { facts: checkout({ mod }), ...windows }))).toEqual(['name-undefined'])
  })
})
