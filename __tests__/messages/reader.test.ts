import { describe, expect, test } from '@jest/globals'

import type { Message } from '../../src/domain/message.ts'
import { readMessages } from '../../src/messages/reader.ts'
import { cpuTime } from '../helpers/cpu-time.ts'

function only(text: string): Message {
  const messages = readMessages(text).filter((message) => message.kind !== 'info')
  const [message, ...others] = messages
  if (message === undefined || others.length > 0) throw new Error(`${messages.length} messages`)
  return message
}

describe('the go command', () => {
  test('a checksum mismatch takes the SECURITY ERROR with it', () => {
    const message = only(`go: downloading example.com/a v1.0.0
verifying example.com/a@v1.0.0: checksum mismatch
	downloaded: h1:DR4MPdlaoCUUpU6RzJW3XgZ6eEKY7s1tTLuLlKzWo88=
	go.sum:     h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=

SECURITY ERROR
This download does NOT match an earlier download recorded in go.sum.
The bits may have been replaced on the origin server, or an attacker may
have intercepted the download attempt.

For more information, see 'go help module-auth'.
`)
    expect(message).toMatchObject({
      printer: 'go',
      kind: 'error',
      text: 'verifying example.com/a@v1.0.0: checksum mismatch',
      module: { path: 'example.com/a', version: 'v1.0.0' },
      line: 2,
    })
    expect(message.detail).toHaveLength(7)
    expect(message.detail[0]).toBe('downloaded: h1:DR4MPdlaoCUUpU6RzJW3XgZ6eEKY7s1tTLuLlKzWo88=')
    expect(message.detail[6]).toBe("For more information, see 'go help module-auth'.")
  })

  test('the same, its tabs turned to blanks by whoever pasted it', () => {
    const message = only(`go: a.b/c@v1.6.6: verifying module: checksum mismatch
  downloaded: h1:ujSziE+CfBxr5eIsVJgjGNbDxq1zPfLHxlu5NJmRFSQ=
  sum.golang.org: h1:3YX5hmuUyCMT/OqqnjW92gULAfHg3hVjpcPm53N64RY=`)
    expect(message.detail).toHaveLength(2)
    expect(message.module).toEqual({ path: 'a.b/c', version: 'v1.6.6' })
  })

  test('prefixes of old versions are cut to what newer ones print', () => {
    const old = only('go build example.com/m: no non-test Go files in /src/m')
    const now = only('example.com/m: no non-test Go files in /src/m')
    expect({ ...old }).toEqual({ ...now })
    expect(now.package).toBe('example.com/m')
    expect(only("can't load package: package a.b/c: build constraints exclude all Go files in /x").text).toBe(
      'package a.b/c: build constraints exclude all Go files in /x',
    )
    expect(only('go get a.b/c: module a.b/c: reading http://p/a.b/c/@v/list: 502 Bad Gateway').text).toBe(
      'a.b/c: module a.b/c: reading http://p/a.b/c/@v/list: 502 Bad Gateway',
    )
  })

  test('an import chain ends in its reason', () => {
    const message = only(`package example.com/m
	imports example.com/m/y from main.go
	imports example.com/m/x from y.go: build constraints exclude all Go files in /src/m/x`)
    expect(message).toMatchObject({
      text: 'package example.com/m/x: build constraints exclude all Go files in /src/m/x',
      package: 'example.com/m/x',
      importStack: ['example.com/m', 'example.com/m/y', 'example.com/m/x'],
      detail: ['package example.com/m', 'imports example.com/m/y from main.go', 'imports example.com/m/x from y.go'],
    })
  })

  test('chains of go mod tidy and of requirements', () => {
    const [first, second] = readMessages(`go: finding module for package example.com/a
go: example.com/m imports
	example.com/t tested by
	example.com/t.test imports
	example.com/a: cannot find module providing package example.com/a: module lookup disabled by GOPROXY=off
go: a.b/x@v0.0.42 requires
	a.b/gax@v2.0.3 requires
	a.b/lint@v0.0.0-20190227174305-8f45f776aaf1: missing go.sum entry; to add it:
	go mod download a.b/lint`).filter((message) => message.kind === 'error')
    expect(first).toMatchObject({
      text: 'example.com/a: cannot find module providing package example.com/a: module lookup disabled by GOPROXY=off',
      importStack: ['example.com/m', 'example.com/t', 'example.com/t.test', 'example.com/a'],
    })
    expect(second).toMatchObject({
      text: 'a.b/lint@v0.0.0-20190227174305-8f45f776aaf1: missing go.sum entry; to add it:',
      module: { path: 'a.b/lint', version: 'v0.0.0-20190227174305-8f45f776aaf1' },
    })
    expect(second?.detail.at(-1)).toBe('go mod download a.b/lint')
    expect(second?.importStack).toBeUndefined()
  })

  test('a list of errors in go.mod is one message', () => {
    const message = only(`go: errors parsing go.mod:
go.mod:4: unknown directive: <<<<<<<
/home/x/go.mod:6:2: unknown directive: =======
`)
    expect(message.detail).toEqual([
      'go.mod:4: unknown directive: <<<<<<<',
      '/home/x/go.mod:6:2: unknown directive: =======',
    ])
  })

  test('inconsistent vendoring goes on after its blank line', () => {
    expect(
      only(`go: inconsistent vendoring in /src/m:
	example.com/a@v1.1.0: is explicitly required in go.mod, but not marked as explicit in vendor/modules.txt

	To ignore the vendor directory, use -mod=readonly or -mod=mod.
	To sync the vendor directory, run:
		go mod vendor`).detail,
    ).toEqual([
      'example.com/a@v1.1.0: is explicitly required in go.mod, but not marked as explicit in vendor/modules.txt',
      'To ignore the vendor directory, use -mod=readonly or -mod=mod.',
      'To sync the vendor directory, run:',
      '        go mod vendor',
    ])
  })

  test('a message without a module gets the one that was downloaded last', () => {
    const message = only(
      'go: downloading a.b/first v1.0.0\ngo: downloading a.b/second v1.2.0\ngo: zip: not a valid zip file',
    )
    expect(message.module).toEqual({ path: 'a.b/second', version: 'v1.2.0' })
  })

  test('a server’s answer and git’s words stay with their message', () => {
    const messages = readMessages(`go: a.b/x@v1.0.0: reading http://p/a.b/x/@v/v1.0.0.info: 403 Forbidden
	server response: forbidden by policy
go: a.b/y@v1.0.0: invalid version: git ls-remote -q origin in /c/vcs/7073: exit status 128:
	remote: not found
	fatal: could not read Username for 'https://a.b': terminal prompts disabled
Confirm the import path was entered correctly.
If this is a private repository, see https://go.dev/doc/faq#git_https for additional information.`)
    expect(messages.map((message) => [message.printer, message.detail.length])).toEqual([
      ['go', 1],
      ['go', 4],
    ])
  })

  test('news is no complaint, a warning is a warning', () => {
    const kinds = readMessages(`go: downloading a.b/c v1.0.0
go: added a.b/c v1.0.0
go: example.com/a@v1.0.0 requires go >= 1.99; switching to go1.99.0
go: warning: "./..." matched no packages
go: module a.b/c is deprecated: use d
all modules verified`).map((message) => message.kind)
    expect(kinds).toEqual(['info', 'info', 'info', 'warning', 'warning', 'info'])
  })

  test('errors inside the JSON of go mod download', () => {
    const message = only(
      '{\n\t"Path": "a.b/c",\n\t"Version": "v1.0.0",\n\t"Error": "a.b/c@v1.0.0: invalid version: unknown revision v1.0.0"\n}',
    )
    expect(message).toMatchObject({
      printer: 'go',
      text: 'a.b/c@v1.0.0: invalid version: unknown revision v1.0.0',
      line: 4,
    })
  })
})

