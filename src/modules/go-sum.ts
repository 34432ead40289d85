import type { GoSumFile, GoSumLine } from '../domain/go-files.ts'
import { fields } from './fields.ts'
import { conflictProblem, createProblemList, quoted } from './problems.ts'

const modSuffix = '/go.mod'

/**
 * The hash of an empty go.mod, which an old bug wrote for what is no module. Go skips such lines
 * (cmd/go/internal/modfetch/fetch.go, emptyGoModHash).
 */
const emptyGoModHash = 'h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY='

/**
 * Reads a go.sum or go.work.sum file (https://go.dev/ref/mod#go-sum-files; cmd/go/internal/modfetch, readGoSum). Never
 * throws. Lines with a hash of an unknown algorithm are returned as they are: Go ignores them.
 */
export function parseGoSum(text: string): GoSumFile {
  const problems = createProblemList()
  const lines: GoSumLine[] = []
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (body !== text) {
    problems.add(
      1,
      'the file begins with a byte order mark, so that Go does not know its first module: save it as UTF-8 without one',
    )
  }
  let start = 0
  for (let line = 1; start < body.length; line++) {
    const newline = body.indexOf('\n', start)
    const end = newline < 0 ? body.length : newline
    const content = body.slice(start, end)
    start = end + 1
    const conflict = conflictProblem(content, line)
    if (conflict !== undefined) {
      problems.add(line, conflict)
      continue
    }
    // One more field than needed tells a good line from a bad one.
    const parts = fields(content, 4)
    const [path, version, hash] = parts
    if (path === undefined) continue
    if (version === undefined || hash === undefined || parts.length !== 3) {
      problems.add(
        line,
        `a line has a module path, a version and a hash, three words; this one is ${quoted(content.trim())}`,
      )
      continue
    }
    if (hash === emptyGoModHash) continue
    if (hash.startsWith('h1:') && !/^h1:[A-Za-z0-9+/]{43}=$/.test(hash)) {
      problems.add(line, `${quoted(hash)} is no complete hash: h1: is followed by 44 characters of base64`)
    }
    const mod = version.endsWith(modSuffix)
    lines.push({
      line,
      path,
      version: mod ? version.slice(0, -modSuffix.length) : version,
      file: mod ? 'mod' : 'zip',
      hash,
    })
  }
  return { lines, problems: problems.all() }
}

/** The lines of a module, all of its versions when none is given. */
export function goSumLines(goSum: GoSumFile, path: string, version?: string): readonly GoSumLine[] {
  return goSum.lines.filter((line) => line.path === path && (version === undefined || line.version === version))
}
