/**
 * Module paths and versions as file names and in URLs: every capital letter becomes `!` and the small one, so that
 * file systems without case tell them apart (https://go.dev/ref/mod#module-cache).
 */

/**
 * `github.com/BurntSushi/toml` -> `github.com/!burnt!sushi/toml`. Throws for what cannot be a module path: the result is
 * used in file names and URLs, and a hostile path must not lead out of its folder.
 */
export function escapePath(modulePath: string): string {
  const reason = pathProblem(modulePath)
  if (reason !== undefined) throw new Error(`${JSON.stringify(modulePath)} is no module path: ${reason}`)
  return escape(modulePath)
}

/** The same for a version. Throws for what cannot be one (x/mod/module EscapeVersion: no `!`, `/`, `\` or blanks). */
export function escapeVersion(version: string): string {
  if (!/^[A-Za-z0-9._+~-]{1,500}$/.test(version) || version.startsWith('.')) {
    throw new Error(`${JSON.stringify(version)} is no module version`)
  }
  return escape(version)
}

/** The way back; undefined for text that escaping never makes. */
export function unescapePath(escaped: string): string | undefined {
  const result = unescape(escaped)
  return result !== undefined && pathProblem(result) === undefined ? result : undefined
}

/** The way back for a version; undefined for text that escaping never makes. */
export function unescapeVersion(escaped: string): string | undefined {
  const result = unescape(escaped)
  return result !== undefined && /^[A-Za-z0-9._+~-]{1,500}$/.test(result) ? result : undefined
}

function escape(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`)
}

function unescape(escaped: string): string | undefined {
  if (/[A-Z]/.test(escaped)) return undefined
  const result = escaped.replace(/![a-z]/g, (pair) => pair.charAt(1).toUpperCase())
  return result.includes('!') ? undefined : result
}

/** Why it is no module path (x/mod/module CheckPath without the rules for major versions, which servers enforce). */
function pathProblem(modulePath: string): string | undefined {
  if (modulePath === '') return 'it is empty'
  if (!/^[A-Za-z0-9._~/-]{1,1000}$/.test(modulePath)) return 'it holds a character that module paths do not have'
  const elements = modulePath.split('/')
  if (elements.includes('')) return 'it has an empty part'
  if (elements.some((element) => element.startsWith('.') || element.endsWith('.'))) {
    return 'one of its parts begins or ends with a dot'
  }
  const host = elements[0] ?? ''
  if (!/^[a-z0-9.-]+$/.test(host) || host.startsWith('-') || !host.includes('.')) {
    return 'its first part is no host name with a dot'
  }
  return undefined
}
