import path from 'node:path'

import type { Observation } from '../../domain/observation.ts'
import { compareGoVersions } from '../../modules/go-version.ts'
import { copyModule } from '../../modules/scratch.ts'
import { unifiedDiff } from '../../modules/unified-diff.ts'
import { observeRun } from './observe.ts'
import type { ProbeContext } from './probe.ts'

export interface TidyResult {
  readonly observations: readonly Observation[]
  readonly differs: boolean
  /** Why tidiness is not known. */
  readonly reason?: string
}

/** What `go mod tidy` would change. It needs modules that no build does, so its failure to look them up breaks nothing. */
export async function observeTidy(context: ProbeContext): Promise<TidyResult> {
  return compareGoVersions(context.go.version, 'go1.23') >= 0 ? tidyDiff(context) : tidyCopy(context)
}

/** `go mod tidy -diff` (Go 1.23): exit code 1 with a diff on stdout when something would change, and writes nothing. */
async function tidyDiff(context: ProbeContext): Promise<TidyResult> {
  const run = await context.go.run(['mod', 'tidy', '-diff'], { keepBytes: 4 * 1024 * 1024 })
  const diff = run.result.stdout.text
  if (run.ok) return { observations: [], differs: false }
  if (diff.startsWith('diff ')) return differs(context, diff)
  return unknown(context, observeRun(run, { probe: 'verify', module: context.module.dir, advisory: true }))
}

/** Before Go 1.23: tidy a scratch copy and compare it with itself as it was (its replace lines were made absolute). */
async function tidyCopy(context: ProbeContext): Promise<TidyResult> {
  const { files } = context.system
  const copy = path.join(context.scratchDir, 'tidy')
  await copyModule(files, context.module.absoluteDir, copy)
  const names = ['go.mod', 'go.sum'] as const
  const read = async (name: string): Promise<string> =>
    (await files.stat(path.join(copy, name))) === undefined ? '' : files.readText(path.join(copy, name))
  const before = await Promise.all(names.map(read))
  const run = await context.go.in(copy).run(['mod', 'tidy'], { env: { GOWORK: 'off' } })
  if (!run.ok) {
    return unknown(context, observeRun(run, { probe: 'verify', module: context.module.dir, advisory: true }))
  }
  const after = await Promise.all(names.map(read))
  const diff = names.map((name, index) => unifiedDiff(name, before[index] ?? '', after[index] ?? '')).join('')
  return diff === '' ? { observations: [], differs: false } : differs(context, diff)
}

function differs(context: ProbeContext, diff: string): TidyResult {
  return { observations: [{ kind: 'tidy', probe: 'verify', module: context.module.dir, diff }], differs: true }
}

function unknown(context: ProbeContext, observation: Observation): TidyResult {
  return {
    observations: [observation],
    differs: false,
    reason: `\`go mod tidy\` could not be asked in ${context.module.dir}`,
  }
}
