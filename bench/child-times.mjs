// Preloaded into `check` by bench.mjs (node --import): notes when each child began and ended, and writes the intervals to
// the file named in BENCH_CHILD_TIMES. Only the engine that starts the children knows this; from outside one sees a tree.
import childProcess from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { performance } from 'node:perf_hooks'

const { spawn } = childProcess
const intervals = []

childProcess.spawn = (...args) => {
  const interval = { start: performance.now(), end: undefined, program: String(args[0]) }
  intervals.push(interval)
  const child = spawn(...args)
  child.once('close', () => (interval.end = performance.now()))
  return child
}
syncBuiltinESMExports()

const file = process.env.BENCH_CHILD_TIMES
delete process.env.BENCH_CHILD_TIMES
process.on('exit', () => {
  if (file === undefined) return
  const end = performance.now()
  writeFileSync(file, JSON.stringify(intervals.map((interval) => ({ ...interval, end: interval.end ?? end }))))
})
