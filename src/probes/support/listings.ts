import { formatTarget, targetKey, type Target } from '../../domain/port.ts'
import type { Go } from '../../go/go.ts'
import { listPackages, listPorts, readGoEnv, type GoDistPort, type GoPackage, type Listed } from '../../go/list.ts'

/** What several probes ask of the go command, asked once. */
export interface Listings {
  /** The packages of a target with their dependencies, those of the host with their tests too; errors inside. Downloads what the build needs. */
  readonly packages: (target: Target) => Promise<Listed<GoPackage>>
  /** `go env` as it is for a target. */
  readonly env: (target?: Target) => Promise<Readonly<Record<string, string>>>
  /** The ports of the toolchain. */
  readonly ports: () => Promise<readonly GoDistPort[]>
}

/**
 * Memoised by target; the tags are those of the run, for they decide which files count. `known` is `go env -json` of the
 * directory when somebody asked before.
 */
export function createListings(
  go: Go,
  host: Target,
  patterns: readonly string[],
  tags: readonly string[],
  known?: Readonly<Record<string, string>>,
): Listings {
  const packages = new Map<string, Promise<Listed<GoPackage>>>()
  const envs = new Map<string, Promise<Readonly<Record<string, string>>>>()
  if (known !== undefined) envs.set('', Promise.resolve(known))
  const flags = tags.length === 0 ? [] : [`-tags=${tags.join(',')}`]
  const env = (target?: Target): Promise<Readonly<Record<string, string>>> =>
    memo(envs, target === undefined ? '' : targetKey(target), () =>
      readGoEnv(go, target === undefined ? {} : { target }),
    )
  /** The cgo mode written out, so that `auto` and what it comes to share one listing. */
  const resolve = async (target: Target): Promise<Target> => ({
    ...target,
    cgo: target.cgo ?? (await env(target)).CGO_ENABLED === '1',
  })
  const ports = new Map<string, Promise<readonly GoDistPort[]>>()
  return {
    env,
    ports: () => memo(ports, '', async () => (await listPorts(go)).values),
    async packages(target) {
      const wanted = await resolve(target)
      const key = targetKey(wanted)
      const test = formatTarget(wanted) === formatTarget(host)
      return memo(packages, key, () => listPackages(go, patterns, { target: wanted, deps: true, test, flags }))
    },
  }
}

function memo<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const found = known.get(key)
  if (found !== undefined) return found
  const made = make()
  known.set(key, made)
  return made
}
