import { buildFor, containing, type ContextCase } from '../../helpers/context-case.ts'

/** Rules that look around: the target, the command and the other lines of its output change the answer. */
export const surroundings: readonly ContextCase[] = [
  {
    rule: 'assembly-missing',
    known: buildFor('linux', 'arm64', false),
    changes: { confidence: 'certain', title: 'A function has no body on linux/arm64' },
  },
  {
    rule: 'c-compiler-missing',
    known: buildFor('windows', 'arm64', true),
    changes: { message: containing('the build is for windows/arm64') },
  },
  {
    rule: 'c-compiler-wrong',
    known: buildFor('linux', 'amd64', true),
    changes: { message: containing('than the build (linux/amd64)') },
  },
  {
    rule: 'exec-format',
    known: buildFor('linux', 'arm64', false),
    changes: { message: containing('built app for linux/arm64') },
  },
  {
    rule: 'int-overflow',
    output:
      '# example.com/app\n./main.go:3:13: cannot use 1 << 40 (untyped int constant 1099511627776) as int value in variable declaration (overflows)',
    known: buildFor('linux', '386', false),
    changes: { message: containing('linux/386') },
  },
  {
    rule: 'matched-no-packages',
    known: buildFor('windows', 'amd64', false),
    changes: { message: containing('on windows/amd64') },
  },
  {
    rule: 'port-files-excluded',
    known: buildFor('darwin', 'arm64', true),
    changes: { title: 'syscall/js does not exist on darwin/arm64' },
  },
  {
    rule: 'port-undefined',
    known: buildFor('windows', 'amd64', false),
    changes: { title: 'syscall.Kill and syscall.SIGUSR1 do not exist on windows/amd64' },
  },
  {
    rule: 'race-needs-cgo',
    known: buildFor('linux', 'amd64', false),
    changes: { message: '-race needs cgo, and cgo is off on linux/amd64.' },
  },
  {
    rule: 'type-differs-by-port',
    known: buildFor('darwin', 'arm64', true),
    changes: { confidence: 'likely', title: 's.Dev has another type on darwin/arm64' },
  },
  {
    rule: 'tinygo-unsupported',
    output: '# example.com/lib\n./network.go:9:18: undefined: net.LookupHost',
    after: 'GOOS=wasip1 GOARCH=wasm tinygo build -o main.wasm main.go',
    changes: { rule: 'tinygo-unsupported' },
  },
  {
    rule: 'static-glibc-crash',
    after: "$ go build -ldflags '-extldflags -static' .",
    changes: { rule: 'static-glibc-crash' },
  },
  {
    rule: 'external-link-needs-cgo',
    output: 'default PIE binary requires external (cgo) linking, but cgo is not enabled',
    known: buildFor('android', 'amd64', false),
    changes: { message: containing('on android/amd64') },
  },
  {
    rule: 'loader-missing',
    output: 'sh: 1: ./app: not found',
    after: 'ELF 64-bit LSB executable, x86-64, dynamically linked, interpreter /lib64/ld-linux-x86-64.so.2',
    changes: { confidence: 'likely' },
  },
  {
    rule: 'vet-finding',
    output: './a.go:8:2: the value is odd here',
    known: { probe: 'vet', exitCode: 1, command: 'go vet ./...' },
    changes: { message: 'go vet: the value is odd here' },
  },
]
