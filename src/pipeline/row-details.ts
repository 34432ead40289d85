import type { BinaryObservation, CgoObservation, Observation } from '../domain/observation.ts'
import { formatTarget } from '../domain/port.ts'
import type { ReportTarget } from '../domain/report.ts'

/**
 * A row of the report with what the cgo probe knows of its target: why cgo is on or off, who looks up hosts and users, and
 * whether a built program bears that out. A row of another cgo mode than the probe looked at is left as it is.
 */
export function withCgoFacts(row: ReportTarget, observations: readonly Observation[]): ReportTarget {
  const here = (seen: CgoObservation | BinaryObservation): boolean =>
    seen.module === row.module && formatTarget(seen.target) === row.target
  const cgo = observations.find((seen): seen is CgoObservation => seen.kind === 'cgo' && here(seen))
  if (cgo?.enabled !== row.cgo) return row
  const programs = observations.filter((seen): seen is BinaryObservation => seen.kind === 'binary' && here(seen))
  const { resolver, users } = cgo.names ?? {}
  return {
    ...row,
    ...(cgo.reason === undefined ? {} : { cgoReason: cgo.reason }),
    ...(resolver === undefined
      ? {}
      : { resolver: { kind: resolver, confirmed: programs.some((program) => program.names?.resolver === resolver) } }),
    ...(users === undefined
      ? {}
      : { users: { kind: users, confirmed: programs.some((program) => program.names?.users === users) } }),
  }
}