describe('the tools', () => {
  test('compile errors have their package, position and owner', () => {
    const messages = readMessages(`# github.com/Masterminds/sprig/v3
../../go/pkg/mod/github.com/!masterminds/sprig/v3@v3.3.0/network.go:9:18: undefined: net.LookupHost
# example.com/m [example.com/m.test]
./b.go:3:6: main redeclared in this block
	./a.go:3:6: other declaration of main
.\\win\\c.go:7: too many errors
C:\\go\\pkg\\mod\\a.b\\c@v1.0.0\\d.go:1:2: x
note: module requires Go 1.99`)
    expect(messages).toMatchObject([
      {
        printer: 'compile',
        package: 'github.com/Masterminds/sprig/v3',
        text: 'undefined: net.LookupHost',
        position: { line: 9, column: 18 },
        module: { path: 'github.com/Masterminds/sprig/v3', version: 'v3.3.0' },
      },
      { package: 'example.com/m', detail: ['./a.go:3:6: other declaration of main'] },
      { position: { file: './win/c.go', line: 7 }, text: 'too many errors' },
      { position: { file: 'C:/go/pkg/mod/a.b/c@v1.0.0/d.go' }, module: { path: 'a.b/c', version: 'v1.0.0' } },
      { kind: 'info', text: 'note: module requires Go 1.99' },
    ])
  })

  test('a module is found under any GOMODCACHE', () => {
    expect(only('/cache/gopkg.in/yaml.v3@v3.0.1/a.go:1:2: x').module).toEqual({
      path: 'gopkg.in/yaml.v3',
      version: 'v3.0.1',
    })
  })

  test('loader errors at a position are the go command’s', () => {
    expect(only('main.go:3:8: no required module provides package a.b/c; to add it:\n\tgo get a.b/c')).toMatchObject({
      printer: 'go',
      detail: ['go get a.b/c'],
    })
    expect(only('main.go:4:2: common@v0.0.0: replacement directory ../common does not exist').printer).toBe('go')
  })

  test('vet, with and without its headers', () => {
    const messages = readMessages(`# example.com/m
# [example.com/m]
vet: ./main.go:5:25: undefined: c.F
./main.go:6:5: fmt.Printf format %d has arg "x" of wrong type string`)
    expect(messages).toMatchObject([
      { printer: 'vet', text: 'undefined: c.F', package: 'example.com/m', position: { line: 5 } },
      { printer: 'vet', package: 'example.com/m' },
    ])
  })

  test('C compiler, assembler and linker', () => {
    const messages = readMessages(`# example.com/m
x.c: In function 'f2':
x.c:1:23: error: 'x' undeclared (first use in this function)
    1 | int f2(void) { return x; }
      |                       ^
x.c:1:23: note: each undeclared identifier is reported only once
gcc_arm64.S: Assembler messages:
gcc_arm64.S:28: Error: no such instruction: \`stp x29,x30,[sp,'
gcc: error: unrecognized command-line option '-marm'
/usr/local/go/pkg/tool/linux_amd64/link: running gcc failed: exit status 1
/usr/bin/gcc -m64 -o $WORK/b001/exe/a.out -rdynamic
/usr/bin/ld: /tmp/go-link-1/000001.o: in function \`_cgo_nope':
main.cgo2.c:52: undefined reference to \`nope'
/usr/bin/ld: cannot find -lnopexyz: No such file or directory
x.o: warning: Using 'getgrgid_r' in statically linked applications requires glibc
collect2: error: ld returned 1 exit status
main.main: relocation target main.g not defined
link: main: invalid reference to runtime.gcController
loadinternal: cannot find runtime/cgo
./g_amd64.s:2: unrecognized instruction "FOOBAR"
asm: assembly of ./g_amd64.s failed
cgo: C compiler "clang" not found: exec: "clang": executable file not found in $PATH
./main.go:5:15: could not determine what C.nope refers to`)
    expect(messages.map((message) => `${message.printer} ${message.kind} ${message.detail.length}`)).toEqual([
      'cc error 4',
      'cc error 1',
      'cc error 0',
      'link error 1',
      'ld error 1',
      'ld error 0',
      'ld warning 0',
      'ld error 0',
      'link error 0',
      'link error 0',
      'link error 0',
      'asm error 0',
      'asm error 0',
      'cgo error 0',
      'cgo error 0',
    ])
    expect(messages.every((message) => message.package === 'example.com/m')).toBe(true)
  })

  test('pkg-config speaks in several lines', () => {
    const message = only(`# example.com/m
# [pkg-config --cflags  -- nopexyz]
Package nopexyz was not found in the pkg-config search path.
Perhaps you should add the directory containing \`nopexyz.pc'
to the PKG_CONFIG_PATH environment variable
Package 'nopexyz', required by 'virtual:world', not found`)
    expect(message).toMatchObject({ printer: 'pkg-config', package: 'example.com/m' })
    expect(message.detail).toHaveLength(3)
  })

  test('a wrong flag names its tool', () => {
    expect(
      only(
        '# example.com/m\nflag provided but not defined: -foo\nusage: link [options] main.o\n  -B note\n    \tadd a note',
      ).printer,
    ).toBe('link')
  })

  test('events of go build -json', () => {
    const message = only(`{"ImportPath":"example.com/m","Action":"build-output","Output":"# example.com/m\\n"}
{"ImportPath":"example.com/m","Action":"build-output","Output":"./main.go:5:25: undefined: c.F\\n"}
{"ImportPath":"example.com/m","Action":"build-fail"}`)
    expect(message).toMatchObject({ printer: 'compile', package: 'example.com/m', position: { line: 5 }, line: 2 })
  })
})

