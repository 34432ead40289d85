// Preloaded into `diagnose` by bench/diagnose.mjs (node --import): writes what the process used to the file BENCH_USAGE names.
import { writeFileSync } from 'node:fs'

const file = process.env.BENCH_USAGE
delete process.env.BENCH_USAGE
process.on('exit', () => {
  if (file !== undefined) writeFileSync(file, JSON.stringify(process.resourceUsage()))
})
