import type { Observation, SumsObservation } from '../domain/observation.ts'
import type { GoPackage } from '../go/list.ts'
import { messagesFromPackageErrors } from '../messages/package-errors.ts'
import { readModuleFiles } from './support/module-files.ts'
import { failureHeadline, observeRun } from './support/observe.ts'
import type { Probe, ProbeContext, ProbeResult } from './support/probe.ts'
import { compareSums } from './support/sums.ts'
import { observeTidy } from './support/tidy.ts'

/** go.mod and go.sum complete and true. */
const verify: Probe = {
  name: 'verify',
  title: 'go.mod and go.sum present, complete, tidy and true',
  what: `Reads go.mod, go.sum, go.work and vendor/modules.txt; loads every package with its dependencies and tests
(\`go list -e -deps -test\`), which downloads what the build needs; compares the hash of each downloaded module with go.sum;
runs \`go mod verify\`, which compares the module cache with itself; and asks \`go mod tidy -diff\` what it would change (Go
before 1.23: in a scratch copy). \`go mod verify\` on an empty cache passes without looking at anything: that is reported as
not checked, never as a pass.`,
  async run(context) {
    const files = await readModuleFiles(context)
    const listing = await context.listings.packages(context.host)
    const loading = observeRun(listing, {
      probe: 'verify',
      module: context.module.dir,
      extra: messagesFromPackageErrors(listing.values.filter(isOurs)),
    })
    const observations: Observation[] = [files, loading]
    if (!listing.ok) {
      // Whatever comes next would fail for the same reason and say it again.
      return { outcome: 'fail', reason: failureHeadline(listing), observations }
    }
    const comparing = compareSums(context, files, listing.values)
    // With vendor/ nothing was downloaded for the build; tidy downloads, and that must not count as what the build used.
    if (files.usesVendor) await comparing
    const [sums, cache, tidy] = await Promise.all([comparing, verifyCache(context), observeTidy(context)])
    observations.push(sums, ...cache, ...tidy.observations)
    const failed =
      loading.failed ||
      sums.mismatches.length > 0 ||
      cache.some((seen) => seen.kind === 'command' && seen.failed) ||
      tidy.differs
    return { ...conclude(failed, sums, files.usesVendor, tidy.reason), observations }
  },
}

export default verify

/** Errors of the standard library's packages are the toolchain's, told by the build. */
function isOurs(pkg: GoPackage): boolean {
  return pkg.Standard !== true
}

/** `go mod verify`: zip and directory of every cached module of the build list against the hash noted beside them. */
async function verifyCache(context: ProbeContext): Promise<readonly Observation[]> {
  const run = await context.go.run(['mod', 'verify'])
  if (run.ok) return []
  return [observeRun(run, { probe: 'verify', module: context.module.dir, readStdout: true })]
}

function conclude(
  failed: boolean,
  sums: SumsObservation,
  usesVendor: boolean,
  tidyReason: string | undefined,
): Pick<ProbeResult, 'outcome' | 'reason'> {
  const reasons = [
    ...(usesVendor ? ['built from vendor/, which go.sum does not cover'] : []),
    ...(sums.notDownloaded.length > 0 && !usesVendor
      ? [`${sums.notDownloaded.length} modules are not in the module cache and were not compared with go.sum`]
      : []),
    ...(tidyReason === undefined ? [] : [tidyReason]),
  ]
  const nothing = sums.checked === 0 && (usesVendor || sums.notDownloaded.length > 0)
  const outcome = failed ? 'fail' : nothing ? 'skipped' : 'pass'
  return { outcome, ...(reasons.length === 0 ? {} : { reason: reasons.join('; ') }) }
}
