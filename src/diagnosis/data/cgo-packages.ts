import { cgoStorage } from './cgo-storage.ts'
import { cgoSystems } from './cgo-systems.ts'
import type { KnownCgoPackage } from './known-cgo-package.ts'

/**
 * Packages that need cgo, and what becomes of them without. Each was looked at: its files listed with CGO_ENABLED=1 and 0
 * and, where files are left, compiled without cgo. Every package of `instead` was compiled without cgo too.
 */
export const knownCgoPackages: readonly KnownCgoPackage[] = [...cgoStorage, ...cgoSystems]

const longestFirst = [...knownCgoPackages].sort((a, b) => b.path.length - a.path.length)

/** What is known of a package, or of a file of a dependency (`module@version/file`); the longest path that fits. */
export function knownCgoPackage(name: string): KnownCgoPackage | undefined {
  const path = withoutMajor(name.replace(/@[^/]*/, ''))
  return longestFirst.find((one) => {
    const own = withoutMajor(one.path)
    return path === own || path.startsWith(`${own}/`)
  })
}

/** An import path without the elements that are a major version: `github.com/duckdb/duckdb-go/v2`. */
function withoutMajor(path: string): string {
  return path
    .split('/')
    .filter((part) => !/^v\d+$/.test(part))
    .join('/')
}
