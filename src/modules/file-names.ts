import path from 'node:path'

import type { FileName } from '../domain/platform.ts'

/** Reserved on Windows with any extension (golang.org/x/mod/module, badWindowsNames; Microsoft, Naming Files). */
const reserved = /^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])$/i

/** What a file of a module may hold in its name (golang.org/x/mod/module, fileNameOK): letters of any script, some ASCII. */
const allowedCharacter = /^[\p{L}0-9!#$%&()+,.=@[\]^_{}~ -]$/u

/** Most Windows programs take paths of 259 characters and their end (MAX_PATH is 260); Go itself takes longer ones. */
export const windowsPathLimit = 259
/** Where a module cache of a GitHub runner lies, and a checkout: both as short as they come. */
const windowsCache = String.raw`C:\Users\runneradmin\go\pkg\mod`
/** The longest that versions of commits are, which every module can be asked for. */
const pseudoVersion = 'v0.0.0-20060102150405-0123456789ab'

const mostNames = 200

/**
 * Names of files that some system does not take, in the order given.
 * @param files paths relative to the module's directory with `/`
 * @param module the module's path, for the length of paths in a module cache
 * @param display the name that a report gives to a file
 */
export function checkFileNames(
  files: readonly string[],
  module: string,
  display: (file: string) => string,
): readonly FileName[] {
  const nested = nestedModules(files)
  const folded = new Map<string, string>()
  const found: FileName[] = []
  const add = (file: string, problem: FileName['problem'], detail: string, published: boolean): void => {
    if (found.length < mostNames) found.push({ file: display(file), problem, detail, published })
  }
  for (const file of files) {
    const published = !isVendored(file) && !nested.some((dir) => file.startsWith(dir))
    const refused = refusedPart(file)
    if (refused !== undefined) {
      add(file, 'refused', refused, published)
      continue
    }
    const blank = file.split('/').find((part) => part.endsWith(' '))
    if (blank !== undefined) add(file, 'windows', `"${blank}" ends in a blank, which Windows cuts off`, published)
    const other = collision(file, folded)
    if (other !== undefined)
      add(file, 'case', `it differs from ${display(other)} in nothing but the case of letters`, published)
    const length = cachedLength(file, module)
    if (published && file.endsWith('.go') && length > windowsPathLimit) {
      add(file, 'long', `in a module cache on Windows its path has ${length} characters`, published)
    }
  }
  return found
}

/** What go refuses in a file name (module.CheckFilePath), in words. */
function refusedPart(file: string): string | undefined {
  if (file !== 'go.mod' && file.toLowerCase() === 'go.mod') return 'go.mod is written in small letters'
  if (file.includes('\ufffd')) return 'it is not UTF-8'
  for (const part of file.split('/')) {
    if (/^\.+$/.test(part)) return `"${part}" is no name`
    if (part.endsWith('.')) return `"${part}" ends in a dot`
    const bad = [...part].find((char) => !allowedCharacter.test(char))
    if (bad !== undefined) return `it holds ${JSON.stringify(bad)}`
    const stem = part.split('.')[0] ?? ''
    if (reserved.test(stem)) return `"${stem}" is reserved on Windows, with any extension`
  }
  return undefined
}

/** A file, or a folder above it, that another one equals but for the case of letters; as zip.Create looks at it. */
function collision(file: string, folded: Map<string, string>): string | undefined {
  for (let at = file; at !== '.'; at = path.posix.dirname(at)) {
    const key = at.toUpperCase().toLowerCase()
    const other = folded.get(key)
    if (other === undefined) folded.set(key, at)
    else return other === at ? undefined : other
  }
  return undefined
}

/** Directories of other modules inside this one, each with its `/`: their files are not part of it. */
function nestedModules(files: readonly string[]): readonly string[] {
  return files.filter((file) => file.endsWith('/go.mod')).map((file) => file.slice(0, -'go.mod'.length))
}

/** A file of a package below vendor/ (golang.org/x/mod/zip, isVendoredPackage of Go 1.24). */
function isVendored(file: string): boolean {
  const at = file.startsWith('vendor/') ? 0 : file.indexOf('/vendor/') + 1
  if (at === 0 && !file.startsWith('vendor/')) return false
  return file.slice(at + 'vendor/'.length).includes('/')
}

function cachedLength(file: string, module: string): number {
  const escaped = module.replace(/[A-Z]/g, (upper) => `!${upper.toLowerCase()}`)
  return `${windowsCache}\\${escaped}@${pseudoVersion}\\${file}`.length
}
