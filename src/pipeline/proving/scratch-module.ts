import path from 'node:path'

import { failureText, listPackages } from '../../go/list.ts'
import type { Go } from '../../go/go.ts'
import { formatTarget, type Target } from '../../domain/port.ts'
import { copyModule } from '../../modules/scratch.ts'
import { createListings } from '../../probes/support/listings.ts'
import type { ModuleContext } from '../record.ts'
import type { Candidate } from './candidates.ts'
import { replaceImports, type ChangedFile } from './replace-imports.ts'

/** A copy of a module, or of the workspace that it is in, to try changes in. The checkout is never touched. */
export interface ScratchModule {
  /** The module in the copy, as a probe is given it. */
  readonly context: ModuleContext
  /** Takes every change back. */
  readonly reset: () => Promise<void>
  /** Applies a candidate to the copy as it was at first; a sentence when the go command refuses it. */
  readonly apply: (candidate: Candidate, targets: readonly Target[]) => Promise<Applied | { readonly refused: string }>
}

export interface Applied {
  /** What a person would run, in order. */
  readonly commands: readonly string[]
  /** Files of the module whose imports were changed. */
  readonly changed: readonly ChangedFile[]
}

/** No command of a proof may run longer, whatever the run allows its own. */
const mostSeconds = 180
const mostBytes = 1024 * 1024 * 1024
/** Systems for which modules are downloaded beforehand. */
const mostSystems = 4

/** Copies a module to `to`, without vendor/: a change of the requirements makes it stale. Throws when it is too large. */
export async function scratchModule(context: ModuleContext, to: string): Promise<ScratchModule> {
  const { files } = context.system
  const { module } = context
  const from = module.workspace === undefined ? module.absoluteDir : path.resolve(context.root, module.workspace)
  await copyModule(files, from, to, { maxBytes: mostBytes })
  await files.remove(path.join(to, 'vendor'))
  const dir = path.join(to, path.relative(from, module.absoluteDir))
  const go = withEnvironment(context.go.in(dir), await environment(context, to))
  const read = await remember(context, [path.join(dir, 'go.mod'), path.join(dir, 'go.sum')])
  let changed: readonly ChangedFile[] = []

  const reset = async (): Promise<void> => {
    await read.restore()
    for (const { file, before } of changed) await files.write(path.join(dir, file), before)
    changed = []
  }
  const scratch: ModuleContext = {
    ...context,
    root: dir,
    module: { dir: module.dir, absoluteDir: dir },
    go,
    settings: { ...context.settings, timeoutSeconds: Math.min(context.settings.timeoutSeconds, mostSeconds) },
    listings: createListings(go, context.host, context.settings.packages, context.settings.tags),
  }
  return {
    context: scratch,
    reset,
    async apply(candidate, targets) {
      await reset()
      const { path: name, version } = candidate.module
      const get = ['get', `${name}@${version}`]
      const commands: string[] = []
      const run = async (args: readonly string[]): Promise<string | undefined> => {
        const done = await go.run(args)
        commands.push(`go ${args.join(' ')}`)
        return done.ok ? undefined : failureText(done)
      }
      const refused =
        candidate.kind === 'replace'
          ? await run(['mod', 'edit', `-replace=${candidate.old}=${name}@${version}`])
          : await run(get)
      if (refused !== undefined) return { refused: firstLine(refused) }
      if (candidate.kind === 'successor') changed = await replaceImports(scratch, candidate.old, name)
      await downloadFor(scratch, targets)
      return { commands: [...commands, 'go mod tidy'], changed }
    },
  }
}

/** Lists the packages of some targets, which downloads what they need and notes its sums. What fails there, the check says. */
async function downloadFor(context: ModuleContext, targets: readonly Target[]): Promise<void> {
  const { go, host, settings } = context
  const flags = settings.tags.length === 0 ? [] : [`-tags=${settings.tags.join(',')}`]
  const systems = new Map([host, ...targets].map((target) => [target.goos, target]))
  for (const target of [...systems.values()].slice(0, mostSystems + 1)) {
    context.system.log.debug(`listing packages for ${formatTarget(target)}`)
    await listPackages(go, settings.packages, { target, deps: true, test: true, flags })
  }
}

/** Requirements may change in the copy whatever GOFLAGS says; in a workspace the go command takes no -mod=mod. */
async function environment(context: ModuleContext, copy: string): Promise<Readonly<Record<string, string>>> {
  const { GOFLAGS = '' } = await context.listings.env()
  const flags = GOFLAGS.split(/\s+/).filter((word) => word !== '' && !/^--?mod(?:file|cacherw)?(?:=|$)/.test(word))
  return context.module.workspace === undefined
    ? { GOWORK: 'off', GOFLAGS: [...flags, '-mod=mod'].join(' ') }
    : { GOWORK: path.join(copy, 'go.work'), GOFLAGS: flags.join(' ') }
}

function withEnvironment(go: Go, env: Readonly<Record<string, string>>): Go {
  return {
    dir: go.dir,
    version: go.version,
    in: (dir) => withEnvironment(go.in(dir), env),
    run: (args, options = {}) =>
      go.run(args, {
        ...options,
        timeoutSeconds: Math.min(options.timeoutSeconds ?? mostSeconds, mostSeconds),
        env: { ...env, ...options.env },
      }),
  }
}

/** The files as they are now, to be brought back. */
async function remember(
  { system: { files } }: ModuleContext,
  names: readonly string[],
): Promise<{ readonly restore: () => Promise<void> }> {
  const texts = await Promise.all(
    names.map(async (name) => ((await files.stat(name)) === undefined ? undefined : files.readText(name))),
  )
  return {
    async restore() {
      for (const [index, name] of names.entries()) {
        const text = texts[index]
        if (text === undefined) await files.remove(name)
        else await files.write(name, text)
      }
    },
  }
}

function firstLine(text: string): string {
  return (
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? 'the go command refused it'
  )
}
