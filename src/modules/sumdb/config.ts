import { isSingleFileProxy } from '../goproxy.ts'
import { parseVerifier, type Verifier } from './note.ts'

/** What decides whether and how the checksum database is asked: values of `go env`. Absent ones have Go's defaults. */
export interface ChecksumConfig {
  readonly goproxy?: string
  readonly gosumdb?: string
  readonly gonosumdb?: string
  readonly goprivate?: string
}

/** The database that a GOSUMDB value names. `base` is set when the value holds an address of its own. */
export interface Database {
  readonly verifier: Verifier
  readonly base?: string
}

/** Go's own key of its database (cmd/go/internal/modfetch/key.go). */
const knownKeys: Readonly<Record<string, string>> = {
  'sum.golang.org': 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8',
}
/** The same database at an address that is reached from mainland China (modfetch/sumdb.go, dbDial). */
const aliases: Readonly<Record<string, string>> = {
  'sum.golang.google.cn': 'sum.golang.org https://sum.golang.google.cn',
}
const toolchainModule = 'golang.org/toolchain'

/**
 * Why a module is not looked up, or undefined when it is (modfetch/sumdb.go, useSumDB): GOSUMDB=off or a private path.
 * golang.org/toolchain cannot be exempted by a pattern: no go.sum holds it, the database is its only check.
 */
export function skipReason(config: ChecksumConfig, modulePath: string): string | undefined {
  if ((config.gosumdb ?? '') === 'off') return 'the checksum database is switched off (GOSUMDB=off)'
  if (modulePath === toolchainModule) return undefined
  const patterns = config.gonosumdb === undefined || config.gonosumdb === '' ? config.goprivate : config.gonosumdb
  if (!matchPrefixPatterns(patterns ?? '', modulePath)) return undefined
  return `GONOSUMDB or GOPRIVATE keeps ${modulePath} from the checksum database`
}

/** True in the one case in which Go takes a toolchain that the database was not asked about: GOPROXY is one file:// address. */
export function toolchainNeedsDatabase(config: ChecksumConfig): boolean {
  return !isSingleFileProxy(config.goproxy ?? '')
}

/** Parses GOSUMDB: a known name, or a key, and perhaps an address. Throws when it is malformed. */
export function parseGoSumDb(value: string): Database {
  const given = value.trim() === '' ? 'sum.golang.org' : value.trim()
  const [key = '', base, ...rest] = (aliases[given] ?? given).split(/\s+/)
  if (rest.length > 0) throw new Error('GOSUMDB has more than a key and an address')
  let verifier: Verifier
  try {
    verifier = parseVerifier(knownKeys[key] ?? key)
  } catch (error) {
    throw new Error(`GOSUMDB is not understood: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (!/^[A-Za-z0-9.-]+(:[0-9]+)?(\/[A-Za-z0-9._~-]+)*$/.test(verifier.name)) {
    throw new Error(`GOSUMDB names a database ${JSON.stringify(verifier.name)}, which is no host and path`)
  }
  if (base === undefined) return { verifier }
  if (!/^(https?|file):/.test(base) || !URL.canParse(base)) throw new Error('GOSUMDB holds an address that is none')
  return { verifier, base: base.replace(/\/{1,100}$/, '') }
}

/**
 * True when a pattern of the comma-separated list matches the path or a prefix of it that ends at a `/`
 * (x/mod/module MatchPrefixPatterns; patterns as in Go's path.Match).
 */
export function matchPrefixPatterns(patterns: string, target: string): boolean {
  const parts = target.split('/')
  return patterns.split(',').some((pattern) => {
    const globs = pattern.trim().replace(/\/$/, '').split('/')
    if (globs.join('') === '' || globs.length > parts.length) return false
    // Neither `*`, `?` nor a class matches a slash, so that each part is matched by its own.
    return globs.every((glob, index) => matchPart(glob, parts[index] ?? ''))
  })
}

/** path.Match within one part: `*`, `?`, `[a-z]`, `[^a]` and `\x`. A malformed pattern matches nothing. Never backtracks more than one star. */
function matchPart(glob: string, text: string): boolean {
  const tokens = tokenize(glob)
  if (tokens === undefined) return false
  let token = 0
  let at = 0
  let star = -1
  let starAt = 0
  while (at < text.length) {
    const current = tokens[token]
    if (current === '*') {
      star = token++
      starAt = at
    } else if (current?.(text.charAt(at)) === true) {
      token++
      at++
    } else if (star >= 0) {
      token = star + 1
      at = ++starAt
    } else return false
  }
  return tokens.slice(token).every((rest) => rest === '*')
}

type Token = '*' | ((char: string) => boolean)

function tokenize(glob: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  for (let at = 0; at < glob.length; at++) {
    const char = glob.charAt(at)
    if (char === '*') tokens.push('*')
    else if (char === '?') tokens.push(() => true)
    else if (char === '[') {
      const end = glob.indexOf(']', at + 2)
      if (end === -1) return undefined
      tokens.push(classToken(glob.slice(at + 1, end)))
      at = end
    } else {
      const literal = char === '\\' ? glob.charAt(++at) : char
      if (literal === '') return undefined
      tokens.push((other) => other === literal)
    }
  }
  return tokens
}

function classToken(body: string): Token {
  const negated = body.startsWith('^')
  const ranges = [...(negated ? body.slice(1) : body).matchAll(/(.)-(.)|(.)/gs)]
  return (char) =>
    negated !==
    ranges.some(([, low = '', high = '', single]) =>
      single === undefined ? char >= low && char <= high : char === single,
    )
}
