/** Version numbers as Go modules use them: `v` is required, minor and patch may be left out, build metadata does not order. */

interface Version {
  readonly major: string
  readonly minor: string
  readonly patch: string
  /** With its leading `-`. */
  readonly prerelease: string
  /** With its leading `+`. */
  readonly build: string
  /** What the text leaves out of `vX.Y.Z`: `''`, `.0` or `.0.0`. */
  readonly missing: string
}

const numberPattern = /^(?:0|[1-9][0-9]*)$/
const identifierPattern = /^[0-9A-Za-z-]+$/
const digitsPattern = /^[0-9]+$/

/** True for a version that Go accepts (golang.org/x/mod/semver): `v1`, `v1.2`, `v1.2.3-rc.1+incompatible`. */
export function isSemver(version: string): boolean {
  return parse(version) !== undefined
}

/**
 * Orders two versions as Go does: -1, 0 or 1. An invalid version is lower than any valid one; two invalid ones are equal.
 * Build metadata, `+incompatible` among it, takes no part.
 */
export function compareSemver(a: string, b: string): -1 | 0 | 1 {
  const left = parse(a)
  const right = parse(b)
  if (left === undefined || right === undefined) return left === right ? 0 : left === undefined ? -1 : 1
  return (
    compareNumbers(left.major, right.major) ||
    compareNumbers(left.minor, right.minor) ||
    compareNumbers(left.patch, right.patch) ||
    comparePrereleases(left.prerelease, right.prerelease)
  )
}

/** `v2` for `v2.3.4`; undefined for an invalid version. */
export function majorOf(version: string): string | undefined {
  const parsed = parse(version)
  return parsed === undefined ? undefined : `v${parsed.major}`
}

/** `-rc.1` for `v1.2.3-rc.1`, empty for a release; undefined for an invalid version. */
export function prereleaseOf(version: string): string | undefined {
  return parse(version)?.prerelease
}

/** True for `v2.0.0+incompatible`: a major version above 1 of a repository that had no go.mod then. */
export function isIncompatible(version: string): boolean {
  return parse(version)?.build === '+incompatible'
}

/**
 * The form that go.mod files and the module cache use: `vX.Y.Z` in full, no build metadata but `+incompatible`
 * (module.CanonicalVersion of golang.org/x/mod). Undefined for an invalid version.
 */
export function canonicalVersion(version: string): string | undefined {
  const parsed = parse(version)
  if (parsed === undefined) return undefined
  const base = `v${parsed.major}.${parsed.minor}.${parsed.patch}${parsed.prerelease}`
  return parsed.build === '+incompatible' ? base + parsed.build : base
}

export interface PseudoVersion {
  /** Commit time, UTC, as the version writes it: `yyyymmddhhmmss`. */
  readonly time: string
  /** The abbreviated commit. */
  readonly revision: string
}

/** True for a version that Go made up for a commit without a tag (https://go.dev/ref/mod#pseudo-versions). */
export function isPseudoVersion(version: string): boolean {
  return parsePseudoVersion(version) !== undefined
}

/**
 * The commit that a pseudo-version stands for, in all three of its forms: `vX.0.0-TIME-REV`, `vX.Y.Z-pre.0.TIME-REV`
 * and `vX.Y.Z-0.TIME-REV`. Undefined for any other version.
 */
export function parsePseudoVersion(version: string): PseudoVersion | undefined {
  const parsed = parse(version)
  if (parsed?.missing !== '') return undefined
  const dash = parsed.prerelease.lastIndexOf('-')
  if (dash <= 0) return undefined
  const revision = parsed.prerelease.slice(dash + 1)
  const stem = parsed.prerelease.slice(1, dash)
  const time = stem.slice(-14)
  if (!/^[0-9]{14}$/.test(time) || !/^[0-9A-Za-z]+$/.test(revision)) return undefined
  const before = stem.slice(0, -14)
  const untagged = before === '' && parsed.minor === '0' && parsed.patch === '0'
  return untagged || before === '0.' || before.endsWith('.0.') ? { time, revision } : undefined
}

function parse(version: string): Version | undefined {
  if (!version.startsWith('v')) return undefined
  const plus = version.indexOf('+')
  const build = plus < 0 ? '' : version.slice(plus)
  const withoutBuild = plus < 0 ? version : version.slice(0, plus)
  const dash = withoutBuild.indexOf('-')
  const prerelease = dash < 0 ? '' : withoutBuild.slice(dash)
  const numbers = withoutBuild.slice(1, dash < 0 ? undefined : dash).split('.', 4)
  const [major = '', minor = '0', patch = '0'] = numbers
  if (numbers.length > 3 || !numbers.every((part) => numberPattern.test(part))) return undefined
  if (numbers.length < 3 && (prerelease !== '' || build !== '')) return undefined
  if (prerelease !== '' && !prerelease.slice(1).split('.').every(isPrereleaseIdentifier)) return undefined
  if (
    build !== '' &&
    !build
      .slice(1)
      .split('.')
      .every((part) => identifierPattern.test(part))
  )
    return undefined
  return { major, minor, patch, prerelease, build, missing: '.0'.repeat(3 - numbers.length) }
}

function isPrereleaseIdentifier(part: string): boolean {
  return identifierPattern.test(part) && (!digitsPattern.test(part) || numberPattern.test(part))
}

/** Decimal numbers of any length, without leading zeros; no conversion, so that none loses digits. */
function compareNumbers(a: string, b: string): -1 | 0 | 1 {
  return a === b ? 0 : a.length < b.length || (a.length === b.length && a < b) ? -1 : 1
}

function comparePrereleases(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0
  if (a === '') return 1
  if (b === '') return -1
  const left = a.slice(1).split('.')
  const right = b.slice(1).split('.')
  for (let i = 0; i < left.length && i < right.length; i++) {
    const order = compareIdentifiers(left[i] ?? '', right[i] ?? '')
    if (order !== 0) return order
  }
  return left.length < right.length ? -1 : 1
}

function compareIdentifiers(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0
  const aNumeric = digitsPattern.test(a)
  const bNumeric = digitsPattern.test(b)
  if (aNumeric && bNumeric) return compareNumbers(a, b)
  if (aNumeric !== bNumeric) return aNumeric ? -1 : 1
  return a < b ? -1 : 1
}
