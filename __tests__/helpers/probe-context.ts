import path from 'node:path'

import type { Target } from '../../src/domain/port.ts'
import { createGo } from '../../src/go/go.ts'
import { hostTarget } from '../../src/go/host.ts'
import { createListings } from '../../src/probes/support/listings.ts'
import type { Probe, ProbeContext, ProbeResult } from '../../src/probes/support/probe.ts'
import { createNodeSystem } from '../../src/system/node/system.ts'
import type { Log, System } from '../../src/system/types.ts'
import { findPathGo } from '../../src/toolchain/path-go.ts'
import { makeFolder } from './folder.ts'

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warning: () => undefined,
  error: () => undefined,
  block: () => undefined,
  progress: () => undefined,
}

/** The real machine, silent, with an environment like a user's: no settings of this workplace, nothing from the network. */
export function testSystem(env: Readonly<Record<string, string | undefined>> = {}): System {
  return createNodeSystem({
    log: silent,
    env: {
      ...process.env,
      GOENV: 'off',
      GOFLAGS: '',
      GOPROXY: 'off',
      GOTOOLCHAIN: 'local',
      GOWORK: '',
      CGO_ENABLED: '',
      ...env,
    },
  })
}

interface ContextParts {
  readonly dir?: string
  readonly workspace?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly targets?: readonly Target[]
  readonly named?: boolean
  readonly settings?: Partial<ProbeContext['settings']>
  readonly resultOf?: ProbeContext['resultOf']
}

/** A probe's context on a folder, with the real go. */
export async function probeContext(root: string, parts: ContextParts = {}): Promise<ProbeContext> {
  const system = testSystem(parts.env)
  const found = await findPathGo(system)
  if (found === undefined) throw new Error('these tests need a Go on PATH')
  const dir = parts.dir ?? '.'
  const absoluteDir = path.resolve(root, dir)
  const go = createGo({
    system,
    goBinary: found.go,
    goroot: found.goroot,
    version: found.version,
    dir: absoluteDir,
    gotoolchain: 'local',
    timeoutSeconds: 300,
  })
  const host = await hostTarget(go)
  const settings = { packages: ['./...'], tags: [], trimpath: false, timeoutSeconds: 300, ...parts.settings }
  return {
    system,
    root,
    module: { dir, absoluteDir, ...(parts.workspace === undefined ? {} : { workspace: parts.workspace }) },
    go,
    settings,
    host,
    targets: (parts.targets ?? [host]).map((target) => ({ target, named: parts.named ?? true })),
    listings: createListings(go, host, settings.packages, settings.tags),
    scratchDir: await makeFolder(),
    portCheck: { targets: [], tools: () => Promise.resolve({ unsupported: 'No port check here.' }), alone: false },
    limit: (work) => work(),
    resultOf: parts.resultOf ?? (() => Promise.resolve(undefined)),
  }
}

export async function runProbe(probe: Probe, root: string, parts: ContextParts = {}): Promise<ProbeResult> {
  return probe.run(await probeContext(root, parts))
}
