import path from 'node:path'

import type { Observation } from '../domain/observation.ts'
import type { PortCheck } from '../domain/port-check.ts'
import type { ReportTarget } from '../domain/report.ts'
import { parseGoMod } from '../modules/go-mod.ts'
import { parseGoWork } from '../modules/go-work.ts'
import { checkPorts } from '../portcheck/check.ts'
import { RequestError } from '../portcheck/module-list.ts'
import { buildRequest, type PortCheckRequest } from '../portcheck/request.ts'
import { downloadMissing } from './support/missing-modules.ts'
import { failureHeadline, observeRun } from './support/observe.ts'
import { missingModule, portObservations } from './support/port-observations.ts'
import { portRows } from './support/port-rows.ts'
import type { PortCheckTools, Probe, ProbeContext, ProbeResult } from './support/probe.ts'
import { observeWasmUses, wasmWatch } from './support/wasm-uses.ts'

/** Downloads lead to packages that want further ones, rarely more than once. */
const mostRounds = 4

/** Every port of the toolchain, without compiling. */
const ports: Probe = {
  name: 'ports',
  title: 'Every port type-checked from source',
  what: `Reads the module and what it imports once and type-checks it for every port of \`go tool dist list\` (and for each
target with a level), test files included, with the type checker of the Go in use: the compiler's errors, and the go
command's own about files, imports and constraints, in less time than one build. It needs Go 1.22 or newer. A main package
for a port that needs an external linker (Android, iOS) is skipped. What only a compiler, an assembler, a linker or a C
compiler can see is left to the build probe; where both look at a target, the build has the last word. Errors on the host
and on targets that are named fail the run; those of other ports are one notice. \`node dist/cli.js ports\` runs this alone.`,
  firstLegOnly: true,
  async run(context) {
    const tools = await context.portCheck.tools()
    if ('unsupported' in tools) {
      return skipped(`${tools.unsupported} What is known of ports comes from the build probe alone.`)
    }
    if (!context.portCheck.alone) {
      const listing = await context.listings.packages(context.host)
      // The true cause is told once, from the host's listing.
      if (!listing.ok) return skipped(`the packages could not be loaded: ${failureHeadline(listing)}`)
    }
    // Nobody else looks at these files now, and the go command refuses them whatever the types are.
    const refused = context.portCheck.alone && (await hasWrongFiles(context)) ? await unloadable(context) : undefined
    if (refused !== undefined) return refused
    const request = await requestFor(context, tools)
    if ('observations' in request) return request
    // A vendor folder that does not fit go.mod stops every go command; this one asks for nothing else.
    const vendored = context.portCheck.alone && request.wire.vendor !== undefined
    const stale = vendored && !(await context.go.run(['list', '-m'])).ok ? await unloadable(context) : undefined
    if (stale !== undefined) return stale
    const { check, observations } = await checkAll(context, tools, request)
    if (context.portCheck.alone && check.errors.some((error) => error.kind === 'load')) {
      const broken = await unloadable(context)
      if (broken !== undefined) return broken
    }
    return conclude(context, check, observations)
  },
}

export default ports

async function requestFor(context: ProbeContext, tools: PortCheckTools): Promise<PortCheckRequest | ProbeResult> {
  const { system, go, module, settings, portCheck } = context
  const watch = wasmWatch(context)
  try {
    return await buildRequest({
      system,
      go,
      env: await context.listings.env(),
      dir: module.absoluteDir,
      targets: portCheck.targets,
      table: tools.table,
      patterns: settings.packages,
      tags: settings.tags,
      cacheDir: tools.tool.resultsDir,
      ...(watch === undefined ? {} : { watch }),
    })
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    const broken = await unloadable(context)
    if (broken !== undefined) return broken
    throw error
  }
}

async function hasWrongFiles({ system, root, module }: ProbeContext): Promise<boolean> {
  const read = (file: string): Promise<string> => system.files.readText(file).catch(() => '')
  const goMod = parseGoMod(await read(path.join(module.absoluteDir, 'go.mod')))
  if (goMod.problems.length > 0) return true
  if (module.workspace === undefined) return false
  return parseGoWork(await read(path.resolve(root, module.workspace, 'go.work'))).problems.length > 0
}

