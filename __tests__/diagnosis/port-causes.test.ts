import { beforeAll, describe, expect, test } from '@jest/globals'

import type { Finding } from '../../src/domain/finding.ts'
import { makeFolder } from '../helpers/folder.ts'
import { explainPorts, shown } from '../helpers/port-case.ts'

/** A module with one package for each way in which code depends on a port. */
const files = {
  'big/big.go': `package big

const max = 1 << 40

var Limit int = max

func F() int { return 0xFFFFFFFF }
func g(n int) {}
func H() { g(3000000000); var a [1<<33]byte; _ = a }
`,
  'go.mod': `module example.com/m

go 1.22
`,
  'kill/kill.go': `package kill

import "syscall"

func Stop(pid int) error {
	if err := syscall.Kill(pid, syscall.SIGUSR1); err != nil {
		return err
	}
	return syscall.Kill(pid, syscall.SIGTERM)
}

func Attr() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
`,
  'mixed/m.go': `package mixed

import "syscall"

var X int = 1 << 35
func Usr() syscall.Signal { return syscall.SIGUSR2 }
func U() int { return syscall.Umask(0) }
`,
  'plat/plat.go': `package plat

type T struct{}

func Run() string { t := &T{}; t.start(); return name() + sep() + name() }
func (t *T) Close() { t.stop(); lock(); unlock() }

type Locker interface{ Lock() error }
var _ Locker = (*T)(nil)
`,
  'plat/plat_unix.go': `//go:build unix

package plat

func name() string { return "u" }
func (t *T) start() {}
func (t *T) stop() {}
func (t *T) Lock() error { return nil }
func lock() {}
func unlock() {}
`,
  'plat/sep_linux.go': `package plat

func sep() string { return "/" }
`,
  'plat/sep_windows.go': `package plat

func sep() string { return "\\\\" }
func name() string { return "w" }
`,
  'stat/stat.go': `package stat

import "syscall"

func Dev(st *syscall.Stat_t) uint64 { var d uint64 = st.Dev; return d }
func Nlink(st *syscall.Stat_t) uint64 { return st.Nlink }
func Atime(st *syscall.Stat_t) int64 { return st.Atim.Sec }
func In() int { return syscall.Stdin }
func Mix(st *syscall.Stat_t, n uint64) bool { return st.Nlink == n }
`,
  'twice/t.go': `package twice

import "syscall"

func Stop(pid int) error { return syscall.Kill(pid, 9) }
`,
}

