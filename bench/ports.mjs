// Times the whole `ports` command with portcheck built: all ports of the toolchain, first with no results kept, then again
// after an edit in the main module, with the memory of all its processes together.
//   npm run bench:ports -- [nethttp client_golang hugo restic generated | DIR ...] [--rounds N] [--entry dist/cli.js]
//                          [--packages 2000] [--cache DIR] [--go-build] [--json]
// --go-build also times a loop of cold and warm `go build ./...` on three ports, for the ratio. A case with a limit (time
// and memory, on two quiet cores) says whether it is kept.
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { moduleDir } from '../truth/modules.mjs'
import { generateModule } from './generated-module.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Limits in seconds and megabytes. */
const cases = {
  nethttp: { seconds: 0.5, megabytes: 150, make: netHttp },
  client_golang: { seconds: 2.5, megabytes: 600, spec: 'github.com/prometheus/client_golang@v1.25.0' },
  hugo: { seconds: 8, megabytes: 2000, spec: 'github.com/gohugoio/hugo@v0.158.0' },
  restic: { seconds: 8, megabytes: 2000, spec: 'github.com/restic/restic@v0.18.0' },
  generated: { seconds: 10, megabytes: 1000, make: (dir) => generateModule(dir, Number(values.packages)) },
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    entry: { type: 'string', default: path.join(root, 'dist/cli.js') },
    packages: { type: 'string', default: '2000' },
    cache: { type: 'string', default: path.join(tmpdir(), 'gopreflight-truth') },
    'go-build': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const scratch = mkdtempSync(path.join(tmpdir(), 'gopreflight-bench-'))
// A cache of its own: what is kept from other runs would be measured too.
const environment = {
  ...process.env,
  XDG_CACHE_HOME: path.join(scratch, 'cache'),
  GOFLAGS: '-buildvcs=false',
  GOWORK: 'off',
}

try {
  const names = positionals.length > 0 ? positionals : Object.keys(cases)
  const rows = []
  for (const name of names) rows.push(await measure(name))
  console.log(values.json ? JSON.stringify(rows, null, 2) : render(rows))
  process.exitCode = rows.every((row) => row.kept) ? 0 : 1
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

async function measure(name) {
  const dir = prepare(name)
  // Builds portcheck and fills the disk cache, so that neither is part of what is measured.
  const built = await command(dir)
  const firsts = []
  for (let round = 0; round < Number(values.rounds); round += 1) {
    forgetResults()
    firsts.push(await command(dir))
  }
  const again = []
  for (let round = 0; round < Number(values.rounds); round += 1) {
    edit(dir, round)
    again.push(await command(dir))
  }
  const { seconds: limitSeconds, megabytes: limitMegabytes } = cases[name] ?? {}
  const best = Math.min(...firsts.map(({ seconds }) => seconds))
  const megabytes = Math.max(...firsts.map((run) => run.megabytes))
  return {
    name,
    firstSeconds: firsts.map(({ seconds }) => seconds),
    seconds: best,
    megabytes,
    portcheckMegabytes: Math.max(...firsts.map((run) => run.largestMegabytes)),
    againSeconds: Math.min(...again.map(({ seconds }) => seconds)),
    againMegabytes: Math.max(...again.map((run) => run.megabytes)),
    builtSeconds: built.seconds,
    ports: built.ports,
    failing: built.failing,
    limitSeconds,
    limitMegabytes,
    kept: limitSeconds === undefined || (best <= limitSeconds && megabytes <= limitMegabytes),
    ...(values['go-build'] ? { goBuild: goBuild(dir) } : {}),
  }
}

/** A folder with the module that may be edited. */
function prepare(name) {
  const dir = path.join(scratch, 'modules', path.basename(name))
  const known = cases[name]
  if (known?.make !== undefined) {
    mkdirSync(dir, { recursive: true })
    known.make(dir)
    return dir
  }
  const source = known === undefined ? path.resolve(name) : moduleDir(known.spec, path.resolve(values.cache))
  if (!existsSync(path.join(source, 'go.mod'))) throw new Error(`${source} has no go.mod`)
  cpSync(source, dir, { recursive: true, filter: (from) => path.basename(from) !== '.git' })
  return dir
}

function netHttp(dir) {
  writeFileSync(path.join(dir, 'go.mod'), 'module example.com/nethttp\n\ngo 1.22\n')
  writeFileSync(
    path.join(dir, 'main.go'),
    `package main

import (
	"fmt"
	"log"
	"net/http"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "hello,", r.URL.Path)
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
`,
  )
}

/** Adds a function to a file of the main module: the usual edit, which only its own package can see. */
function edit(dir, round) {
  const file = firstGoFile(dir)
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, `${text}\nfunc benchEdit${round}() int { return ${round} }\n`)
}

function firstGoFile(dir) {
  const entries = readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  const file = entries.find(
    ({ name }) => /^[a-z0-9]+\.go$/.test(name) && !readFileSync(path.join(dir, name), 'utf8').includes('//go:build'),
  )
  if (file !== undefined) return path.join(dir, file.name)
  for (const entry of entries) {
    if (!entry.isDirectory() || /^[._]|^testdata$/.test(entry.name)) continue
    const found = firstGoFile(path.join(dir, entry.name))
    if (found !== undefined) return found
  }
  return undefined
}

function forgetResults(dir = environment.XDG_CACHE_HOME) {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue
    const inner = path.join(dir, entry.name)
    if (entry.name === 'results') rmSync(inner, { recursive: true, force: true })
    else forgetResults(inner)
  }
}

