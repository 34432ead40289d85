import { createFacts } from '../diagnosis/facts/create-facts.ts'
import { noFacts } from '../diagnosis/facts/no-facts.ts'
import { createGoFolders, type GoFolders } from '../diagnosis/facts/excluded.ts'
import { createGoSource, type GoSource } from '../diagnosis/facts/source.ts'
import type { Facts } from '../domain/facts.ts'
import type { GraphObservation, Observation } from '../domain/observation.ts'
import { targetEnvironment, targetKey, type Target } from '../domain/port.ts'
import { createGo, type Go } from '../go/go.ts'
import { createChecksumDatabase } from '../modules/sumdb/client.ts'
import type { System } from '../system/types.ts'
import { findPathGo } from '../toolchain/path-go.ts'
import type { ModuleContext, Snapshot } from './record.ts'
import { rememberedFiles } from './remembered-files.ts'
import { repositoryRoot } from './repository.ts'

const diagnoseTimeoutSeconds = 120

/** Facts for every observation of a run, kept by module and target; what the probes already know is not looked up again. */
export function createFactSource(
  system: System,
  root: string,
  seen: Pick<Snapshot, 'contexts' | 'ports' | 'observations'>,
): (observation: Observation) => Facts {
  const known = new Map<string, Facts>()
  const sources = new Map<string, GoSource>()
  const files = rememberedFiles(system.files)
  const folders = createGoFolders(files)
  const sourceOf = (context: ModuleContext): GoSource => {
    const found = sources.get(context.module.dir) ?? createGoSource(context.go)
    sources.set(context.module.dir, found)
    return found
  }
  return (observation) => {
    const context = seen.contexts.get(observation.module ?? '')
    if (context === undefined) return noFacts
    const key = `${observation.module ?? ''}\0${observation.target === undefined ? '' : targetKey(observation.target)}`
    const found =
      known.get(key) ?? moduleFacts(system, root, seen, context, observation, { go: sourceOf(context), files, folders })
    known.set(key, found)
    return found
  }
}

function moduleFacts(
  system: System,
  root: string,
  seen: Pick<Snapshot, 'ports' | 'observations'>,
  context: ModuleContext,
  observation: Observation,
  shared: { readonly go: GoSource; readonly files: ReturnType<typeof rememberedFiles>; readonly folders: GoFolders },
): Facts {
  const { listings, module, settings } = context
  const { go, files, folders } = shared
  const graph = seen.observations.find(
    (one): one is GraphObservation => one.kind === 'graph' && one.module === observation.module,
  )
  return createFacts({
    files,
    root,
    moduleDir: module.absoluteDir,
    tags: settings.tags,
    folders,
    ...(observation.target === undefined ? {} : { target: observation.target }),
    go: {
      ...go,
      env: (target) => envFor(listings, target).catch(() => undefined),
      ports: () => Promise.resolve(seen.ports),
      ...(graph === undefined ? {} : { graph: () => Promise.resolve(graph.edges) }),
    },
    lookupChecksums: checksumLookup(system, () => listings.env()),
  })
}

/**
 * `go env` for a target. Where its cgo mode is decided, nothing else that facts read depends on the target, and a process
 * for each of 47 ports would take longer than the check of all.
 */
async function envFor(
  listings: ModuleContext['listings'],
  target: Target | undefined,
): Promise<Readonly<Record<string, string>>> {
  if (target?.cgo === undefined) return listings.env(target)
  return { ...(await listings.env()), ...targetEnvironment(target) }
}

/** Facts of a checkout for `diagnose --dir`: its files, and the Go on PATH when there is one. */
export async function checkoutFacts(system: System, dir: string): Promise<Facts> {
  const moduleDir = await system.files.realPath(dir)
  const found = await findPathGo(system)
  const base = { files: system.files, root: await repositoryRoot(system.files, moduleDir), moduleDir }
  if (found === undefined) return createFacts(base)
  const go: Go = createGo({
    system,
    goBinary: found.go,
    goroot: found.goroot,
    version: found.version,
    dir: moduleDir,
    gotoolchain: 'local',
    timeoutSeconds: diagnoseTimeoutSeconds,
  })
  const source = createGoSource(go)
  const env = async (): Promise<Readonly<Record<string, string>>> => (await source.env()) ?? {}
  return createFacts({ ...base, go: source, lookupChecksums: checksumLookup(system, env) })
}

function checksumLookup(
  system: System,
  readEnv: () => Promise<Readonly<Record<string, string>>>,
): NonNullable<Parameters<typeof createFacts>[0]['lookupChecksums']> {
  let database: Promise<ReturnType<typeof createChecksumDatabase>> | undefined
  return async (module) => {
    database ??= readEnv().then((env) =>
      createChecksumDatabase(system, {
        gosumdb: env.GOSUMDB ?? '',
        gonosumdb: env.GONOSUMDB ?? '',
        goprivate: env.GOPRIVATE ?? '',
        goproxy: env.GOPROXY ?? '',
      }),
    )
    return (await database).lookup(module)
  }
}

export { noFacts }
