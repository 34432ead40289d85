import type { Observation } from '../domain/observation.ts'
import type { PlatformToolsObservation } from '../domain/platform-observation.ts'
import { formatPort, type Target } from '../domain/port.ts'
import { observeFileNames } from './support/file-names.ts'
import { planBuild } from './support/go-build.ts'
import { observeLevels } from './support/levels.ts'
import { namedTargets } from './support/named-targets.ts'
import { androidTools, iosTools } from './support/phone-tools.ts'
import type { Probe, ProbeContext } from './support/probe.ts'

/** What platforms ask beyond code that compiles. */
const platforms: Probe = {
  name: 'platforms',
  title: 'What processors, file systems and phones ask beyond code that compiles',
  what: `Reads the level variables (GOAMD64, GOARM and the like) with \`go env\`, and the level of each target beside the
processors that the policy declares; the names of the module's files (\`git ls-files\`) for what Go refuses in a module and
Windows on a disk; and, when the project names android or ios (targets, goreleaser) and the module has main packages, whether the Android NDK or
Xcode (\`xcode-select -p\`, \`xcrun --sdk\`) is there. Nothing is built.`,
  async run(context) {
    const [levels, names, ...tools] = await Promise.all([
      observeLevels(context),
      observeFileNames(context),
      observeTools(context, 'android'),
      observeTools(context, 'ios'),
    ])
    const observations: readonly Observation[] = [levels, names, ...tools.filter((one) => one !== undefined)]
    return { outcome: 'pass', observations }
  },
}

export default platforms

async function observeTools(
  context: ProbeContext,
  system: 'android' | 'ios',
): Promise<PlatformToolsObservation | undefined> {
  const named = namedTargets(context).filter((target) => target.goos === system)
  const listed = await Promise.all(named.map((target) => linked(context, target)))
  const targets = named.filter((_, index) => (listed[index]?.length ?? 0) > 0)
  if (targets.length === 0) return undefined
  const tools =
    system === 'android'
      ? await androidTools(context.system, targets)
      : await iosTools(context.system, targets, (await context.listings.env()).GOROOT ?? '')
  return {
    kind: 'platform-tools',
    probe: 'platforms',
    module: context.module.dir,
    tools,
    targets,
    mains: [...new Set(listed.flat())],
  }
}

/** Main packages of a target that the linker of the platform has to link. */
async function linked(context: ProbeContext, target: Target): Promise<readonly string[]> {
  const listing = await context.listings.packages(target)
  if (!listing.ok) return []
  const cgo = (await context.listings.env(target)).CGO_ENABLED === '1'
  // android/arm64 alone links without the NDK, as long as cgo is off (internal/platform, MustLinkExternal).
  if (!cgo && formatPort(target) === 'android/arm64') return []
  return planBuild(listing.values).mains.flat()
}