/** What the go command says when it cannot load the packages either: the true cause; undefined when it can. */
async function unloadable(context: ProbeContext): Promise<ProbeResult | undefined> {
  const listing = await context.listings.packages(context.host)
  if (listing.ok) return undefined
  return {
    outcome: 'fail',
    reason: `the packages could not be loaded: ${failureHeadline(listing)}`,
    observations: [observeRun(listing, { probe: 'ports', module: context.module.dir })],
  }
}

/** Checks, and where modules for other ports are not there yet, has them downloaded and checks again. */
async function checkAll(
  context: ProbeContext,
  tools: PortCheckTools,
  request: PortCheckRequest,
): Promise<{ readonly check: PortCheck; readonly observations: readonly Observation[] }> {
  const { system, settings, portCheck } = context
  const limit = portCheck.limit ?? ((work) => work())
  const seen = new Set<string>()
  const observations: Observation[] = []
  let current: PortCheckRequest = request
  for (let round = 1; ; round++) {
    const asked = current
    const check = await limit(() =>
      checkPorts({
        system,
        tool: tools.tool,
        request: asked,
        timeoutSeconds: settings.timeoutSeconds,
        onProgress: ({ phase, done, total }) =>
          system.log.progress(`type-checking every port: ${phaseWords[phase]} ${done} of ${total}`),
        onError: (error) => {
          if (missingModule(error) === undefined) portCheck.onError?.(error)
        },
      }),
    )
    const missing = check.errors.flatMap((error) => missingModule(error) ?? []).filter((name) => !seen.has(name))
    if (missing.length === 0 || round === mostRounds) return { check, observations }
    for (const name of missing) seen.add(name)
    observations.push(...(await downloadMissing(context, check)))
    const again = await requestFor(context, tools)
    if ('observations' in again) return { check, observations }
    current = again
  }
}

const phaseWords = { load: 'files read', main: 'the module,', dependencies: 'dependencies,' } as const

async function conclude(
  context: ProbeContext,
  check: PortCheck,
  observations: readonly Observation[],
): Promise<ProbeResult> {
  const env = await context.listings.env()
  const wasm = observeWasmUses(check, context)
  const rows = portRows(check, context, env.GOMODCACHE)
  const unknown = new Set(check.slots.filter((_, index) => rows[index]?.types === 'skipped').map(({ name }) => name))
  const failing = rows.filter((row) => row.types === 'fail')
  const looked = rows.filter((row) => row.types !== 'skipped')
  const word = failing.length > 0 ? 'FAIL' : 'ok  '
  context.system.log.info(`${word} types ${looked.length} targets ${check.seconds.toFixed(1)} s`)
  return {
    outcome: failing.length > 0 ? 'fail' : looked.length === 0 ? 'skipped' : 'pass',
    ...reasonOf(rows, failing.length, looked.length),
    observations: [
      ...portObservations(check, context, unknown),
      ...observations,
      ...(wasm === undefined ? [] : [wasm]),
    ],
    targets: rows,
    notes: [...check.notes, ...uncertainNotes(check)],
  }
}

function reasonOf(rows: readonly ReportTarget[], failing: number, looked: number): { readonly reason?: string } {
  if (failing > 0) return { reason: `${failing} of ${looked} targets do not type-check` }
  const left = rows.find((row) => row.types === 'skipped')
  if (left === undefined) return {}
  const more = rows.length - looked - 1
  return { reason: `${left.target}${more > 0 ? ` (and ${more} more)` : ''} not checked: ${left.reason ?? ''}` }
}

const mostNamed = 3

/** One sentence for all packages of which the type check cannot know everything. */
function uncertainNotes(check: PortCheck): readonly string[] {
  const byReason = new Map<string, Set<string>>()
  for (const { package: name, reason } of check.uncertain)
    byReason.set(reason, (byReason.get(reason) ?? new Set()).add(name))
  return [...byReason].map(([reason, packages]) => {
    const names = [...packages].sort()
    const more = names.length - mostNamed
    return `The type check cannot decide everything about ${names.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more packages` : ''}: ${reason}.`
  })
}

function skipped(reason: string): ProbeResult {
  return { outcome: 'skipped', reason, observations: [] }
}
