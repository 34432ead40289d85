/**
 * Go's own versions and their order, which is not semver's: 1.21 (the language) < 1.21rc1 < 1.21.0
 * (internal/gover/gover.go). Versions are written with or without `go` in front here, and a toolchain's own suffix
 * (`go1.21.3-custom`) does not count.
 */
export interface GoVersion {
  readonly major: string
  readonly minor: string
  /** Empty for a language version from 1.21 on, and for a pre-release. */
  readonly patch: string
  /** `alpha`, `beta`, `rc`, or empty. */
  readonly kind: string
  readonly pre: string
}

const number = '(?:0|[1-9][0-9]{0,19})'
const shape = new RegExp(`^(${number})(?:\\.(${number})(?:\\.(${number})|([a-z]{1,10})(${number})?)?)?$`)

/** Parses `1.21`, `go1.21.3`, `1.21rc2`; undefined when it is no Go version. Numbers stay text: they may be longer than a number is exact. */
export function parseGoVersion(version: string): GoVersion | undefined {
  const found = shape.exec(bare(version))
  if (found === null) return undefined
  const [, major = '', minor, patch, kind = '', pre = ''] = found
  if (minor === undefined) return { major, minor: '0', patch: '0', kind, pre }
  // Before 1.21 there was no 1.N.0: the first release was 1.N itself.
  const implied = patch === undefined && kind === '' && compareNumbers(minor, '21') < 0 ? '0' : ''
  return { major, minor, patch: patch ?? implied, kind, pre }
}

/** True for `1.21`, `go1.21.3`, `1.21rc2`. */
export function isGoVersion(version: string): boolean {
  return parseGoVersion(version) !== undefined
}

/** Negative, 0 or positive as `a` is older than, the same as or newer than `b`. What is no version is older than any. */
export function compareGoVersions(a: string, b: string): number {
  const x = parseGoVersion(a)
  const y = parseGoVersion(b)
  if (x === undefined || y === undefined) return Number(x !== undefined) - Number(y !== undefined)
  return (
    compareNumbers(x.major, y.major) ||
    compareNumbers(x.minor, y.minor) ||
    compareNumbers(x.patch, y.patch) ||
    (x.kind < y.kind ? -1 : x.kind > y.kind ? 1 : 0) ||
    compareNumbers(x.pre, y.pre)
  )
}

/** `1.21` for `go1.21.3` and `1.21rc2`: the version that decides over the language. Empty when it is no version. */
export function languageVersion(version: string): string {
  const parsed = parseGoVersion(version)
  return parsed === undefined ? '' : `${parsed.major}.${parsed.minor}`
}

/** True for a version that names no release but a language (`1.21`; 1.20 and older are their own first release). */
export function isLanguageVersion(version: string): boolean {
  const parsed = parseGoVersion(version)
  return parsed?.patch === '' && parsed.kind === ''
}

/** True for an alpha, beta or release candidate. */
export function isPrerelease(version: string): boolean {
  return (parseGoVersion(version)?.kind ?? '') !== ''
}

/** Without `go` in front and without a toolchain's own suffix (`go1.21.3-custom`, `go1.21.3 X:loopvar`). */
function bare(version: string): string {
  if (!version.startsWith('go')) return version
  const end = version.search(/[-\s+]/)
  return version.slice(2, end === -1 ? undefined : end)
}

function compareNumbers(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)
}
