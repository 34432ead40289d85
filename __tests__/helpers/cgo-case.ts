import type { CgoDifference, CgoImport, CgoObservation } from '../../src/domain/observation.ts'
import { checkout } from './rule-case.ts'

/** A checkout that requires example.com/db, by the line 3 of its go.mod. */
export const dbCheckout = checkout({ mod: 'module example.com/app\n\nrequire example.com/db v1.0.0\n' })

export const mainImport = { file: 'main.go', line: 4, column: 8 }

/** What the cgo probe saw on linux/arm64, without cgo, as for a cross build from linux/amd64. */
export function cgoSeen(parts: Partial<CgoObservation> = {}): CgoObservation {
  return {
    kind: 'cgo',
    probe: 'cgo',
    module: '.',
    target: { goos: 'linux', goarch: 'arm64' },
    enabled: false,
    reason: 'cross',
    compiler: 'gcc',
    differences: [],
    imports: [],
    standard: [],
    programs: 1,
    programAt: { file: 'main.go', line: 1 },
    ...parts,
  }
}

/** A package of example.com/db that consists of cgo files, imported in main.go. */
export function difference(parts: Partial<CgoDifference> = {}): CgoDifference {
  return {
    package: 'example.com/db/sqlite',
    module: { path: 'example.com/db', version: 'v1.0.0' },
    change: 'gone',
    cgoFiles: ['sqlite.go'],
    replacementFiles: [],
    stub: false,
    chain: ['example.com/app', 'example.com/db/sqlite'],
    importedAt: mainImport,
    ...parts,
  }
}

export function imported(parts: Partial<CgoImport>): CgoImport {
  return {
    of: 'plugin',
    by: 'example.com/app',
    own: true,
    stub: true,
    stubWithCgo: false,
    importedAt: mainImport,
    ...parts,
  }
}
