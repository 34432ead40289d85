import path from 'node:path'

import type { CgoReason } from '../../domain/name-services.ts'
import { formatPort, type Target } from '../../domain/port.ts'
import { compareGoVersions } from '../../modules/go-version.ts'
import type { ProbeContext } from './probe.ts'
import { readIfThere } from './read-if-there.ts'

/** CGO_ENABLED of a target as the go command decides it, and why. */
export interface CgoMode {
  readonly enabled: boolean
  readonly supported: boolean
  readonly reason: CgoReason
  /** The C compiler that the go command looks for. */
  readonly compiler?: string
}

/**
 * Asks `go env` for the mode and reads who decided it (cmd/go/internal/cfg, defaultContext): CGO_ENABLED from the
 * environment, the user's go env file or GOROOT/go.env, else off for a cross build, else on; since Go 1.20 only when CC is
 * in the environment or the default compiler is on PATH.
 */
export async function cgoMode(context: ProbeContext, target: Target): Promise<CgoMode> {
  const [ports, env, machine] = await Promise.all([
    context.listings.ports(),
    context.listings.env(target),
    context.listings.env(),
  ])
  const supported = ports.some(
    (port) => port.GOOS === target.goos && port.GOARCH === target.goarch && port.CgoSupported,
  )
  const enabled = env.CGO_ENABLED === '1'
  const compiler = env.CC === undefined || env.CC === '' ? {} : { compiler: env.CC }
  const mode = (reason: CgoReason): CgoMode => ({ enabled, supported, reason, ...compiler })
  if (!supported) return mode('unsupported')
  if (target.cgo !== undefined || (await isSet(context, env))) return mode('set')
  if (formatPort(target) !== `${machine.GOHOSTOS ?? ''}/${machine.GOHOSTARCH ?? ''}`) return mode('cross')
  const looks = compareGoVersions(context.go.version, 'go1.20') >= 0 && (context.system.env.CC ?? '') === ''
  return mode(looks ? (enabled ? 'compiler' : 'no-compiler') : 'default')
}

async function isSet(context: ProbeContext, env: Readonly<Record<string, string>>): Promise<boolean> {
  const value = context.system.env.CGO_ENABLED
  if (value === '0' || value === '1') return true
  const files = [env.GOENV ?? '', env.GOROOT === undefined ? '' : path.join(env.GOROOT, 'go.env')]
  for (const file of files) {
    if (file === '' || file === 'off') continue
    const text = (await readIfThere(context.system.files, file).catch(() => undefined)) ?? ''
    if (/^CGO_ENABLED=[01]\s*$/m.test(text)) return true
  }
  return false
}
