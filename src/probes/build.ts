import path from 'node:path'

import type { BuildObservation, Observation } from '../domain/observation.ts'
import { formatPort, formatTarget, targetKey } from '../domain/port.ts'
import type { ReportTarget } from '../domain/report.ts'
import { planBuild, runBuild } from './support/go-build.ts'
import { withOrigins } from './support/message-origins.ts'
import { failureHeadline } from './support/observe.ts'
import type { PlannedTarget, Probe, ProbeContext } from './support/probe.ts'
import { targetErrors } from './support/target-errors.ts'

/** Every target compiled and linked for real. */
const build: Probe = {
  name: 'build',
  title: 'Every target compiled and linked',
  what: `Runs \`go build\` for every target, several at a time as cores and memory allow, with the build cache that your own
builds use. All compile errors are collected: a package with more than ten is built again with \`-gcflags=-e\`. Nothing is
written into the checkout; the programs go to a temporary folder, where the binary probe looks at them.`,
  async run(context) {
    const results = await Promise.all(
      context.targets.map((planned) => context.limit(() => buildTarget(context, planned))),
    )
    const rows = results.map((result) => result.row)
    const failed = rows.some((row) => row.build === 'fail')
    const skipped = rows.filter((row) => row.build === 'skipped')
    return {
      outcome: failed ? 'fail' : rows.length > 0 && skipped.length === rows.length ? 'skipped' : 'pass',
      ...(skipped.length === 0 ? {} : { reason: skipReason(skipped) }),
      observations: results.flatMap((result) => result.observations),
      targets: rows,
    }
  },
}

export default build

interface TargetBuild {
  readonly row: ReportTarget
  readonly observations: readonly Observation[]
}

async function buildTarget(context: ProbeContext, planned: PlannedTarget): Promise<TargetBuild> {
  const { target } = planned
  const { log, clock, files } = context.system
  const name = formatTarget(target)
  const started = clock.seconds()
  const listing = await context.listings.packages(target)
  const cgo = (await context.listings.env(target)).CGO_ENABLED === '1'
  const base = {
    module: context.module.dir,
    target: name,
    port: formatPort(target),
    ...(target.level === undefined ? {} : { level: target.level }),
    cgo,
    types: 'none' as const,
  }
  const seconds = (): number => round(clock.seconds() - started)
  const skipped = (reason: string): TargetBuild => ({
    row: { ...base, build: 'skipped', reason, seconds: seconds(), errors: [] },
    observations: [],
  })

  // The same failure on every target is one cause: the verify probe tells it once, from the host's listing.
  if (!listing.ok) return skipped(`the packages could not be loaded: ${failureHeadline(listing)}`)
  const plan = planBuild(listing.values)
  if (!planned.named && !cgo && plan.needsExternalLinker) {
    return skipped('its main packages need an external linker (Android NDK or Xcode), and cgo is off')
  }
  if (plan.packages === 0) return skipped('no package of the module is built for this target')

  log.progress(`building ${name}`)
  const outDir = path.join(context.scratchDir, 'bin', targetKey(target).replaceAll(/[^\w.-]+/g, '-'))
  await files.makeDir(outDir)
  const outcome = await runBuild(context, planned.target, plan, outDir)
  const { failed } = outcome.observation
  const bytes = outcome.binaries.reduce((sum, binary) => sum + binary.bytes, 0)
  log.info(
    `${failed ? 'FAIL' : 'ok  '} build ${name} ${seconds().toFixed(1)} s${bytes > 0 ? ` ${formatMegabytes(bytes)}` : ''}`,
  )
  if (failed) log.block(`Output of ${outcome.observation.command}`, outcome.observation.tail)

  const errors = targetErrors(outcome.observation, context, (await context.listings.env()).GOMODCACHE)
  const observation: BuildObservation = {
    kind: 'build',
    probe: 'build',
    module: context.module.dir,
    target,
    outcome: failed ? 'fail' : 'pass',
    cgo,
    binaries: outcome.binaries,
  }
  return {
    row: {
      ...base,
      build: failed ? 'fail' : 'pass',
      seconds: seconds(),
      ...(bytes > 0 ? { bytes } : {}),
      errors: errors.errors,
      ...(errors.truncated ? { truncated: true as const } : {}),
    },
    observations: [withOrigins(outcome.observation, listing.values), observation],
  }
}

function skipReason(rows: readonly ReportTarget[]): string {
  const first = rows[0]
  if (first === undefined) return ''
  const more = rows.length > 1 ? ` (and ${rows.length - 1} more)` : ''
  return `${first.target}${more} not built: ${first.reason ?? ''}`
}

function formatMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000
}
