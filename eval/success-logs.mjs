// Runs commands that succeed on real modules, verbosely, and shows what they print to `diagnose`: none may give an error or
// leave anything unexplained. Needs Go on PATH, git, the module proxy and a few minutes, so it is no part of `npm test`.
//   npm run build && node eval/success-logs.mjs [--keep DIR] [--only WORD]
// Every log is looked at as it came, and again as a GitHub log, a Docker build and a terminal would show it.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { keep: { type: 'string' }, only: { type: 'string', default: '' } } })
const scratch = mkdtempSync(path.join(tmpdir(), 'gopreflight-success-'))

/** Modules whose tests print errors, failures and panics that they wanted. */
const modules = [
  'github.com/pkg/errors@v0.9.1',
  'github.com/sirupsen/logrus@v1.9.3',
  'github.com/hashicorp/go-multierror@v1.1.1',
  'github.com/stretchr/testify@v1.9.0',
  'github.com/BurntSushi/toml@v1.4.0',
  'github.com/google/uuid@v1.6.0',
  'github.com/spf13/pflag@v1.0.5',
  'github.com/rs/zerolog@v1.33.0',
  'gopkg.in/yaml.v3@v3.0.1',
  'github.com/mattn/go-isatty@v0.0.20',
]

/** Commands for each; those that do not succeed here (a test that needs something else) are left out and counted. */
const commands = [
  'go build -v ./...',
  'go build -a -x .',
  'go vet -v .',
  'go test -v -count=1 .',
  'go test -json -count=1 .',
  'go test -race -cover -count=1 .',
  'go test -run Example -v ./...',
  'go mod tidy -v',
  'go mod verify',
  'go mod graph',
  'go mod why -m all',
  'go list -m -u all',
  'go list -deps -e -json .',
  'go doc -all .',
  'go fmt ./...',
  'go generate -v -x ./...',
  'go env',
  'go version -m .',
]

/** Commands in a module of our own: downloads, retracted and deprecated modules, programs that print complaints. */
const own = [
  'GOMODCACHE=$PWD/../cache1 GOFLAGS=-modcacherw go mod download -x',
  'GOMODCACHE=$PWD/../cache2 GOFLAGS=-modcacherw go mod download -json',
  'GOMODCACHE=$PWD/../cache3 GOFLAGS="-modcacherw -mod=mod" go get -v github.com/golang/protobuf@v1.5.2',
  'go list -m -u -retracted all',
  'go get google.golang.org/grpc@v1.50.0 && go mod tidy && go build ./... && make -n all',
  'go run .',
  'go mod vendor -v && go build -mod=vendor -v ./...',
  'go work init . && go work sync && go build ./... && rm go.work',
  'make all',
  'git init -q clone-me && cd clone-me && git commit -q --allow-empty -m error && cd .. && git clone --progress clone-me cloned && cd cloned && git fetch --all --verbose',
  'set -x; go build -o app . && file app; ls -la app',
]

const main = `package main

import (
	"errors"
	"fmt"
	"log"
	"os"

	_ "github.com/pkg/errors"
)

func main() {
	fmt.Println("error: undefined: x (this is only text)")
	fmt.Println("panic recovered; 0 failed, 3 errors expected")
	fmt.Fprintln(os.Stderr, "warning: cannot find config file, using defaults")
	log.Println("connection refused, retrying")
	log.Printf("request failed: %v", errors.New("404 Not Found"))
	defer func() { fmt.Println("recovered:", recover()) }()
	panic("wanted")
}
`
const makefile = `all: lint build test
lint:
	@echo "golangci-lint run"
	@echo "0 issues."
build:
	go build -v ./...
test:
	go test -v ./... || true
`

const dressings = {
  plain: (log) => log,
  github: (log) =>
    ['##[group]Run the thing', ...log.split('\n'), '##[endgroup]']
      .map((line, at) => `2026-01-02T03:04:${String(at % 60).padStart(2, '0')}.1234567Z ${line}`)
      .join('\n'),
  docker: (log) =>
    [
      '#1 [internal] load build definition from Dockerfile',
      ...log.split('\n').map((line, at) => `#9 ${(at / 10).toFixed(3)} ${line}`),
      '#9 DONE 3.1s',
    ].join('\n'),
  terminal: (log) =>
    log
      .split('\n')
      .map((line) => `\u001b[33m${line}\u001b[0m\r`)
      .join('\n'),
}