/** Runs `ports DIR`: wall time, and the peaks of memory of the processes that were there at the same time. */
function command(dir) {
  mkdirSync(environment.XDG_CACHE_HOME, { recursive: true })
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn(process.execPath, [values.entry, 'ports', dir, '--json'], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const peak = { together: 0, largest: 0 }
    const timer = setInterval(() => sample(child.pid, peak), 15)
    const chunks = []
    let problem = ''
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => (problem += chunk))
    child.on('error', reject)
    child.on('close', (status) => {
      clearInterval(timer)
      const seconds = (performance.now() - start) / 1000
      if (status !== 0 && status !== 1) {
        reject(new Error(`ports ${dir} ended with ${status}:\n${problem}`))
        return
      }
      const { targets } = JSON.parse(Buffer.concat(chunks).toString('utf8'))
      const checked = targets.filter(({ types }) => types !== undefined && types !== 'none')
      resolve({
        seconds,
        megabytes: peak.together,
        largestMegabytes: peak.largest,
        ports: checked.length,
        failing: checked.filter(({ types }) => types === 'fail').length,
      })
    })
  })
}

/** The most that a process and each one below it have held so far, added up, from /proc; nothing elsewhere. */
function sample(pid, peak) {
  let together = 0
  const visit = (id) => {
    try {
      const status = readFileSync(`/proc/${id}/status`, 'utf8')
      const megabytes = Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024
      together += megabytes
      peak.largest = Math.max(peak.largest, megabytes)
      for (const thread of readdirSync(`/proc/${id}/task`)) {
        const children = readFileSync(`/proc/${id}/task/${thread}/children`, 'utf8').trim()
        for (const below of children === '' ? [] : children.split(' ')) visit(below)
      }
    } catch {
      // It has ended meanwhile.
    }
  }
  visit(pid)
  peak.together = Math.max(peak.together, together)
}

/** Three unlike ports, each from nothing and once more. */
function goBuild(dir) {
  const cold = []
  const warm = []
  for (const port of ['linux/arm64', 'windows/amd64', 'darwin/arm64']) {
    const [GOOS, GOARCH] = port.split('/')
    const GOCACHE = path.join(scratch, 'gocache', port)
    const env = { ...environment, GOOS, GOARCH, GOCACHE, CGO_ENABLED: '0' }
    for (const times of [cold, warm]) {
      const start = performance.now()
      const out = path.join(scratch, 'out')
      mkdirSync(out, { recursive: true })
      spawnSync('go', ['build', '-o', `${out}${path.sep}`, './...'], {
        cwd: dir,
        env,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      })
      times.push((performance.now() - start) / 1000)
    }
    rmSync(GOCACHE, { recursive: true, force: true })
  }
  return { cold, warm }
}

function render(rows) {
  const head = ['module', 'ports', 'failing', 'first s', 'MB', 'again s', 'again MB', 'limit']
  const cells = rows.map((row) => [
    row.name,
    String(row.ports),
    String(row.failing),
    row.seconds.toFixed(2),
    String(Math.round(row.megabytes)),
    `${row.againSeconds.toFixed(2)} (${Math.round((100 * row.againSeconds) / row.seconds)} %)`,
    String(Math.round(row.againMegabytes)),
    row.limitSeconds === undefined
      ? ''
      : `${row.limitSeconds} s, ${row.limitMegabytes} MB ${row.kept ? 'kept' : 'NOT KEPT'}`,
  ])
  const widths = head.map((_, column) => Math.max(...[head, ...cells].map((row) => row[column].length)))
  const table = [head, ...cells].map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  '),
  )
  const words = rows.flatMap((row) => (row.goBuild === undefined ? [] : ['', ratio(row)]))
  return [
    ...table,
    'first: portcheck built, no results kept, best of the rounds; again: after an edit in the main module;',
    'MB: peaks of all processes of the command that ran at the same time, added up.',
    ...words,
  ].join('\n')
}

function ratio({ name, ports, seconds, goBuild: { cold, warm } }) {
  const mean = (list) => list.reduce((sum, one) => sum + one, 0) / list.length
  const all = mean(cold) * ports
  return [
    `${name}: go build ./... from nothing took ${cold.map((s) => s.toFixed(1)).join(', ')} s on three ports, once more ${warm.map((s) => s.toFixed(1)).join(', ')} s.`,
    `A loop over ${ports} ports would take about ${Math.round(all)} s, ${Math.round(all / seconds)} times as long as the port check.`,
  ].join('\n')
}
