import type { Observation } from '../../domain/observation.ts'
import type { PortCheck, PortCheckSlot } from '../../domain/port-check.ts'
import { listPackages } from '../../go/list.ts'
import { messagesFromPackageErrors } from '../../messages/package-errors.ts'
import { observeRun } from './observe.ts'
import { missingModule } from './port-observations.ts'
import type { ProbeContext } from './probe.ts'

/** Targets that are listed in one go: Windows, a BSD, WebAssembly and a few more cover what modules have for systems. */
const mostTargets = 6

/**
 * Downloads the modules that a check missed, which the host's build does without: by listing the packages of targets
 * that need them, as a build there would. `go mod download` could do it too, but writes go.sum. Returns what the go
 * command had to complain about.
 */
export async function downloadMissing(context: ProbeContext, check: PortCheck): Promise<readonly Observation[]> {
  const { system, go, settings } = context
  const observations: Observation[] = []
  const flags = settings.tags.length === 0 ? [] : [`-tags=${settings.tags.join(',')}`]
  for (const { target, name, others } of coveringSlots(check)) {
    system.log.progress(`downloading modules for ${name}`)
    const listing = await listPackages(go, settings.packages, { target, deps: true, test: true, flags })
    const observation = observeRun(listing, {
      probe: 'ports',
      module: context.module.dir,
      target,
      // Only what concerns the download: whatever else is wrong with a package, the check says itself.
      extra: messagesFromPackageErrors(listing.values.filter((pkg) => isAboutModules(pkg.Error?.Err ?? ''))),
    })
    const alsoOn = others.map((slot) => slot.target)
    if (observation.failed) observations.push({ ...observation, ...(alsoOn.length === 0 ? {} : { alsoOn }) })
  }
  return observations
}

interface Covering extends PortCheckSlot {
  /** Targets that miss nothing that this one does not miss: what fails here fails there. */
  readonly others: readonly PortCheckSlot[]
}

/** The fewest targets that together need all missing modules, the one that needs most of them first. */
function coveringSlots(check: PortCheck): readonly Covering[] {
  const needs = new Map<string, Set<string>>()
  for (const error of check.errors) {
    const module = missingModule(error)
    if (module === undefined) continue
    for (const slot of error.slots) needs.set(slot, (needs.get(slot) ?? new Set()).add(module))
  }
  const open = new Set([...needs.values()].flatMap((modules) => [...modules]))
  const chosen: Covering[] = []
  while (open.size > 0 && chosen.length < mostTargets) {
    const gain = ({ name }: PortCheckSlot): number =>
      [...(needs.get(name) ?? [])].filter((module) => open.has(module)).length
    const best = check.slots.reduce((a, b) => (gain(b) > gain(a) ? b : a))
    const covered = needs.get(best.name) ?? new Set()
    for (const module of covered) open.delete(module)
    const others = check.slots.filter((slot) => {
      const own = needs.get(slot.name)
      return own !== undefined && slot !== best && [...own].every((module) => covered.has(module))
    })
    chosen.push({ ...best, others })
  }
  return chosen
}

function isAboutModules(error: string): boolean {
  return /missing go\.sum entry|@v\d|module lookup|verifying|checksum/.test(error)
}
