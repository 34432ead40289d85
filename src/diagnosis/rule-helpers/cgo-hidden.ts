import type { Facts } from '../../domain/facts.ts'
import type { Fix } from '../../domain/finding.ts'
import { formatModuleVersion, type Location, type ModuleVersion } from '../../domain/module.ts'
import type { CgoDifference, CgoObservation } from '../../domain/observation.ts'
import { formatPort, formatTarget, targetEnvironment } from '../../domain/port.ts'
import { knownCgoPackage } from '../data/cgo-packages.ts'
import { advice } from './advice.ts'
import { enumerate } from './text.ts'
import { moduleLocations } from './where.ts'

/** What a difference and an import have in common. */
interface Place {
  readonly module?: ModuleVersion
  readonly chain?: readonly string[]
  readonly importedAt?: Location
}

/** The import in the module that leads there, then the line of go.mod that requires the culprit. */
export async function culpritLocations(name: string, at: Place, facts: Facts): Promise<readonly Location[]> {
  const own = at.importedAt === undefined ? [] : [at.importedAt]
  return [
    ...own,
    ...(at.module === undefined && own.length > 0 ? [] : await moduleLocations(at.module?.path ?? name, facts)),
  ]
}

/** `example.com/db/sqlite (example.com/db@v1.0.0)`: a package with the module that it is from. */
export function packageName(name: string, module: ModuleVersion | undefined): string {
  if (module === undefined) return name
  return module.path === name ? formatModuleVersion(module) : `${name} (${formatModuleVersion(module)})`
}

/** ` It is imported by way of a, b and c.`, or nothing where the module imports it by itself. */
export function wayThere(chain: readonly string[] | undefined): string {
  const between = chain?.slice(1, -1) ?? []
  return between.length === 0 ? '' : ` The way there: ${[chain?.[0] ?? '', ...between].slice(0, 6).join(' → ')}.`
}

/** Why cgo is off, for a sentence. */
export function whyOff({ reason, target, compiler }: CgoObservation): string {
  if (reason === 'unsupported') return `${formatPort(target)} has no cgo`
  if (reason === 'cross') return 'cgo is off, as by default for a cross build'
  if (reason === 'no-compiler') return `cgo is off, because no ${compiler ?? 'C compiler'} is on PATH`
  return reason === 'set' ? 'cgo is set off' : 'cgo is off'
}

/** What to do about a package that needs cgo: a known replacement first, then cgo, where the port has it. */
export function cgoFix(name: string, observation: CgoObservation): Fix {
  const known = knownCgoPackage(name)
  const instead = known === undefined || known.instead.length === 0 ? undefined : enumerate(known.instead, 3, 'or')
  const note = known?.note === undefined ? '' : ` ${known.note}`
  const { target, reason } = observation
  const use = instead === undefined ? 'Use a package that needs no cgo' : `Use ${instead} instead, without cgo`
  if (reason === 'unsupported') {
    return advice(
      `${use}, or leave it out on ${formatPort(target)} with a file of its own (//go:build cgo and !cgo).${note}`,
    )
  }
  const cross = reason === 'cross'
  const env = Object.entries(targetEnvironment({ ...target, cgo: true })).map(([key, value]) => `${key}=${value}`)
  return advice(
    `${use}; or build with CGO_ENABLED=1 and a C compiler for ${cross ? formatTarget(target) : 'the target'}.${note}`,
    [
      cross
        ? `${env.join(' ')} CC=<C compiler for ${formatPort(target)}> go build ./...`
        : 'CGO_ENABLED=1 go build ./...',
    ],
  )
}

/** ` C files go with it: a.c and b.c.`, or nothing. */
export function alsoIgnored(files: readonly string[] | undefined): string {
  return files === undefined || files.length === 0 ? '' : ` Passed over with it: ${enumerate(files, 4)}.`
}

/** The files of a package in either mode, to show beside a finding. */
export function filesEitherWay(one: CgoDifference): string {
  const some = (files: readonly string[]): string => (files.length === 0 ? '(none)' : enumerate(files, 8))
  return [
    `CGO_ENABLED=1 go list: ${some([...one.cgoFiles, ...(one.otherFiles ?? [])])}`,
    `CGO_ENABLED=0 go list: ${some(one.replacementFiles)}`,
    'and the files that both have',
  ].join('\n')
}

/** ` modernc.org/sqlite does without cgo.`: what is known to take the place of a package or of a file's; else nothing. */
export function insteadOf(name: string): string {
  const instead = knownCgoPackage(name)?.instead ?? []
  return instead.length === 0 ? '' : ` Without cgo: ${enumerate(instead, 3, 'or')}.`
}
