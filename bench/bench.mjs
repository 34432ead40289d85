// Times `check` against a plain loop of `go build` over the same targets, and prints ratios.
//   npm run bench -- [DIR] [--targets "host linux/arm64"] [--rounds N] [--json]
// DIR is a module with a main package; examples/healthy without one. Every round begins cold: both sides get an empty
// build cache of their own, then build once more, warm. The sides take turns at going first. Modules are downloaded before.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    targets: { type: 'string', default: 'host linux/arm64 windows/amd64' },
    rounds: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})
const dir = path.resolve(positionals[0] ?? path.join(root, 'examples', 'healthy'))
const targets = values.targets.split(/[\s,]+/).filter((word) => word !== '')
for (const target of targets) {
  // A group means something else to each side, and the loop knows no levels.
  if (!/^(host|[a-z0-9]+\/[a-z0-9]+)$/.test(target))
    throw new Error(`--targets takes host and GOOS/GOARCH, not ${target}`)
}
const scratch = mkdtempSync(path.join(tmpdir(), 'gopreflight-bench-'))

try {
  const result = measure(Number(values.rounds))
  console.log(values.json ? JSON.stringify(result, null, 2) : render(result))
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

function measure(rounds) {
  go(['mod', 'download'], {})
  const samples = []
  for (let round = 0; round < rounds; round += 1) {
    const caches = { loop: path.join(scratch, `loop-${round}`), check: path.join(scratch, `check-${round}`) }
    for (const state of ['cold', 'warm']) {
      const sides = round % 2 === 0 ? ['loop', 'check'] : ['check', 'loop']
      const sample = { round, state }
      for (const side of sides) Object.assign(sample, side === 'loop' ? timeLoop(caches.loop) : timeCheck(caches.check))
      samples.push(sample)
    }
  }
  return { module: path.relative(process.cwd(), dir) || '.', targets, samples }
}

function timeLoop(cache) {
  const out = path.join(scratch, 'out')
  const start = performance.now()
  for (const target of targets) {
    const [goos, goarch] = target === 'host' ? [] : target.split('/')
    // Into a folder, so that programs are linked, as check links them.
    go(['build', '-o', `${out}${path.sep}`, './...'], {
      GOCACHE: cache,
      ...(goos === undefined ? {} : { GOOS: goos, GOARCH: goarch }),
    })
  }
  return { loopSeconds: (performance.now() - start) / 1000 }
}

function timeCheck(cache) {
  const times = path.join(scratch, 'child-times.json')
  const preload = pathToFileURL(path.join(root, 'bench', 'child-times.mjs')).href
  const args = [
    '--import',
    preload,
    path.join(root, 'dist/cli.js'),
    'check',
    dir,
    '--json',
    '--targets',
    targets.join(' '),
  ]
  const start = performance.now()
  const result = spawnSync(process.execPath, args, {
    env: { ...process.env, GOCACHE: cache, BENCH_CHILD_TIMES: times },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const checkSeconds = (performance.now() - start) / 1000
  if (result.status !== 0 && result.status !== 1)
    throw new Error(`check ended with ${result.status}:\n${result.stderr}`)
  const report = JSON.parse(result.stdout)
  const built = report.targets.filter((target) => target.build === 'pass').length
  if (built < targets.length)
    throw new Error(`check built ${built} of ${targets.length} targets; a failed build is not a time`)
  const childSeconds = covered(JSON.parse(readFileSync(times, 'utf8'))) / 1000
  return { checkSeconds, childSeconds, overheadSeconds: checkSeconds - childSeconds }
}

/** Milliseconds during which at least one child ran. */
function covered(intervals) {
  let total = 0
  let until = 0
  for (const { start, end } of intervals.toSorted((a, b) => a.start - b.start)) {
    total += Math.max(0, end - Math.max(start, until))
    until = Math.max(until, end)
  }
  return total
}

function go(args, env) {
  mkdirSync(path.join(scratch, 'out'), { recursive: true })
  const result = spawnSync('go', args, { cwd: dir, env: { ...process.env, ...env }, encoding: 'utf8' })
  if (result.status !== 0)
    throw new Error(`go ${args.join(' ')} in ${dir} failed:\n${result.error?.message ?? result.stderr}`)
}

function render({ module, targets, samples }) {
  const lines = [`${module}: ${targets.join(' ')}`, 'round  state   loop s  check s  check/loop  overhead s']
  for (const { round, state, loopSeconds, checkSeconds, overheadSeconds } of samples) {
    const cells = [loopSeconds.toFixed(2), checkSeconds.toFixed(2), (checkSeconds / loopSeconds).toFixed(2)]
    const [loop, check, ratio] = cells
    lines.push(
      `${String(round + 1).padStart(5)}  ${state.padEnd(5)}  ${loop.padStart(7)}  ${check.padStart(7)}  ${ratio.padStart(10)}  ${overheadSeconds.toFixed(2).padStart(10)}`,
    )
  }
  lines.push('overhead: wall time of check without the time in which any of its children ran')
  return lines.join('\n')
}
