// Records what real go commands print when they fail, for __tests__/fixtures/failures.jsonl: each case with every Go given.
//   node scripts/record-failures.mjs [--go /path/to/go,/path/to/another/go] [--only ID] [--print]
// Everything runs offline in a scratch folder; its path stands as /src/app in what is recorded. Known failures of modules on
// the network, of other systems and of C compilers are in the tests of their rules, with their source.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
const output = path.join(root, '__tests__/fixtures/failures.jsonl')

const main = 'package main\n\nfunc main() {}\n'
const mod = (lines = '') => `module example.com/app\n\ngo 1.22\n${lines}`
const importing = (imported) => `package main\n\nimport _ "${imported}"\n\nfunc main() {}\n`

/**
 * Files of a module, a command in it and the rule that names its cause.
 * @type {readonly { id: string, files: Record<string, string>, run: string, rule: string, env?: Record<string, string>, links?: Record<string, string> }[]}
 */
const cases = [
  {
    id: 'unused-import',
    files: { 'go.mod': mod(), 'main.go': importing('os').replace('_ ', '') },
    run: 'go build ./...',
    rule: 'compile-error',
  },
  {
    id: 'undefined-name',
    files: { 'go.mod': mod(), 'main.go': 'package main\n\nfunc main() { helper() }\n' },
    run: 'go build ./...',
    rule: 'name-undefined',
  },
  {
    id: 'excluded-by-port',
    files: { 'go.mod': mod(), 'main.go': importing('example.com/app/sub'), 'sub/x_windows.go': 'package sub\n' },
    run: 'go build ./...',
    // The log alone does not tell: the rule that guesses names all that remain.
    rule: 'cgo-files-excluded',
  },
  {
    id: 'syscall-name',
    files: {
      'go.mod': mod(),
      'main.go': 'package main\n\nimport "syscall"\n\nfunc main() { syscall.Kill(1, syscall.SIGUSR1) }\n',
    },
    run: 'go build ./...',
    env: { GOOS: 'windows' },
    rule: 'port-undefined',
  },
  {
    id: 'int-overflow',
    files: { 'go.mod': mod(), 'main.go': 'package main\n\nvar big = 1 << 40\n\nfunc main() { println(big) }\n' },
    run: 'go build ./...',
    env: { GOARCH: '386' },
    rule: 'int-overflow',
  },
  {
    id: 'merge-marks',
    files: { 'go.mod': mod(), 'main.go': `${main}\n<<<<<<< HEAD\nfunc a() {}\n=======\nfunc b() {}\n>>>>>>> x\n` },
    run: 'go build ./...',
    rule: 'merge-conflict',
  },
  {
    id: 'merge-marks-go-mod',
    files: {
      'go.mod': mod('\n<<<<<<< HEAD\nrequire example.com/a v1.0.0\n=======\nrequire example.com/a v1.1.0\n>>>>>>> x\n'),
      'main.go': main,
    },
    run: 'go build ./...',
    rule: 'module-file-conflict',
  },
  {
    id: 'missing-requirement',
    files: { 'go.mod': mod(), 'main.go': importing('example.com/lib') },
    run: 'go build ./...',
    rule: 'no-required-module',
  },
  {
    id: 'missing-sums',
    files: {
      'go.mod': mod('\nrequire (\n\texample.com/a v1.0.0\n\texample.com/b v1.0.0\n)\n'),
      'main.go': importing('example.com/a'),
    },
    run: 'go build ./...',
    rule: 'sum-missing',
  },
  {
    id: 'std-typo',
    files: { 'go.mod': mod(), 'main.go': importing('net/htpp') },
    run: 'go vet ./...',
    rule: 'std-package-missing',
  },
  {
    id: 'import-cycle',
    files: {
      'go.mod': mod(),
      'a/a.go': 'package a\n\nimport _ "example.com/app/b"\n',
      'b/b.go': 'package b\n\nimport _ "example.com/app/a"\n',
    },
    run: 'go build ./...',
    rule: 'import-cycle',
  },
  {
    id: 'internal',
    files: {
      'go.mod': mod('\nrequire example.com/o v1.0.0\n\nreplace example.com/o => ./o\n'),
      'o/go.mod': 'module example.com/o\n\ngo 1.22\n',
      'o/internal/x/x.go': 'package x\n',
      'main.go': importing('example.com/o/internal/x'),
    },
    run: 'go build ./...',
    rule: 'internal-package',
  },
  {
    id: 'program-imported',
    files: { 'go.mod': mod(), 'cmd/main.go': main, 'lib/l.go': 'package lib\n\nimport _ "example.com/app/cmd"\n' },
    run: 'go build ./...',
    rule: 'import-of-program',
  },
  {
    id: 'replace-gone',
    files: {
      'go.mod': mod('\nrequire example.com/o v1.0.0\n\nreplace example.com/o => ../gone\n'),
      'main.go': importing('example.com/o'),
    },
    run: 'go build ./...',
    rule: 'replace-directory-missing',
  },
  {
    id: 'embed-gone',
    files: {
      'go.mod': mod(),
      'main.go': 'package main\n\nimport _ "embed"\n\n//go:embed ui/*\nvar ui string\n\nfunc main() { println(ui) }\n',
    },
    run: 'go build ./...',
    rule: 'embed-pattern',
  },
  {
    id: 'two-packages',
    files: { 'go.mod': mod(), 'a.go': 'package a\n', 'b.go': 'package b\n' },
    run: 'go build .',
    rule: 'two-packages-in-directory',
  },
  { id: 'no-go-files', files: { 'go.mod': mod(), 'cmd/main.go': main }, run: 'go build .', rule: 'no-go-files' },
  { id: 'no-go-mod', files: { 'main.go': main }, run: 'go build .', rule: 'no-go-mod' },
  {
    id: 'newer-go',
    files: { 'go.mod': 'module example.com/app\n\ngo 1.99\n', 'main.go': main },
    run: 'go build ./...',
    rule: 'go-too-old',
  },
  {
    id: 'directive',
    files: { 'go.mod': mod('\nrequires example.com/a v1.0.0\n'), 'main.go': main },
    run: 'go build ./...',
    rule: 'directive-unknown',
  },
  {
    id: 'major',
    files: { 'go.mod': mod('\nrequire example.com/lib v2.0.0\n'), 'main.go': main },
    run: 'go build ./...',
    rule: 'major-suffix-missing',
  },
  {
    id: 'module-path',
    files: { 'go.mod': 'module https://github.com/acme/app\n\ngo 1.22\n', 'main.go': main },
    run: 'go build ./...',
    rule: 'module-path-malformed',
  },
  {
    id: 'pair',
    files: { 'go.mod': mod(), 'main.go': main },
    run: 'go build ./...',
    env: { GOOS: 'linux', GOARCH: 'x86_64' },
    rule: 'port-unsupported',
  },
  { id: 'flag-after', files: { 'go.mod': mod(), 'main.go': main }, run: 'go build . -o app', rule: 'flag-invalid' },
  {
    id: 'flag-unknown',
    files: { 'go.mod': mod(), 'main.go': main },
    run: 'go build -verbose ./...',
    rule: 'flag-invalid',
  },
  {
    id: 'race-without-cgo',
    files: { 'go.mod': mod(), 'main.go': main },
    run: 'go build -race ./...',
    rule: 'race-needs-cgo',
  },
  {
    id: 'cover-folder',
    files: { 'go.mod': mod(), 'a_test.go': 'package app\n\nimport "testing"\n\nfunc TestA(t *testing.T) {}\n' },
    run: 'go test -coverprofile=out/coverage.out ./...',
    rule: 'output-folder-missing',
  },
  {
    id: 'test-fails',
    files: {
      'go.mod': mod(),
      'a_test.go': 'package app\n\nimport "testing"\n\nfunc TestA(t *testing.T) { t.Error("error: want 1") }\n',
    },
    run: 'go test ./...',
    rule: 'test-failed',
  },
  {
    id: 'panic',
    files: { 'go.mod': mod(), 'main.go': 'package main\n\nfunc main() {\n\tvar m map[string]int\n\tm["a"] = 1\n}\n' },
    run: 'go run .',
    rule: 'program-crash',
  },
  {
    id: 'vet',
    files: { 'go.mod': mod(), 'main.go': 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Printf("%d", "x") }\n' },
    run: 'go vet ./...',
    rule: 'vet-finding',
  },
  {
    id: 'workspace-old',
    files: { 'go.work': 'go 1.18\n\nuse ./a\n', 'a/go.mod': mod(), 'a/main.go': main },
    run: 'go build ./a',
    rule: 'workspace-go-too-low',
  },
  {
    id: 'workspace-gone',
    files: { 'go.work': 'go 1.22\n\nuse (\n\t./a\n\t./gone\n)\n', 'a/go.mod': mod(), 'a/main.go': main },
    run: 'go build ./a',
    rule: 'workspace-module-missing',
  },
  {
    id: 'vendor-old',
    files: {
      'go.mod': mod('\nrequire example.com/lib v1.1.0\n'),
      'main.go': importing('example.com/lib'),
      'vendor/modules.txt': '# example.com/lib v1.0.0\n## explicit; go 1.20\nexample.com/lib\n',
      'vendor/example.com/lib/l.go': 'package lib\n',
    },
    run: 'go build ./...',
    rule: 'vendor-inconsistent',
  },
  {
    id: 'link-loop',
    files: { 'go.mod': mod(), 'main.go': main },
    links: { 'x.go': 'x.go' },
    run: 'go build ./...',
    rule: 'symlink-loop',
  },
  {
    id: 'cgo-directive',
    files: { 'go.mod': mod(), 'main.go': 'package main\n\n// #cgo CFLAG: -Ix\nimport "C"\n\nfunc main() {}\n' },
    env: { CGO_ENABLED: '1' },
    run: 'go build ./...',
    rule: 'cgo-directive-invalid',
  },
  {
    id: 'cgo-flag',
    files: { 'go.mod': mod(), 'main.go': 'package main\n\n// #cgo CFLAGS: -fplugin=x\nimport "C"\n\nfunc main() {}\n' },
    env: { CGO_ENABLED: '1' },
    run: 'go build ./...',
    rule: 'cgo-flag-denied',
  },
  {
    id: 'c-files',
    files: { 'go.mod': mod(), 'main.go': main, 'x.c': 'int x;\n' },
    env: { CGO_ENABLED: '1' },
    run: 'go build ./...',
    rule: 'cgo-source-mix',
  },
  {
    id: 'wasm-run',
    files: { 'go.mod': mod(), 'main.go': main },
    env: { GOOS: 'linux', GOARCH: 'arm64' },
    run: 'go run .',
    rule: 'exec-format',
  },
  {
    id: 'goproxy',
    files: { 'go.mod': mod('\nrequire example.com/a v1.0.0\n'), 'main.go': importing('example.com/a') },
    env: { GOPROXY: 'foo' },
    run: 'go mod download',
    rule: 'goproxy-invalid',
  },
  {
    id: 'proxy-off',
    files: { 'go.mod': mod('\nrequire example.com/a v1.0.0\n'), 'main.go': importing('example.com/a') },
    run: 'go mod tidy',
    rule: 'proxy-off',
  },
  {
    id: 'proxy-refused',
    files: { 'go.mod': mod('\nrequire example.com/a v1.0.0\n'), 'main.go': importing('example.com/a') },
    env: { GOPROXY: 'http://127.0.0.1:1' },
    run: 'go mod download',
    rule: 'proxy-unreachable',
  },
]