const logs = []
let failed = 0
try {
  for (const [name, text] of Object.entries(await literalLogs())) logs.push({ name, text })
  for (const module of modules) collectModule(module)
  collectOwn()
  judge()
} finally {
  spawnSync('chmod', ['-R', 'u+w', scratch])
  rmSync(scratch, { recursive: true, force: true })
}

/** Output of programs around Go that are not installed everywhere, as they print it when all is well. */
async function literalLogs() {
  const { successLogs } = await import('./success-texts.mjs')
  return successLogs
}

function collectModule(module) {
  if (!module.includes(values.only)) return
  const found = spawnSync('go', ['mod', 'download', '-json', module], { encoding: 'utf8', cwd: scratch })
  const { Dir, Error: reason } = JSON.parse(found.stdout)
  if (Dir === undefined) throw new Error(`${module}: ${reason}`)
  const dir = path.join(scratch, module.replaceAll(/[/@]/g, '-'))
  cpSync(Dir, dir, { recursive: true })
  spawnSync('chmod', ['-R', 'u+w', dir])
  // Old modules have no go.mod, or no go.sum for their tests.
  spawnSync('go', ['mod', 'init', module.split('@')[0]], { cwd: dir })
  spawnSync('go', ['mod', 'tidy'], { cwd: dir })
  for (const command of commands) run(`${module}: ${command}`, command, dir)
}

function collectOwn() {
  if (!'own'.includes(values.only)) return
  const dir = path.join(scratch, 'own')
  mkdirSync(dir)
  writeFileSync(path.join(dir, 'main.go'), main)
  writeFileSync(path.join(dir, 'Makefile'), makefile)
  writeFileSync(path.join(dir, 'go.mod'), 'module example.com/own\n\ngo 1.21\n\nrequire github.com/pkg/errors v0.9.1\n')
  spawnSync('go', ['mod', 'tidy'], { cwd: dir })
  for (const command of own) run(`own: ${command}`, command, dir)
}

function run(name, command, cwd) {
  const shell = `${command} 2>&1`
  const result = spawnSync(
    'sh',
    ['-c', command.includes('&&') || command.includes(';') ? `{ ${command}; } 2>&1` : shell],
    {
      cwd,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { ...process.env, GOFLAGS: '-buildvcs=false' },
      timeout: 300_000,
    },
  )
  if (result.status !== 0) {
    failed += 1
    console.log(`left out, ended with ${result.status}: ${name}`)
    return
  }
  // The command is part of a log, as in any CI.
  logs.push({ name, text: `$ ${command}\n${result.stdout}` })
}

function judge() {
  const cases = logs.flatMap(({ name, text }) =>
    Object.entries(dressings).map(([dress, put]) => ({ id: `${name} (${dress})`, log: put(text) })),
  )
  if (values.keep !== undefined) {
    mkdirSync(values.keep, { recursive: true })
    for (const { name, text } of logs)
      writeFileSync(path.join(values.keep, `${name.replaceAll(/[^\w.-]+/g, '-').slice(0, 120)}.log`), text)
  }
  const result = spawnSync(process.execPath, [path.join(root, 'dist/cli.js'), 'diagnose', '--jsonl'], {
    input: cases.map((one) => JSON.stringify(one)).join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  if (result.status !== 0) throw new Error(`diagnose --jsonl ended with ${result.status}: ${result.stderr}`)
  let wrong = 0
  for (const line of result.stdout.trim().split('\n')) {
    const { id, findings, unexplained } = JSON.parse(line)
    const errors = findings.filter((finding) => finding.severity === 'error')
    if (errors.length === 0 && unexplained.length === 0) continue
    wrong += 1
    console.log(`WRONG ${id}`)
    for (const { rule, evidence } of errors) console.log(`  ${rule}: ${evidence.excerpt.split('\n')[0]}`)
    for (const { excerpt } of unexplained.slice(0, 5)) console.log(`  unexplained: ${excerpt.split('\n')[0]}`)
  }
  console.log(
    `${logs.length} logs of commands that succeeded, ${cases.length} with their dressings: ${wrong} wrong, ${failed} commands left out`,
  )
  process.exitCode = wrong === 0 ? 0 : 1
}
