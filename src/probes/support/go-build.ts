import path from 'node:path'

import type { Message } from '../../domain/message.ts'
import type { CommandObservation } from '../../domain/observation.ts'
import { targetEnvironment, type Target } from '../../domain/port.ts'
import type { GoPackage } from '../../go/list.ts'
import { parseBuildEvent } from '../../go/build-events.ts'
import { displayCommand } from '../../go/go.ts'
import { compareGoVersions } from '../../modules/go-version.ts'
import { createOutputReader, observeCommand } from './observe.ts'
import type { ProbeContext } from './probe.ts'

/** What one target's build has to do. */
export interface BuildPlan {
  /** Number of packages that the patterns match, tests aside. */
  readonly packages: number
  /** Import paths of main packages that load, in groups whose programs have different names. */
  readonly mains: readonly (readonly string[])[]
  readonly needsExternalLinker: boolean
}

export interface BuiltBinary {
  readonly package: string
  readonly path: string
  readonly bytes: number
}

/** Plans a build from a listing: which mains there are, and whether two of them would overwrite each other in one folder. */
export function planBuild(packages: readonly GoPackage[]): BuildPlan {
  const own = packages.filter(
    (pkg) => pkg.DepOnly !== true && pkg.ForTest === undefined && !pkg.ImportPath.endsWith('.test'),
  )
  const mains = own.filter((pkg) => pkg.Name === 'main' && (pkg.GoFiles?.length ?? 0) + (pkg.CgoFiles?.length ?? 0) > 0)
  const groups: { names: Set<string>; paths: string[] }[] = []
  for (const main of mains) {
    const name = programName(main.ImportPath)
    const group = groups.find((candidate) => !candidate.names.has(name))
    if (group === undefined) groups.push({ names: new Set([name]), paths: [main.ImportPath] })
    else {
      group.names.add(name)
      group.paths.push(main.ImportPath)
    }
  }
  return {
    packages: own.length,
    mains: groups.map((group) => group.paths),
    needsExternalLinker: own.some((pkg) => pkg.Error?.Err.includes('requires external (cgo) linking') === true),
  }
}

/**
 * The name go build gives to a program: the last element of the import path, or the one before a major version suffix
 * (cmd/go/internal/load, DefaultExecName).
 */
export function programName(importPath: string): string {
  const parts = importPath.split('/')
  const last = parts.at(-1) ?? importPath
  return parts.length > 1 && /^v[2-9]\d*$|^v1\d+$/.test(last) ? (parts.at(-2) ?? last) : last
}

/** Builds one target into `outDir`. Returns one observation for all of it. */
export async function runBuild(
  context: ProbeContext,
  target: Target,
  plan: BuildPlan,
  outDir: string,
): Promise<{ readonly observation: CommandObservation; readonly binaries: readonly BuiltBinary[] }> {
  const { settings } = context
  const [first = [], ...others] = plan.mains
  let observation: CommandObservation
  if (others.length === 0) {
    observation = await goBuild(context, target, outputPath(first, outDir, context), settings.packages)
  } else {
    // Programs of one name would overwrite each other: everything is compiled first, then each group is linked apart.
    observation = await goBuild(context, target, devNull(context), settings.packages)
    for (const [index, group] of plan.mains.entries()) {
      if (observation.failed) break
      observation = await goBuild(context, target, outputPath(group, groupDir(outDir, index, plan), context), group)
    }
  }
  const overflowing = overflowingPackages(observation.messages)
  if (overflowing.length > 0) {
    // -e lifts the limit of ten errors a package (cmd/compile). Only now, since it makes other cache entries.
    const flags = overflowing.map((pkg) => `-gcflags=${pkg}=-e`)
    observation = await goBuild(context, target, devNull(context), settings.packages, flags)
  }
  return { observation, binaries: observation.failed ? [] : await findBinaries(context, target, plan, outDir) }
}

async function goBuild(
  context: ProbeContext,
  target: Target,
  to: string,
  packages: readonly string[],
  more: readonly string[] = [],
): Promise<CommandObservation> {
  const { settings, go } = context
  const output = createOutputReader()
  const json = compareGoVersions(go.version, 'go1.24') >= 0
  const flags = [
    ...(settings.trimpath ? ['-trimpath'] : []),
    ...(settings.tags.length > 0 ? [`-tags=${settings.tags.join(',')}`] : []),
    ...(settings.ldflags === undefined ? [] : [`-ldflags=${settings.ldflags}`]),
    ...more,
  ]
  // Always -o: a lone main package would otherwise be written into the checkout.
  const args = ['build', ...(json ? ['-json'] : []), ...flags, '-o', to, '--', ...packages]
  const run = await go.run(args, {
    target,
    timeoutSeconds: settings.timeoutSeconds,
    onLine(line, stream) {
      const event = json && stream === 'stdout' ? parseBuildEvent(line) : undefined
      if (event === undefined) output.push(line)
      else if (event.Action === 'build-output')
        for (const text of (event.Output ?? '').split('\n')) if (text !== '') output.push(text)
    },
  })
  const observation = observeCommand(run, output.end(), { probe: 'build', module: context.module.dir, target })
  // Shown without the flags that only matter to us, so that a person who pastes it sees the same failure.
  return { ...observation, command: displayCommand(['build', ...flags, ...packages], targetEnvironment(target)) }
}

function overflowingPackages(messages: readonly Message[]): readonly string[] {
  const names = messages.flatMap((message) =>
    message.text.endsWith('too many errors') && message.package !== undefined
      ? [message.package.split(' ')[0] ?? '']
      : [],
  )
  return [...new Set(names.filter((name) => name !== ''))]
}

function outputPath(mains: readonly string[], dir: string, context: ProbeContext): string {
  return mains.length === 0 ? devNull(context) : `${dir}${path.sep}`
}

function devNull(context: ProbeContext): string {
  return context.system.host.platform === 'win32' ? 'NUL' : '/dev/null'
}

function groupDir(outDir: string, index: number, plan: BuildPlan): string {
  return plan.mains.length === 1 ? outDir : path.join(outDir, String(index))
}

async function findBinaries(
  context: ProbeContext,
  target: Target,
  plan: BuildPlan,
  outDir: string,
): Promise<readonly BuiltBinary[]> {
  const suffix = target.goos === 'windows' ? '.exe' : ''
  const binaries: BuiltBinary[] = []
  for (const [index, group] of plan.mains.entries()) {
    for (const importPath of group) {
      const file = path.join(groupDir(outDir, index, plan), programName(importPath) + suffix)
      const stat = await context.system.files.stat(file)
      if (stat !== undefined) binaries.push({ package: importPath, path: file, bytes: stat.bytes })
    }
  }
  return binaries
}