describe('around Go', () => {
  test.each([
    ['bash: ./x: cannot execute binary file: Exec format error', 'system'],
    ['fork/exec /tmp/go-build1/b001/exe/m: exec format error', 'system'],
    ["/x: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.32' not found (required by /x)", 'system'],
    ['dyld[123]: missing LC_UUID load command in x.test', 'system'],
    ["fatal: could not read Username for 'https://a.b': terminal prompts disabled", 'git'],
    ['git@a.b: Permission denied (publickey).', 'git'],
    ['make: *** [Makefile:3: build] Error 1', 'wrapper'],
    ['ERROR: process "/bin/sh -c go build" did not complete successfully: exit code: 1', 'wrapper'],
    ['error while parsing go.mod: go.mod:228: unknown block type: tool', 'wrapper'],
    ['FAIL\texample.com/m [build failed]', 'test'],
    ['exit status 1', 'go'],
    ['This program can only be run on AMD64 processors with v3 microarchitecture support.', 'runtime'],
  ])('%s', (text, printer) => {
    expect(only(text).printer).toBe(printer)
  })

  test('a crash with its stack is one message', () => {
    const messages = readMessages(`panic: unaligned 64-bit atomic operation

goroutine 1 [running]:
runtime/internal/atomic.panicUnaligned()
	/go/src/runtime/internal/atomic/unaligned.go:8 +0x2d
main.main()
	/m/main.go:7 +0x42

goroutine 2 [select]:
main.(*T[...]).run(0x1)
	/m/main.go:9 +0x42
exit status 2`)
    expect(messages).toMatchObject([
      { printer: 'runtime', text: 'panic: unaligned 64-bit atomic operation' },
      { printer: 'go' },
    ])
    expect(messages[0]?.detail).toHaveLength(8)
  })

  test('what a test prints is its own affair', () => {
    const messages = readMessages(`=== RUN   TestA
    main_test.go:5: error: all is well
--- PASS: TestA (0.00s)
=== RUN   TestB
x.go:1:2: undefined: y
go.mod:3: unknown directive
--- FAIL: TestB (0.00s)
    main_test.go:9: no
FAIL
FAIL	example.com/m	0.008s`)
    expect(messages.filter((message) => message.kind === 'error').map((message) => message.text)).toEqual([
      '--- FAIL: TestB (0.00s)',
      'FAIL',
      'FAIL\texample.com/m\t0.008s',
    ])
  })

  test('a log of a build that went well has no error', () => {
    const log = `2026-11-24T16:00:00.1Z ##[group]Run go build -v -x ./...
2026-11-24T16:00:00.2Z WORK=/tmp/go-build1
2026-11-24T16:00:00.2Z mkdir -p $WORK/b001/
2026-11-24T16:00:00.2Z cat >$WORK/b001/importcfg << 'EOF' # internal
2026-11-24T16:00:00.2Z # import config
2026-11-24T16:00:00.2Z packagefile errors=/c/errors.a
2026-11-24T16:00:00.2Z EOF
2026-11-24T16:00:00.3Z go: downloading a.b/errors v1.0.0
2026-11-24T16:00:00.3Z # a.b/sqlite
2026-11-24T16:00:00.3Z sqlite3.c: In function 'f':
2026-11-24T16:00:00.3Z sqlite3.c:12:5: warning: function may return address of local variable [-Wreturn-local-addr]
2026-11-24T16:00:00.3Z    12 |   return p;
2026-11-24T16:00:00.3Z       |          ^
2026-11-24T16:00:00.4Z a.b/errors
2026-11-24T16:00:00.5Z ok  	example.com/m	0.01s
2026-11-24T16:00:00.5Z ?   	example.com/m/error	[no test files]
2026-11-24T16:00:00.5Z time="2026" level=info msg="no error here"`
    expect(readMessages(log).filter((message) => message.kind === 'error')).toEqual([])
  })

  test.each([
    ['$ GOOS=js go build ./...', 'GOOS=js go build ./...'],
    ['[root@host crfs]# go build -mod=readonly', 'go build -mod=readonly'],
    ['user@host:~/git/x$ go vet', 'go vet'],
    ['E:\\src\\cc>go build', 'go build'],
    ['Step 5/15 : RUN CGO_ENABLED=0 go build -o app .', 'CGO_ENABLED=0 go build -o app .'],
    ['#14 [builder  7/11] RUN go mod download', 'go mod download'],
    ['+ go test -race ./...', 'go test -race ./...'],
    ['GOOS=darwin GOARCH=386 go build -v -o bin/x', 'GOOS=darwin GOARCH=386 go build -v -o bin/x'],
  ])('%s echoes a command', (text, command) => {
    expect(readMessages(text)).toMatchObject([{ kind: 'info', command }])
  })

  test('wrappers that quote go are opened', () => {
    const messages = readMessages(
      'level=error msg="Running error: failed to load: err: exit status 1: stderr: go: downloading go1.22 (linux/amd64)\\ngo: download go1.22 for linux/amd64: toolchain not available\\n"',
    )
    expect(messages.at(-1)).toMatchObject({
      printer: 'go',
      text: 'download go1.22 for linux/amd64: toolchain not available',
    })
  })
})