/** What go1.26.8 printed with -gcflags=-e and cgo off. */
const outputs = {
  'linux/amd64': `
`,
  'linux/386': `
# example.com/m/big
big/big.go:5:17: cannot use max (untyped int constant 1099511627776) as int value in variable declaration (overflows)
big/big.go:7:23: cannot use 0xFFFFFFFF (untyped int constant 4294967295) as int value in return statement (overflows)
big/big.go:9:14: cannot use 3000000000 (untyped int constant) as int value in argument to g (overflows)
big/big.go:9:34: invalid array length 1 << 33 (untyped int constant 8589934592)
# example.com/m/stat
stat/stat.go:6:48: cannot use st.Nlink (variable of type uint32) as uint64 value in return statement
stat/stat.go:7:47: cannot use st.Atim.Sec (variable of type int32) as int64 value in return statement
stat/stat.go:9:66: invalid operation: st.Nlink == n (mismatched types uint32 and uint64)
# example.com/m/mixed
mixed/m.go:5:13: cannot use 1 << 35 (untyped int constant 34359738368) as int value in variable declaration (overflows)
`,
  'windows/amd64': `
# example.com/m/plat
plat/plat.go:5:34: t.start undefined (type *T has no field or method start)
plat/plat.go:6:25: t.stop undefined (type *T has no field or method stop)
plat/plat.go:6:33: undefined: lock
plat/plat.go:6:41: undefined: unlock
plat/plat.go:9:16: cannot use (*T)(nil) (value of type *T) as Locker value in variable declaration: *T does not implement Locker (missing method Lock)
# example.com/m/mixed
mixed/m.go:6:44: undefined: syscall.SIGUSR2
mixed/m.go:7:31: undefined: syscall.Umask
# example.com/m/kill
kill/kill.go:6:20: undefined: syscall.Kill
kill/kill.go:6:38: undefined: syscall.SIGUSR1
kill/kill.go:9:17: undefined: syscall.Kill
kill/kill.go:12:64: unknown field Setpgid in struct literal of type syscall.SysProcAttr
# example.com/m/stat
stat/stat.go:5:22: undefined: syscall.Stat_t
stat/stat.go:6:24: undefined: syscall.Stat_t
stat/stat.go:7:24: undefined: syscall.Stat_t
stat/stat.go:8:24: cannot use syscall.Stdin (variable of uintptr type syscall.Handle) as int value in return statement
stat/stat.go:9:22: undefined: syscall.Stat_t
# example.com/m/twice
twice/t.go:5:43: undefined: syscall.Kill
`,
  'darwin/arm64': `
# example.com/m/plat
plat/plat.go:5:59: undefined: sep
# example.com/m/stat
stat/stat.go:5:54: cannot use st.Dev (variable of type int32) as uint64 value in variable declaration
stat/stat.go:6:48: cannot use st.Nlink (variable of type uint16) as uint64 value in return statement
stat/stat.go:7:50: st.Atim undefined (type *syscall.Stat_t has no field or method Atim)
stat/stat.go:9:66: invalid operation: st.Nlink == n (mismatched types uint16 and uint64)
`,
  'js/wasm': `
# example.com/m/plat
plat/plat.go:5:34: t.start undefined (type *T has no field or method start)
plat/plat.go:5:50: undefined: name
plat/plat.go:5:59: undefined: sep
plat/plat.go:5:67: undefined: name
plat/plat.go:6:25: t.stop undefined (type *T has no field or method stop)
plat/plat.go:6:33: undefined: lock
plat/plat.go:6:41: undefined: unlock
plat/plat.go:9:16: cannot use (*T)(nil) (value of type *T) as Locker value in variable declaration: *T does not implement Locker (missing method Lock)
# example.com/m/kill
kill/kill.go:6:38: undefined: syscall.SIGUSR1
kill/kill.go:12:64: unknown field Setpgid in struct literal of type syscall.SysProcAttr
# example.com/m/mixed
mixed/m.go:6:44: undefined: syscall.SIGUSR2
# example.com/m/stat
stat/stat.go:5:54: cannot use st.Dev (variable of type int64) as uint64 value in variable declaration
stat/stat.go:6:48: cannot use st.Nlink (variable of type uint32) as uint64 value in return statement
stat/stat.go:7:50: st.Atim undefined (type *syscall.Stat_t has no field or method Atim)
stat/stat.go:9:66: invalid operation: st.Nlink == n (mismatched types uint32 and uint64)
`,
  'freebsd/arm': `
# example.com/m/big
big/big.go:5:17: cannot use max (untyped int constant 1099511627776) as int value in variable declaration (overflows)
big/big.go:7:23: cannot use 0xFFFFFFFF (untyped int constant 4294967295) as int value in return statement (overflows)
big/big.go:9:14: cannot use 3000000000 (untyped int constant) as int value in argument to g (overflows)
big/big.go:9:34: invalid array length 1 << 33 (untyped int constant 8589934592)
# example.com/m/plat
plat/plat.go:5:59: undefined: sep
# example.com/m/mixed
mixed/m.go:5:13: cannot use 1 << 35 (untyped int constant 34359738368) as int value in variable declaration (overflows)
# example.com/m/stat
stat/stat.go:7:50: st.Atim undefined (type *syscall.Stat_t has no field or method Atim)
`,
  'plan9/386': `
# example.com/m/big
big/big.go:5:17: cannot use max (untyped int constant 1099511627776) as int value in variable declaration (overflows)
big/big.go:7:23: cannot use 0xFFFFFFFF (untyped int constant 4294967295) as int value in return statement (overflows)
big/big.go:9:14: cannot use 3000000000 (untyped int constant) as int value in argument to g (overflows)
big/big.go:9:34: invalid array length 1 << 33 (untyped int constant 8589934592)
# example.com/m/plat
plat/plat.go:5:34: t.start undefined (type *T has no field or method start)
plat/plat.go:5:50: undefined: name
plat/plat.go:5:59: undefined: sep
plat/plat.go:5:67: undefined: name
plat/plat.go:6:25: t.stop undefined (type *T has no field or method stop)
plat/plat.go:6:33: undefined: lock
plat/plat.go:6:41: undefined: unlock
plat/plat.go:9:16: cannot use (*T)(nil) (value of type *T) as Locker value in variable declaration: *T does not implement Locker (missing method Lock)
# example.com/m/mixed
mixed/m.go:5:13: cannot use 1 << 35 (untyped int constant 34359738368) as int value in variable declaration (overflows)
mixed/m.go:6:20: undefined: syscall.Signal
mixed/m.go:6:44: undefined: syscall.SIGUSR2
mixed/m.go:7:31: undefined: syscall.Umask
# example.com/m/kill
kill/kill.go:6:20: undefined: syscall.Kill
kill/kill.go:6:38: undefined: syscall.SIGUSR1
kill/kill.go:9:17: undefined: syscall.Kill
kill/kill.go:12:64: unknown field Setpgid in struct literal of type syscall.SysProcAttr
# example.com/m/stat
stat/stat.go:5:22: undefined: syscall.Stat_t
stat/stat.go:6:24: undefined: syscall.Stat_t
stat/stat.go:7:24: undefined: syscall.Stat_t
stat/stat.go:9:22: undefined: syscall.Stat_t
# example.com/m/twice
twice/t.go:5:43: undefined: syscall.Kill
`,
}

