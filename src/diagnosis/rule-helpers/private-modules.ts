const forges = /^(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|gitea\.com|git\.sr\.ht)$/

/**
 * The smallest GOPRIVATE pattern that covers a module: its repository on a forge, else the module path itself. A wider
 * one would take the checksum database away from modules that need it (https://go.dev/ref/mod#private-modules).
 */
export function privatePattern(modulePath: string): string {
  const parts = modulePath.replace(/\/v\d+$/, '').split('/')
  return forges.test(parts[0] ?? '') ? parts.slice(0, 3).join('/') : parts.join('/')
}

/** The command that adds a pattern to GOPRIVATE, and the same for a workflow, as a sentence. */
export function privateAdvice(modulePath: string): string {
  const pattern = privatePattern(modulePath)
  return `If it is private, set GOPRIVATE to the smallest prefix that covers it (GOPRIVATE=${pattern}; the go command then goes to the repository and asks neither proxy nor checksum database about it)`
}

/** A module path that no public server can know: no dot in its first element, or a local name. */
export function looksInternal(modulePath: string): boolean {
  const host = modulePath.split('/')[0] ?? ''
  return !host.includes('.') || /\.(?:local|internal|corp|lan|intranet|home|localdomain)$/.test(host)
}
