// What the first port check of a new Go costs: a cold `go build` of portcheck beside one of a small net/http program. Both
// begin with an empty build cache, without cgo, and take turns at going first. Prints times and ratios; exit code 1 when a
// ratio of the medians is above the limit.
//   node bench/portcheck-build.mjs [--rounds 3] [--limit 0.7] [--json]
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    limit: { type: 'string', default: '0.7' },
    json: { type: 'boolean', default: false },
  },
})
const limit = Number(values.limit)
const portcheck = fileURLToPath(new URL('../portcheck', import.meta.url))
const scratch = mkdtempSync(path.join(tmpdir(), 'gopreflight-bench-'))
const hello = path.join(scratch, 'hello')

const program = `package main

import (
	"fmt"
	"net/http"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "hello") })
	fmt.Println(http.ListenAndServe("127.0.0.1:8080", nil))
}
`

try {
  mkdirSync(hello)
  writeFileSync(path.join(hello, 'go.mod'), 'module example.com/hello\n\ngo 1.22\n')
  writeFileSync(path.join(hello, 'main.go'), program)
  const result = measure(Number(values.rounds))
  console.log(values.json ? JSON.stringify(result, null, 2) : render(result))
  if (Math.max(result.wallRatio, result.cpuRatio) > limit) process.exitCode = 1
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

function measure(rounds) {
  const samples = []
  for (let round = 0; round < rounds; round += 1) {
    const sides = round % 2 === 0 ? ['hello', 'portcheck'] : ['portcheck', 'hello']
    const sample = {}
    for (const side of sides) sample[side] = build(side === 'hello' ? hello : portcheck)
    samples.push(sample)
  }
  const middle = (side, unit) => median(samples.map((sample) => sample[side][unit]))
  return {
    samples,
    wallRatio: middle('portcheck', 'wall') / middle('hello', 'wall'),
    cpuRatio: middle('portcheck', 'cpu') / middle('hello', 'cpu'),
    limit,
  }
}

/** Builds a folder with an empty cache as the product builds portcheck; seconds of the clock and of all processors. */
function build(dir) {
  const cache = mkdtempSync(path.join(scratch, 'cache-'))
  const args = ['build', '-buildvcs=false', '-ldflags=-s -w', '-o', path.join(cache, 'program'), '.']
  const settings = { GOCACHE: cache, GOENV: 'off', GOFLAGS: '', GOWORK: 'off', CGO_ENABLED: '0' }
  const start = performance.now()
  // The shell knows what its children used, which Node does not.
  const times = execFileSync('sh', ['-c', 'go "$@" && times', 'sh', ...args], {
    cwd: dir,
    env: { ...process.env, ...settings },
    encoding: 'utf8',
  })
  const wall = (performance.now() - start) / 1000
  rmSync(cache, { recursive: true, force: true })
  const [, children = ''] = times.trim().split('\n')
  const cpu = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, m, s]) => sum + Number(m) * 60 + Number(s), 0)
  return { wall, cpu }
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const half = sorted.length / 2
  return sorted.length % 2 === 1 ? sorted[Math.floor(half)] : (sorted[half - 1] + sorted[half]) / 2
}

function render({ samples, wallRatio, cpuRatio }) {
  const cell = ({ wall, cpu }) => `${wall.toFixed(1).padStart(6)} s ${cpu.toFixed(1).padStart(6)} s CPU`
  return [
    `cold build        net/http program          portcheck`,
    ...samples.map(({ hello: a, portcheck: b }, round) => `round ${round + 1}      ${cell(a)}   ${cell(b)}`),
    `portcheck costs ${wallRatio.toFixed(2)} of the time and ${cpuRatio.toFixed(2)} of the CPU time (limit ${limit})`,
  ].join('\n')
}
