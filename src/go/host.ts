import type { Target } from '../domain/port.ts'
import type { Go } from './go.ts'
import { readGoEnv } from './list.ts'

/** The port that a toolchain runs on and builds for by default, GOOS and GOARCH of the environment left out of account. */
export async function hostTarget(go: Go): Promise<Target> {
  return hostOf(await readGoEnv(go))
}

/** The same from `go env -json`. */
export function hostOf(env: Readonly<Record<string, string>>): Target {
  const { GOHOSTOS: goos, GOHOSTARCH: goarch } = env
  if (goos === undefined || goarch === undefined) throw new Error('`go env` names no GOHOSTOS and GOHOSTARCH')
  return { goos, goarch }
}
