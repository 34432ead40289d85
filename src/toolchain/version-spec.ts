import semver from 'semver'

import { compareGoVersions, isPrerelease, languageVersion, parseGoVersion } from '../modules/go-version.ts'

/** What `go-version` may say, as setup-go reads it. `text` is what the user wrote. */
export type VersionSpec =
  | { readonly kind: 'exact'; readonly version: string; readonly text: string }
  | { readonly kind: 'range'; readonly range: string; readonly text: string }
  | { readonly kind: 'alias'; readonly alias: 'stable' | 'oldstable'; readonly text: string }

/**
 * Parses a `go-version`: `1.22.3`, `go1.22.3`, `1.22` (its newest patch), `^1.22`, `>=1.21 <1.23`, `1.22.x`, `1.27rc1`, `1.27.0-rc.1`,
 * `stable`, `oldstable`. `where` names the input or file in errors. Throws for anything else, and for `1.2` in a workflow:
 * YAML reads an unquoted 1.20 as that number.
 */
export function parseVersionSpec(given: string, where = 'go-version'): VersionSpec {
  const text = given.trim()
  if (text === 'stable' || text === 'oldstable') return { kind: 'alias', alias: text, text }
  if (where === 'go-version' && /^1\.[1-9]$/.test(text)) {
    throw new Error(
      `go-version ${text}: YAML reads an unquoted ${text}0 as the number ${text}. Write go-version: '${text}0', in quotes. ` +
        `(Go ${text} itself has no modules; if it is meant, write '${text}.x'.)`,
    )
  }
  const exact = parseExact(text.replace(/^(go|v)(?=[0-9])/, ''))
  if (exact !== undefined) return { kind: 'exact', version: exact, text }
  const range = semver.validRange(toSemverRange(text))
  if (range === null || text === '' || text.length > 200) {
    throw new Error(
      `${where} ${JSON.stringify(text.slice(0, 200))} is no version of Go. Versions look like 1.26.8, 1.26, ^1.25, ">=1.24 <1.26", 1.27rc1, ` +
        'stable or oldstable.',
    )
  }
  return { kind: 'range', range, text }
}

/** The range of all patches of a language version (`1.22` -> 1.22.x), an exact version for anything longer. */
export function specForGoVersion(version: string): VersionSpec {
  const parsed = parseGoVersion(version)
  const bare = version.replace(/^go/, '').split('-')[0] ?? version
  const short = parsed?.kind === '' && /^[0-9]+\.[0-9]+$/.test(bare)
  if (short) return { kind: 'range', range: `~${parsed.major}.${parsed.minor}.0`, text: bare }
  return { kind: 'exact', version: bare, text: bare }
}

/** True when a release (`1.26.8`, `go1.27rc1`) is one that `spec` asks for. An alias holds for none until it is resolved. */
export function satisfiesSpec(spec: VersionSpec, version: string): boolean {
  if (spec.kind === 'alias') return false
  if (spec.kind === 'exact') return sameRelease(spec.version, version)
  const asSemver = toSemver(version)
  return asSemver !== undefined && semver.satisfies(asSemver, spec.range)
}

/** The newest of `versions` that `spec` asks for. `versions` are the releases for one machine, in any order, without `go`. */
export function newestMatch(spec: VersionSpec, versions: readonly string[]): string | undefined {
  const sorted = versions.filter((version) => toSemver(version) !== undefined).sort((a, b) => compareGoVersions(b, a))
  if (spec.kind !== 'alias') return sorted.find((version) => satisfiesSpec(spec, version))
  const stable = sorted.filter((version) => !isPrerelease(version))
  const newest = stable[0]
  if (newest === undefined || spec.alias === 'stable') return newest
  return stable.find((version) => languageVersion(version) !== languageVersion(newest))
}

/**
 * A release as semver writes it, which the tool cache's folders do too: `1.20` -> `1.20.0`, `1.27rc1` -> `1.27.0-rc.1`.
 * Builders' own revisions (`1.25.0-1`) stay. Undefined for what is no release.
 */
export function toSemver(version: string): string | undefined {
  const bare = version.replace(/^go/, '')
  const [, number = '', kind, pre] = /^([0-9.]{1,40})(?:(alpha|beta|rc)([0-9]{1,6}))?$/.exec(bare) ?? []
  if (number === '') return semver.valid(bare) ?? undefined
  const parts = number.split('.')
  if (parts.length > 3) return undefined
  const whole = [...parts, '0', '0'].slice(0, 3).join('.')
  return semver.valid(kind === undefined ? whole : `${whole}-${kind}.${pre ?? ''}`) ?? undefined
}

/** The way back: `1.20.0` -> `1.20`, the name that release has; from 1.21 on `1.21.0`. */
export function fromSemver(version: string): string {
  const parsed = semver.parse(version)
  if (parsed === null) return version
  const { major, minor, patch, prerelease } = parsed
  const [kind, pre] = prerelease
  const short = `${String(major)}.${String(minor)}`
  if (typeof kind === 'string' && /^(alpha|beta|rc)$/.test(kind) && typeof pre === 'number') {
    return `${short}${kind}${String(pre)}`
  }
  // Not seen in a release of Go itself, but in what people write: `1.14.0-rc1`.
  if (typeof kind === 'string' && /^(alpha|beta|rc)[0-9]+$/.test(kind)) return short + kind
  if (prerelease.length > 0) return parsed.version
  return patch === 0 && compareGoVersions(short, '1.21') < 0 ? short : `${short}.${String(patch)}`
}

/** True when both name one release. A builder's revision counts: `1.25.0-1` is not `1.25.0`. */
function sameRelease(a: string, b: string): boolean {
  const first = toSemver(a)
  return first !== undefined && first === toSemver(b)
}

function parseExact(text: string): string | undefined {
  if (/^[0-9]+\.[0-9]+(alpha|beta|rc)[0-9]+$/.test(text)) return text
  if (!/^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$/.test(text)) return undefined
  return semver.valid(text) === null ? undefined : fromSemver(text)
}

/** Go's own spellings inside a range: `>=go1.21rc1` -> `>=1.21.0-rc.1`. */
function toSemverRange(text: string): string {
  return text
    .slice(0, 200)
    .replace(/\bgo(?=[0-9])/g, '')
    .replace(/\b([0-9]+\.[0-9]+)(alpha|beta|rc)([0-9]+)\b/g, '$1.0-$2.$3')
}
