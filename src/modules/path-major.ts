import { isIncompatible, majorOf } from './semver.ts'

/** A module path cut before its major version suffix: `/v2`, `.v3` (gopkg.in) or nothing. */
export interface PathMajor {
  readonly prefix: string
  readonly major: string
}

/**
 * Cuts the major version suffix off a module path; undefined when the suffix is one that Go forbids (`/v1`, `/v0`, `/v02`,
 * `/v1.2`, a gopkg.in path without `.vN`). Source: module.SplitPathVersion of golang.org/x/mod.
 */
export function splitPathMajor(path: string): PathMajor | undefined {
  const gopkg = path.startsWith('gopkg.in/')
  const slash = path.lastIndexOf('/')
  if (!gopkg) {
    const last = path.slice(slash + 1)
    if (slash < 1 || !/^v[0-9.]+$/.test(last)) return { prefix: path, major: '' }
    return /^v(?:[2-9]|[1-9][0-9]+)$/.test(last) ? { prefix: path.slice(0, slash), major: `/${last}` } : undefined
  }
  const dot = path.lastIndexOf('.v')
  const suffix = path.slice(dot)
  return /^\.v(?:0|[1-9][0-9]*)(?:-unstable)?$/.test(suffix) ? { prefix: path.slice(0, dot), major: suffix } : undefined
}

/**
 * What the path asks of the version's major (`v2`; `v0 or v1` for a path without a suffix), or undefined when a canonical
 * version fits. Source: module.CheckPathMajor of golang.org/x/mod.
 */
export function majorMismatch(pathMajor: string, version: string): string | undefined {
  const major = majorOf(version)
  if (pathMajor === '') return major === 'v0' || major === 'v1' || isIncompatible(version) ? undefined : 'v0 or v1'
  const wanted = pathMajor.slice(1).replace(/-unstable$/, '')
  // gopkg.in/….v1 used to be given v0.0.0 pseudo-versions, which old go.mod files still hold.
  const oldPseudoVersion = pathMajor.startsWith('.') && wanted === 'v1' && version.startsWith('v0.0.0-')
  return major === wanted || oldPseudoVersion ? undefined : wanted
}