const { values } = parseArgs({
  options: {
    go: { type: 'string', default: 'go' },
    only: { type: 'string' },
    print: { type: 'boolean', default: false },
  },
})
const recorded = []
for (const go of values.go.split(',')) {
  const asked = spawnSync(go, ['env', 'GOVERSION', 'GOROOT'], {
    encoding: 'utf8',
    env: { ...process.env, GOTOOLCHAIN: 'local' },
  })
  const [version = '', goroot = ''] = asked.stdout.trim().split('\n')
  for (const one of cases) {
    if (values.only !== undefined && values.only !== one.id) continue
    recorded.push({ id: one.id, go: version, rule: one.rule, command: one.run, log: record(go, goroot, one) })
  }
}
if (values.print) for (const one of recorded) console.log(`== ${one.id} (${one.go}): ${one.rule}\n${one.log}`)
else writeFileSync(output, recorded.map((one) => `${JSON.stringify(one)}\n`).join(''))

function record(go, goroot, { files, links = {}, run, env = {} }) {
  const scratch = mkdtempSync(path.join(tmpdir(), 'record-'))
  try {
    const dir = path.join(scratch, 'app')
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(dir, name)), { recursive: true })
      writeFileSync(path.join(dir, name), content)
    }
    for (const [name, to] of Object.entries(links)) symlinkSync(to, path.join(dir, name))
    const [, ...args] = run.split(' ')
    const result = spawnSync(go, args, {
      cwd: dir,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME ?? scratch,
        GOENV: 'off',
        GOPATH: path.join(scratch, 'go'),
        GOCACHE: process.env.GOCACHE ?? path.join(process.env.HOME ?? scratch, '.cache/go-build'),
        GOPROXY: 'off',
        GOFLAGS: '-buildvcs=false',
        GOTOOLCHAIN: 'local',
        GOTELEMETRY: 'off',
        CGO_ENABLED: '0',
        ...env,
      },
    })
    if (result.status === 0) throw new Error(`${run} did not fail: ${result.stdout}${result.stderr}`)
    return `${result.stderr}${result.stdout}`
      .replaceAll(dir, '/src/app')
      .replaceAll(scratch, '/src')
      .replaceAll(goroot, '/usr/local/go')
      .replaceAll(/go-build\d+/g, 'go-build1')
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}