describe('hostile input', () => {
  const mega = 1_000_000
  test.each([
    ['a'.repeat(mega)],
    [' '.repeat(mega)],
    [':'.repeat(mega)],
    ['a/'.repeat(mega / 2)],
    ['A="" '.repeat(mega / 5)],
    ['A=b A="c" '.repeat(mega / 10)],
    ['//a/@v/v1.'.repeat(mega / 10)],
    ['a.go:1:1: '.repeat(mega / 10)],
    ['(replaced by '.repeat(mega / 13)],
    ['imports a from b '.repeat(mega / 17)],
    ['level=error msg="' + '\\n'.repeat(mega / 2)],
    ['\u001b['.repeat(mega / 2)],
    ['((('.repeat(mega / 3)],
    ['a.b'.repeat(mega / 3) + ' v1'],
  ])('%.12s… costs no more than its length', async (line) => {
    let messages: ReturnType<typeof readMessages> = []
    const spent = await cpuTime(() => {
      messages = readMessages(`${line}\n\t${line}\n# x\n${line}`)
    })
    expect(spent).toBeLessThan(8000)
    for (const message of messages) expect(message.text.length).toBeLessThanOrEqual(4000)
  })

  test('a message takes no more than 50 lines with it', () => {
    expect(readMessages(`go: a.b/c@v1.0.0: x\n${'\ty\n'.repeat(5000)}`)[0]?.detail).toHaveLength(50)
  })
})
