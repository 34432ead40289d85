import path from 'node:path'

import type { TagsObservation } from '../domain/platform-observation.ts'
import type { TagRun, UncompiledFile } from '../domain/platform.ts'
import type { PortCheck } from '../domain/port-check.ts'
import { knownNames } from '../modules/build-constraint.ts'
import { isNeverCompiled, readConstraint, tagSets, type Builds, type ConstrainedFile } from '../modules/build-tags.ts'
import { listGoFiles } from '../modules/go-files.ts'
import { parseGoMod } from '../modules/go-mod.ts'
import { checkPorts, PortcheckFailure } from '../portcheck/check.ts'
import { parseGoFlags } from '../portcheck/go-flags.ts'
import { buildRequest } from '../portcheck/request.ts'
import { downloadMissing } from './support/missing-modules.ts'
import { failureHeadline } from './support/observe.ts'
import { missingModule } from './support/port-observations.ts'
import type { PortCheckTools, Probe, ProbeContext } from './support/probe.ts'
import { readIfThere } from './support/read-if-there.ts'
import { tagRun } from './support/tag-runs.ts'

/** What is spent on a module at most: its sets of tags, the one without any included, and seconds. */
const mostRuns = 40
const mostSeconds = 180

/** Code that nobody compiles. */
const tags: Probe = {
  name: 'tags',
  title: 'The module with each of its own build tags, and files that no build compiles',
  what: `Reads the constraints of the module's own Go files. Every build tag that they use, beyond ports, cgo, releases of Go,
race and the like, \`ignore\` and tool files, is set on its own and in the combinations that files ask for, and the module's
packages are type-checked for every port: what fails then and not without the tags is a notice. At most ${mostRuns} sets and ${mostSeconds / 60}
minutes are spent; the report says what was left out. Files that no port compiles, whatever the tags, are named. Bodies of
dependencies are not looked at. It runs only when \`probes\` names it.`,
  onDemand: true,
  firstLegOnly: true,
  async run(context) {
    const found = await constrainedFiles(context)
    const uncompiled = neverCompiled(context, found)
    const env = await context.listings.env()
    const base = context.settings.tags.length > 0 ? context.settings.tags : (parseGoFlags(env.GOFLAGS ?? '').tags ?? [])
    const sets = tagSets(found.files, found.builds, base)
    const checked = await checkSets(context, sets, base)
    const observation: TagsObservation = {
      kind: 'tags',
      probe: 'tags',
      module: context.module.dir,
      runs: checked.runs,
      uncompiled,
    }
    const notes = [
      ...checked.notes,
      ...(found.complete ? [] : ['Not all Go files of the module were read for their tags.']),
    ]
    if (checked.skipped !== undefined) {
      return { outcome: 'skipped', reason: checked.skipped, observations: [observation], notes }
    }
    const reason = sets.length === 0 ? { reason: 'no file of the module uses a build tag of its own' } : {}
    return { outcome: 'pass', ...reason, observations: [observation], notes }
  },
}

export default tags

interface Found {
  readonly files: readonly ConstrainedFile[]
  readonly builds: Builds
  /** Minor version of the go line: what the module still supports. */
  readonly oldestMinor: number
  readonly complete: boolean
}

async function constrainedFiles(context: ProbeContext): Promise<Found> {
  const { files } = context.system
  const { absoluteDir } = context.module
  const text = await readIfThere(files, path.join(absoluteDir, 'go.mod'))
  const goMod = text === undefined ? undefined : parseGoMod(text)
  const ports = context.portCheck.targets.map(({ goos, goarch }) => ({ goos, goarch }))
  const builds = { ports, goMinor: minorOf(context.go.version) ?? 0 }
  const known = knownNames(ports)
  const listed = await listGoFiles(
    files,
    absoluteDir,
    goMod?.ignore.map((line) => line.value),
  )
  const constrained: ConstrainedFile[] = []
  for (const file of listed.files) {
    const source = await readIfThere(files, path.join(absoluteDir, file))
    const one = source === undefined ? undefined : readConstraint(file, source, known)
    if (one !== undefined) constrained.push(one)
  }
  return { files: constrained, builds, oldestMinor: minorOf(goMod?.go?.value ?? '') ?? 0, complete: listed.complete }
}

function neverCompiled(context: ProbeContext, { files, builds, oldestMinor }: Found): readonly UncompiledFile[] {
  return files
    .filter((one) => isNeverCompiled(one, builds, oldestMinor))
    .map(({ file, constraint }) => ({ file: path.posix.join(context.module.dir, file), constraint }))
}

interface Checked {
  readonly runs: readonly TagRun[]
  readonly notes: readonly string[]
  /** Why nothing was checked. */
  readonly skipped?: string
}

