// Compares portcheck with the real compiler on real modules and on the zoo of deliberate errors.
//   npm run truth -- [MODULE@VERSION | DIR ...] [--ports "linux/amd64 js/wasm"] [--cgo] [--tests] [--cache DIR] [--json]
//                    [--toolexec PROGRAM] [--binary PORTCHECK] [--differences N] [--known] [--zoo] [--freeze-zoo]
// Without modules: those of truth/modules.txt. The compiler's answers are kept in the cache, since compiling takes long;
// --known compares only where there is one. --toolexec runs the compiler through a program (go help build), for example
// one that leaves code generation out. --zoo compares with the frozen answers about the zoo, --freeze-zoo asks for them anew. Exit status 1 when portcheck reports an error that the compiler does not know.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { compare, total } from './compare.mjs'
import { compilerAnswer, isAnswered } from './compiler.mjs'
import { moduleDir, parseModuleList } from './modules.mjs'
import { createChecker } from './portcheck.mjs'
import { freezeZoo, measureZoo } from './zoo.mjs'

const samplePorts =
  'linux/amd64 linux/386 linux/riscv64 windows/amd64 darwin/arm64 plan9/amd64 js/wasm wasip1/wasm aix/ppc64 freebsd/arm64'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    ports: { type: 'string', default: samplePorts },
    cgo: { type: 'boolean', default: false },
    tests: { type: 'boolean', default: false },
    cache: { type: 'string', default: path.join(tmpdir(), 'gopreflight-truth') },
    json: { type: 'boolean', default: false },
    toolexec: { type: 'string' },
    binary: { type: 'string' },
    differences: { type: 'string', default: '10' },
    known: { type: 'boolean', default: false },
    zoo: { type: 'boolean', default: false },
    'freeze-zoo': { type: 'boolean', default: false },
  },
})

const cache = path.resolve(values.cache)
if (values['freeze-zoo']) {
  freezeZoo(cache)
} else if (values.zoo) {
  const rows = await measureZoo(await checkerOf())
  console.log(values.json ? JSON.stringify(rows, null, 2) : render(rows))
  process.exitCode = rows.some((row) => row.unlisted.length > 0 || row.falsePairs > 0) ? 1 : 0
} else {
  const rows = await measure()
  console.log(values.json ? JSON.stringify(rows, null, 2) : render(rows))
  process.exitCode = rows.some((row) => row.falsePairs > 0) ? 1 : 0
}

function checkerOf() {
  return createChecker({ cache, ...(values.binary === undefined ? {} : { binary: values.binary }) })
}

async function measure() {
  const checker = await checkerOf()
  const ports = values.ports === 'all' ? allPorts() : values.ports.split(/[\s,]+/).filter((word) => word !== '')
  const list = positionals.length > 0 ? positionals : moduleSpecs()
  const rows = []
  for (const name of list) {
    try {
      const row = await measureModule(checker, name, ports)
      if (row !== undefined) rows.push(row)
    } catch (error) {
      rows.push({
        name,
        problem: String(error.message ?? error)
          .split('\n')
          .slice(0, 3)
          .join(' '),
      })
    }
  }
  return rows
}

function moduleSpecs() {
  const file = new URL('modules.txt', import.meta.url)
  return parseModuleList(readFileSync(file, 'utf8')).map(({ spec }) => spec)
}

async function measureModule(checker, name, ports) {
  const isDir = existsSync(path.join(name, 'go.mod'))
  const question = (port) => ({
    name: isDir ? path.resolve(name) : name,
    dir,
    port,
    cgo: values.cgo,
    tests: values.tests,
    cache,
    goVersion: checker.goVersion,
    ...(values.toolexec === undefined ? {} : { toolexec: path.resolve(values.toolexec) }),
  })
  let dir = ''
  const wanted = values.known ? ports.filter((port) => isAnswered(question(port))) : ports
  if (wanted.length === 0) return undefined
  dir = isDir ? path.resolve(name) : moduleDir(name, cache)
  const check = await checker.check({ dir, ports: wanted, cgo: values.cgo, tests: values.tests })
  const comparisons = wanted.map((port) => {
    progress(`${name} ${port}`)
    return compare({ answer: compilerAnswer(question(port)), check, port, dir })
  })
  progress('')
  return { name, ports: wanted.length, seconds: check.seconds, megabytes: check.peakMegabytes, ...total(comparisons) }
}

function allPorts() {
  return execFileSync('go', ['tool', 'dist', 'list'], { encoding: 'utf8' }).trim().split('\n')
}

function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`)
}

function render(rows) {
  const head = ['module', 'ports', 'packages', 'failing', 'false', 'missed', 'lines', 'text =', 'all =', 's', 'MB']
  const cells = (row) =>
    row.problem === undefined
      ? [
          row.name,
          row.ports,
          row.packages,
          row.failing,
          row.falsePairs,
          row.missed,
          row.lines,
          row.equalText,
          row.equal,
          row.seconds.toFixed(1),
          Math.round(row.megabytes),
        ].map(String)
      : [row.name, row.problem]
  const measured = rows.filter((row) => row.problem === undefined)
  const sums = { ...total(measured), name: `${measured.length} modules`, ports: '', seconds: 0, megabytes: 0 }
  const table = [head, ...rows.map(cells), cells(sums)]
  const widths = head.map((_, column) => Math.max(...table.map((row) => (row.length > 2 ? row[column].length : 0))))
  const lines = table.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  '),
  )
  return [...lines, ...differences(measured)].join('\n')
}

/** The first few differences of each kind, worst first. */
function differences(rows) {
  const most = Number(values.differences)
  const lines = []
  for (const what of ['false', 'missed', 'differs', 'position']) {
    const all = rows.flatMap((row) =>
      row.differences.filter((one) => one.what === what).map((one) => ({ ...one, row })),
    )
    if (all.length === 0) continue
    lines.push('', `${what}: ${all.length}`)
    for (const { row, port, package: name, compiler, portcheck } of all.slice(0, most)) {
      lines.push(`  ${row.name} ${port} ${name}`)
      for (const line of compiler.slice(0, 4)) lines.push(`    compiler   ${line.replaceAll('\n', '\n      ')}`)
      for (const line of portcheck.slice(0, 4)) lines.push(`    portcheck  ${line.replaceAll('\n', '\n      ')}`)
    }
  }
  return lines
}