let findings: readonly Finding[] = []
beforeAll(async () => {
  findings = await explainPorts(await makeFolder(files), { outputs })
})

const about = (title: string): Finding => {
  const found = findings.find((one) => one.title === title)
  if (found === undefined) throw new Error(`no finding is called ${title}:\n${shown(findings).join('\n')}`)
  return found
}

describe('errors of seven ports', () => {
  test('come to one finding for each cause, with its ports in words', () => {
    expect(shown(findings)).toEqual([
      '1099511627776 and 3 more do not fit into int on 32-bit ports [int-overflow]',
      'st.Nlink and 1 more have other types on js, darwin/arm64 and linux/386 [type-differs-by-port]',
      'st.Atim.Sec has another type on linux/386 [type-differs-by-port]',
      '34359738368 does not fit into int on 32-bit ports [int-overflow]',
      'start, stop and 3 more are not declared for js, plan9/386 and windows/amd64 [port-undefined]',
      'syscall.SIGUSR2, syscall.SIGUSR1 and 1 more do not exist on js, plan9/386 and windows/amd64 [port-undefined]',
      'syscall.Umask, syscall.Kill and 1 more do not exist on plan9/386 and windows/amd64 [port-undefined]',
      'syscall.Stdin has another type on windows/amd64 [type-differs-by-port]',
      'sep is not declared for ports other than linux and windows/amd64 [port-undefined]',
      'st.Dev has another type on js and darwin/arm64 [type-differs-by-port]',
      'syscall.Stat_t.Atim does not exist on js, darwin/arm64 and freebsd/arm [port-undefined]',
      'name is not declared for js and plan9/386 [port-undefined]',
      'syscall.Signal does not exist on plan9/386 [port-undefined]',
    ])
  })

  test('a name of the standard library is one cause in however many packages', () => {
    const kill = about('syscall.Umask, syscall.Kill and 1 more do not exist on plan9/386 and windows/amd64')
    expect(kill.targets).toEqual(['plan9/386', 'windows/amd64'])
    expect([...new Set(kill.locations.map((at) => at.file))]).toEqual([
      'mixed/m.go',
      'kill/kill.go',
      'twice/t.go',
      'stat/stat.go',
    ])
    expect(kill.fix.summary).toContain('`//go:build unix || js || wasip1`')
    expect(kill.package).toBeUndefined()
  })

  test('what one missing file leaves undefined is one cause, the method that an interface wants among it', () => {
    const start = about('start, stop and 3 more are not declared for js, plan9/386 and windows/amd64')
    expect(start.message).toContain('only for unix (plat/plat_unix.go)')
    expect(start.locations.map((at) => `${at.file}:${at.line}`)).toContain('plat/plat.go:9')
  })

  test('a place whose type differs from port to port is one thing to correct', () => {
    expect(about('st.Dev has another type on js and darwin/arm64')).toMatchObject({
      message: expect.stringContaining('st.Dev is int32 or int64 on'),
      fix: { summary: 'Convert explicitly: uint64(st.Dev).' },
    })
  })

  test('every target that failed is in a finding, and none that compiles', () => {
    const named = new Set(findings.flatMap((one) => one.targets))
    expect([...named].sort()).toEqual(
      Object.entries(outputs)
        .flatMap(([name, text]) => (text.trim() === '' ? [] : [name]))
        .sort(),
    )
  })
})