async function checkSets(
  context: ProbeContext,
  sets: readonly (readonly string[])[],
  base: readonly string[],
): Promise<Checked> {
  if (sets.length === 0) return { runs: [], notes: [] }
  const tools = await context.portCheck.tools()
  if ('unsupported' in tools) return { runs: [], notes: [], skipped: tools.unsupported }
  const listing = await context.listings.packages(context.host)
  if (!listing.ok) {
    return { runs: [], notes: [], skipped: `the packages could not be loaded: ${failureHeadline(listing)}` }
  }
  const { clock, log } = context.system
  const budget = Math.min(mostSeconds, context.settings.timeoutSeconds)
  const end = clock.seconds() + budget
  const notes = new Set<string>()
  const checks = new Map<string, PortCheck>()
  const runs: TagRun[] = []
  const unavailable = new Set<string>()
  for (const [index, set] of [[], ...sets].entries()) {
    const name = set.join(',')
    const left = end - clock.seconds()
    if (index >= mostRuns || left <= 0) {
      notes.add(leftOut(sets, Math.max(0, index - 1), left <= 0 ? `${budget} seconds` : `${mostRuns - 1} sets`))
      break
    }
    log.progress(`type-checking with ${name === '' ? 'no tags' : `-tags=${name}`}`)
    try {
      const check = await checkWith(context, tools, [...base, ...set], left, unavailable)
      for (const note of missingNote(set, check, checks.get(''))) notes.add(note)
      checks.set(name, check)
      if (index === 0) continue
      const known = [...checks].filter(([other]) => isPart(other, set)).map(([, one]) => one)
      const own = { ...check, errors: check.errors.filter((error) => missingModule(error) === undefined) }
      runs.push(tagRun(set, own, known, context.root))
    } catch (error) {
      if (!(error instanceof PortcheckFailure) || !error.timedOut) throw error
      notes.add(leftOut(sets, Math.max(0, index - 1), `${budget} seconds`))
      break
    }
  }
  return { runs, notes: [...notes] }
}

/** Modules that could not be had for a set of tags, beyond those that a build without any lacks too. */
function missingNote(set: readonly string[], check: PortCheck, plain: PortCheck | undefined): readonly string[] {
  const known = missingIn(plain)
  const missing = missingIn(check).filter((module) => !known.includes(module))
  if (missing.length === 0) return []
  const when = set.length === 0 ? 'Without tags' : `With -tags=${set.join(',')}`
  return [`${when} not all was checked: ${missing.slice(0, 3).join(', ')} could not be downloaded.`]
}

/**
 * Checks the module's own packages with some tags; modules that only these need are downloaded first. Those that cannot be
 * had are added to `unavailable` and not tried again.
 */
async function checkWith(
  context: ProbeContext,
  { tool, table }: PortCheckTools,
  tags: readonly string[],
  timeoutSeconds: number,
  unavailable: Set<string>,
): Promise<PortCheck> {
  const { system, go, module, settings, portCheck } = context
  const check = async (): Promise<PortCheck> => {
    const request = await buildRequest({
      system,
      go,
      env: await context.listings.env(),
      dir: module.absoluteDir,
      targets: portCheck.targets,
      table,
      patterns: settings.packages,
      tags,
      dependencyBodies: false,
      cacheDir: tool.resultsDir,
    })
    return checkPorts({ system, tool, request, timeoutSeconds: Math.max(1, timeoutSeconds) })
  }
  const first = await check()
  if (missingIn(first).every((module) => unavailable.has(module))) return first
  // What cannot be had is noted: it is no fault of the module.
  await downloadMissing({ ...context, settings: { ...settings, tags } }, first)
  const second = await check()
  for (const module of missingIn(second)) unavailable.add(module)
  return second
}

function missingIn(check: PortCheck | undefined): readonly string[] {
  const missing = check?.errors.map(missingModule).filter((module) => module !== undefined)
  return [...new Set(missing)]
}

function isPart(other: string, set: readonly string[]): boolean {
  const name = set.join(',')
  return other !== name && (other === '' || other.split(',').every((tag) => set.includes(tag)))
}

function leftOut(sets: readonly (readonly string[])[], done: number, budget: string): string {
  const rest = sets.slice(done).map((set) => set.join(','))
  const shown = rest.slice(0, 5).join(' ')
  return `The tags probe stopped after ${budget}; not checked: ${shown}${rest.length > 5 ? ` and ${rest.length - 5} more` : ''}.`
}

function minorOf(version: string): number | undefined {
  const minor = /^(?:go)?1\.(\d{1,4})/.exec(version)?.[1]
  return minor === undefined ? undefined : Number(minor)
}
