// Times `diagnose` on large logs of several kinds: seconds (passed and of the processor), MB/s and the peak resident memory.
//   npm run build && node bench/diagnose.mjs [--megabytes 100] [--kinds plain,compile] [--json]
// The aim: 100 MB in less than 5 s and 200 MB, whatever is in them.
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '100' },
    kinds: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  },
})

/** What line `i` of each kind of log is. */
const kinds = {
  // Short lines that nobody knows: what programs print.
  plain: (i) => `step ${i} done`,
  // Short lines of a compiler, every one another: the slowest thing to take apart.
  compile: (i) => `./x${i}.go:${(i % 999) + 1}:5: undefined: a${i}`,
  build: (i) =>
    i % 9 === 0
      ? `# example.com/app/internal/pkg${i}`
      : `/usr/local/go/pkg/tool/linux_amd64/compile -o $WORK/b${i}/_pkg_.a -trimpath "$WORK/b${i}=>" -p internal/p${i} -std -complete`,
  // An error here and there: what is kept of it must not keep the piece of the log around it.
  sparse: (i) =>
    i % 1000 === 0 ? `./x${i}.go:7:5: undefined: name${i}` : `step ${i} of the deployment of the thing is done`,
  test: (i) =>
    [
      `=== RUN   TestThing/case_${i}`,
      `    thing_test.go:${(i % 300) + 1}: got error: none for ${i}`,
      `    --- PASS: TestThing/case_${i} (0.00s)`,
      `ok  \texample.com/app/p${i}\t0.${i % 1000}s`,
    ][i % 4],
  json: (i) =>
    `{"Time":"2026-01-02T03:04:05.678901234Z","Action":"output","Package":"example.com/app/p","Test":"TestX","Output":"    x_test.go:${(i % 300) + 1}: line ${i}\\n"}`,
  github: (i) => `2026-01-02T03:04:05.1234567Z \u001b[36;1mgo: downloading example.com/m${i} v1.${i % 50}.0\u001b[0m`,
  buildx: (i) => `#${(i % 20) + 1} ${i % 900}.${i % 1000} fetch step ${i} of the image: unpacking layer/${i}`,
  hostile: (i) => `${'[a:(b: '.repeat(100)}${i}`,
  long: (i) => `${i}${'x'.repeat(1_000_000)}`,
}

const wanted = values.kinds === '' ? Object.keys(kinds) : values.kinds.split(',')
const scratch = mkdtempSync(path.join(tmpdir(), 'gopreflight-bench-'))
try {
  const results = wanted.map((kind) => measure(kind, kinds[kind], Number(values.megabytes) * 1e6))
  console.log(values.json ? JSON.stringify(results, null, 2) : render(results))
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

function measure(kind, lineAt, bytes) {
  if (lineAt === undefined) throw new Error(`--kinds knows ${Object.keys(kinds).join(', ')}`)
  const file = path.join(scratch, 'log.txt')
  const { written, lines } = writeLog(file, lineAt, bytes)
  const usage = path.join(scratch, 'usage.json')
  const preload = pathToFileURL(path.join(root, 'bench/usage.mjs')).href
  const start = performance.now()
  const result = spawnSync(process.execPath, ['--import', preload, path.join(root, 'dist/cli.js'), 'diagnose', file], {
    env: { ...process.env, BENCH_USAGE: usage },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const seconds = (performance.now() - start) / 1000
  if (result.status !== 0 && result.status !== 1)
    throw new Error(`diagnose ended with ${result.status}: ${result.stderr}`)
  const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(readFileSync(usage, 'utf8'))
  return {
    kind,
    megabytes: written / 1e6,
    lines,
    seconds,
    processorSeconds: (userCPUTime + systemCPUTime) / 1e6,
    megabytesPerSecond: written / 1e6 / seconds,
    peakMegabytes: maxRSS / 1024,
  }
}

function writeLog(file, lineAt, bytes) {
  const handle = openSync(file, 'w')
  let written = 0
  let lines = 0
  while (written < bytes) {
    let chunk = ''
    while (chunk.length < 1 << 20 && written + chunk.length < bytes) chunk += `${lineAt(lines++)}\n`
    written += writeSync(handle, chunk)
  }
  closeSync(handle)
  return { written, lines }
}

function render(results) {
  const rows = results.map((one) =>
    [
      one.kind.padEnd(8),
      one.megabytes.toFixed(0).padStart(5),
      String(one.lines).padStart(9),
      one.seconds.toFixed(2).padStart(8),
      one.processorSeconds.toFixed(2).padStart(7),
      one.megabytesPerSecond.toFixed(1).padStart(7),
      one.peakMegabytes.toFixed(0).padStart(8),
    ].join('  '),
  )
  return ['kind         MB      lines   seconds    CPU s    MB/s  peak MB', ...rows].join('\n')
}
