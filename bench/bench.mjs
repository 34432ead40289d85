// npm run bench [-- DIR TARGET ...]
//
// Times `check` against a plain loop of `go build` over the same targets, each from an empty build cache, and prints
// ratios. Overhead is the wall time of check minus the time in which at least one of its children ran. Nothing here
// asserts a time: machines differ, ratios of one run on one machine can be compared.
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
const [dirArgument, ...targetArguments] = process.argv.slice(2)
const targets = targetArguments.length > 0 ? targetArguments : ['linux/amd64', 'windows/amd64']
const scratch = await mkdtemp(path.join(os.tmpdir(), 'gopreflight-bench-'))
try {
  const dir = path.resolve(dirArgument ?? (await httpModule(path.join(scratch, 'module'))))
  const parts = {
    module: dirArgument ?? 'a net/http program',
    targets: targets.join(' '),
    cores: os.availableParallelism(),
  }
  console.log(
    Object.entries(parts)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
  )
  // Both find their modules downloaded: what is compared is the work, not the network.
  await run('go', ['mod', 'download'], dir, {})

  // Alternating, so that a slow minute of the machine hits both.
  const rounds = []
  for (let round = 0; round < 2; round++) {
    const loop = await plainLoop(dir, path.join(scratch, `loop-${round}`))
    const check = await checked(dir, path.join(scratch, `check-${round}`), ['--verbose'])
    const warm = await checked(dir, path.join(scratch, `check-${round}`), ['--verbose'])
    rounds.push({ loop, check, warm })
    console.log(
      `round ${round + 1}: go build loop ${loop.toFixed(1)} s, check ${check.wall.toFixed(1)} s (overhead ${check.overhead.toFixed(2)} s), ` +
        `check again ${warm.wall.toFixed(1)} s (overhead ${warm.overhead.toFixed(2)} s)`,
    )
  }
  const best = (values) => Math.min(...values)
  console.log(
    `check / loop, cold: ${(best(rounds.map((r) => r.check.wall)) / best(rounds.map((r) => r.loop))).toFixed(2)}`,
  )
  console.log(
    `overhead of check: ${best(rounds.map((r) => r.check.overhead)).toFixed(2)} s cold, ${best(rounds.map((r) => r.warm.overhead)).toFixed(2)} s warm`,
  )
} finally {
  await rm(scratch, { recursive: true, force: true })
}

async function httpModule(dir) {
  await mkdir(dir, { recursive: true })
  await writeFile(path.join(dir, 'go.mod'), 'module example.com/bench\n\ngo 1.21\n')
  await writeFile(
    path.join(dir, 'main.go'),
    'package main\n\nimport (\n\t"encoding/json"\n\t"net/http"\n\t"os"\n)\n\nfunc main() {\n\thttp.Handle("/", http.NotFoundHandler())\n\tjson.NewEncoder(os.Stdout).Encode(os.Args)\n}\n',
  )
  return dir
}

async function plainLoop(dir, cache) {
  const started = performance.now()
  for (const target of targets) {
    const [GOOS, GOARCH] = target.split('/')
    await run('go', ['build', '-o', `${cache}/out/${target.replaceAll('/', '-')}/`, './...'], dir, {
      GOCACHE: `${cache}/gocache`,
      GOOS,
      GOARCH,
    })
  }
  return (performance.now() - started) / 1000
}

async function checked(dir, cache, flags) {
  const started = performance.now()
  const log = await run(
    process.execPath,
    [cli, 'check', dir, '--targets', targets.join(' '), '--fail-on', 'never', ...flags],
    dir,
    {
      GOCACHE: `${cache}/gocache`,
    },
  )
  const wall = (performance.now() - started) / 1000
  const spans = [...log.matchAll(/ran \[([\d.]+) \+([\d.]+) s\]/g)].map((match) => [
    Number(match[1]),
    Number(match[1]) + Number(match[2]),
  ])
  return { wall, overhead: wall - covered(spans) }
}

/** Seconds in which at least one span is open. */
function covered(spans) {
  let total = 0
  let end = -Infinity
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0])) {
    total += Math.max(0, to - Math.max(from, end))
    end = Math.max(end, to)
  }
  return total
}

function run(program, args, cwd, env) {
  return new Promise((resolve, reject) => {
    let text = ''
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '', ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child.stderr.on('data', (chunk) => (text += chunk))
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 || args[0] === cli ? resolve(text) : reject(new Error(`${program} ${args.join(' ')}: ${text}`)),
    )
  })
}
