import type { VendorModule, VendorModulesFile } from '../domain/go-files.ts'
import { fields } from './fields.ts'
import { conflictProblem, createProblemList, quoted } from './problems.ts'
import { isSemver } from './semver.ts'

interface Draft {
  readonly line: number
  readonly path: string
  readonly version?: string
  replacement?: { readonly path: string; readonly version?: string }
  explicit: boolean
  goVersion?: string
  readonly packages: string[]
}

/**
 * Reads vendor/modules.txt (written by cmd/go/internal/modcmd/vendor.go, read by cmd/go/internal/modload/vendor.go).
 * A module that is named twice has one entry with the notes of both places. Never throws; a line that Go would silently
 * skip is a problem, since `go mod vendor` writes none.
 */
export function parseVendorModules(text: string): VendorModulesFile {
  const problems = createProblemList()
  const modules = new Map<string, Draft>()
  let current: Draft | undefined
  let workspace = false
  let start = 0
  for (let line = 1; start < text.length; line++) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    const content = text
      .slice(start, end)
      .replace(/^\uFEFF/, '')
      .trimEnd()
    start = end + 1
    const conflict = conflictProblem(content, line)
    if (conflict !== undefined) {
      problems.add(line, conflict)
    } else if (content.startsWith('# ')) {
      const heading = readHeading(content, line)
      if (heading === undefined) {
        problems.add(line, `${quoted(content)} does not name a module with a version or a replacement`)
        current = undefined
        continue
      }
      const key = `${heading.path}@${heading.version ?? ''}`
      current = modules.get(key) ?? heading
      if (heading.replacement !== undefined) current.replacement = heading.replacement
      modules.set(key, current)
    } else if (content.startsWith('## ')) {
      const notes = content
        .slice(3)
        .split(';', 16)
        .map((note) => note.trim())
      if (line === 1) workspace = notes.includes('workspace')
      if (current !== undefined) annotate(current, notes)
      else if (line !== 1) problems.add(line, `${quoted(content)} stands below no module`)
    } else if (content !== '') {
      if (current !== undefined && /^\S+$/.test(content)) current.packages.push(content)
      else problems.add(line, `${quoted(content)} is no package of a module that is named above it`)
    }
  }
  return { workspace, modules: [...modules.values()] satisfies readonly VendorModule[], problems: problems.all() }
}

/** The line that names a module, undefined when none does. */
export function vendorLine(file: VendorModulesFile, path: string, version?: string): number | undefined {
  return file.modules.find((module) => module.path === path && (version === undefined || module.version === version))
    ?.line
}

/** `# path version`, `# path version => replacement [version]`, or `# path => replacement [version]` for all versions. */
function readHeading(content: string, line: number): Draft | undefined {
  const [, path, ...rest] = fields(content, 6)
  if (path === undefined) return undefined
  const version = rest[0] !== undefined && isSemver(rest[0]) ? rest.shift() : undefined
  const heading: Draft = { line, path, ...(version === undefined ? {} : { version }), explicit: false, packages: [] }
  if (rest.length === 0) return version === undefined ? undefined : heading
  const [arrow, newPath, newVersion] = rest
  if (arrow !== '=>' || newPath === undefined || rest.length > 3) return undefined
  if (newVersion !== undefined && !isSemver(newVersion)) return undefined
  return { ...heading, replacement: { path: newPath, ...(newVersion === undefined ? {} : { version: newVersion }) } }
}

function annotate(module: Draft, notes: readonly string[]): void {
  if (notes.includes('explicit')) module.explicit = true
  const goVersion = notes.find((note) => note.startsWith('go '))
  if (goVersion !== undefined) module.goVersion = goVersion.slice(3)
}