describe('a dependency', () => {
  const app = {
    'go.mod':
      'module example.com/m\n\ngo 1.22\n\nrequire (\n\tgithub.com/boltdb/bolt v1.3.1 // indirect\n\texample.org/store v1.0.0\n)\n',
    'cmd/main.go':
      'package main\n\nimport (\n\t"fmt"\n\n\t"example.org/store"\n)\n\nfunc main() { fmt.Println(store.Open()) }\n',
    'cache/github.com/boltdb/bolt@v1.3.1/bolt_amd64.go': 'package bolt\n\nconst maxMapSize = 0xFFFFFFFFFFFF\n',
    'cache/github.com/boltdb/bolt@v1.3.1/bolt_arm.go': 'package bolt\n\nconst maxMapSize = 0x7FFFFFFF\n',
    'cache/github.com/boltdb/bolt@v1.3.1/db.go': 'package bolt\n',
  }
  const text = `# github.com/boltdb/bolt
$ROOT/cache/github.com/boltdb/bolt@v1.3.1/db.go:101:13: undefined: maxMapSize
$ROOT/cache/github.com/boltdb/bolt@v1.3.1/db.go:118:6: declared and not used: idx
$ROOT/cache/github.com/boltdb/bolt@v1.3.1/db.go:120:13: undefined array length maxMapSize or missing type constraint`
  const all = {
    'linux/amd64': '',
    'linux/arm': '',
    'linux/386': '',
    'darwin/amd64': '',
    'windows/amd64': '',
    'linux/riscv64': text,
    'openbsd/riscv64': text,
    'linux/loong64': text,
  }
  const chain = ['example.com/m/cmd', 'example.org/store', 'github.com/boltdb/bolt']

  test('is told with the chain of imports, the require line and the import in the own code', async () => {
    const root = await makeFolder(app)
    const found = await explainPorts(root, {
      outputs: all,
      chains: { 'github.com/boltdb/bolt': chain },
      env: { GOMODCACHE: `${root}/cache` },
    })
    expect(found).toMatchObject([
      {
        rule: 'port-undefined',
        title: 'github.com/boltdb/bolt has no maxMapSize for riscv64 ports and linux/loong64',
        message:
          'github.com/boltdb/bolt@v1.3.1 has no maxMapSize for riscv64 ports and linux/loong64 (3 targets), only for amd64 and arm (bolt_amd64.go and bolt_arm.go).',
        why: expect.stringMatching(
          /^Imported through example\.com\/m\/cmd -> example\.org\/store -> github\.com\/boltdb\/bolt\. /,
        ),
        fix: { verified: false, summary: expect.stringContaining('go.etcd.io/bbolt goes on from it') },
        locations: [
          { file: 'go.mod', line: 6 },
          { file: 'cmd/main.go', line: 6 },
        ],
        module: 'github.com/boltdb/bolt',
        version: 'v1.3.1',
      },
    ])
  })

  test('what the own code takes from golang.org/x/sys is a matter of systems, not of versions', async () => {
    const root = await makeFolder({
      'go.mod': 'module example.com/m\n\ngo 1.22\n\nrequire golang.org/x/sys v0.30.0\n',
      'm.go': 'package m\n\nimport "golang.org/x/sys/unix"\n\nvar X = unix.Getpgid\n',
      'cache/golang.org/x/sys@v0.30.0/unix/a_linux.go': 'package unix\n\nfunc Getpgid() {}\n',
    })
    const [finding] = await explainPorts(root, {
      outputs: { 'linux/amd64': '', 'windows/amd64': '# example.com/m\n./m.go:5:14: undefined: unix.Getpgid' },
      env: { GOMODCACHE: `${root}/cache` },
    })
    expect(finding).toMatchObject({
      title: 'unix.Getpgid does not exist on windows/amd64',
      fix: { summary: expect.stringContaining('`//go:build linux`') },
    })
    expect(finding?.module).toBeUndefined()
  })

  test('an error that only some ports have is no error of the code as such', async () => {
    const root = await makeFolder(app)
    const [finding] = await explainPorts(root, {
      outputs: {
        'linux/amd64': '',
        'windows/amd64': '# example.com/m/cmd\ncmd/main.go:9:31: not enough arguments in call to store.Open',
      },
    })
    expect(finding).toMatchObject({
      rule: 'compile-error',
      title: 'The code does not compile on windows/amd64',
      message: 'not enough arguments in call to store.Open, on windows/amd64 alone',
    })
  })

  test('what seems unused beside an undefined name follows from it there, and only there', async () => {
    const root = await makeFolder({ ...files, 'kill/kill.go': files['kill/kill.go'] })
    const unused = 'kill/kill.go:5:2: declared and not used: x'
    const both = `# example.com/m/kill\n${unused}\nkill/kill.go:6:20: undefined: syscall.Kill`
    const rulesOn = async (outputs: Record<string, string>): Promise<readonly string[]> =>
      (await explainPorts(root, { outputs })).map((one) => `${one.rule} ${one.targets.join(' ')}`)
    expect(await rulesOn({ 'linux/amd64': '', 'windows/amd64': both })).toEqual(['port-undefined windows/amd64'])
    expect(await rulesOn({ 'linux/amd64': `# example.com/m/kill\n${unused}`, 'windows/amd64': both })).toEqual([
      'compile-error linux/amd64',
      'port-undefined windows/amd64',
    ])
  })

  test('a package that has no file on a port is named with who imports it', async () => {
    const root = await makeFolder({
      ...app,
      'cache/github.com/boltdb/bolt@v1.3.1/sys/x_linux.go': 'package sys\n',
    })
    const load = `package example.com/m/cmd
\timports example.org/store
\timports github.com/boltdb/bolt/sys: build constraints exclude all Go files in $ROOT/cache/github.com/boltdb/bolt@v1.3.1/sys`
    const found = await explainPorts(root, {
      outputs: {
        'linux/amd64': '',
        'linux/386': '',
        'darwin/amd64': '',
        'windows/amd64': load,
        'windows/386': load,
        'plan9/386': load,
      },
      env: { GOMODCACHE: `${root}/cache` },
    })
    expect(found).toMatchObject([
      {
        rule: 'port-files-excluded',
        title: 'github.com/boltdb/bolt/sys has no file for windows and plan9/386',
        message:
          'github.com/boltdb/bolt/sys has no file on windows and plan9/386 (3 targets): x_linux.go (_linux.go); example.org/store imports it.',
        locations: [
          { file: 'go.mod', line: 6 },
          { file: 'cmd/main.go', line: 6 },
        ],
      },
    ])
  })
})

test('a package that is nothing without cgo is one finding for all ports', async () => {
  const root = await makeFolder({
    'go.mod': 'module example.com/m\n\ngo 1.22\n',
    'm.go': 'package m\n\nimport _ "example.com/m/native"\n',
    'native/n.go': 'package native\n\nimport "C"\n',
  })
  const load =
    'package example.com/m\n\timports example.com/m/native: build constraints exclude all Go files in $ROOT/native'
  const found = await explainPorts(root, {
    outputs: { 'linux/amd64': load, 'linux/386': load, 'windows/386': load, 'windows/amd64': load },
  })
  expect(found).toMatchObject([
    {
      rule: 'cgo-files-excluded',
      title: 'Nothing is left of example.com/m/native without cgo',
      message:
        'example.com/m/native has only files that import "C", n.go (import "C"), and cgo is off on all 4 ports, so nothing is left of it; example.com/m imports it.',
      targets: ['linux/386', 'linux/amd64', 'windows/386', 'windows/amd64'],
    },
  ])
})
