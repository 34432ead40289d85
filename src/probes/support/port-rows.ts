import type { PortCheck, PortCheckError, PortCheckSlot } from '../../domain/port-check.ts'
import { formatPort, formatTarget } from '../../domain/port.ts'
import type { Outcome, ReportTarget, TargetError } from '../../domain/report.ts'
import { reportPath, sourcePath } from '../../modules/source-path.ts'
import { missingModule } from './port-observations.ts'
import type { ProbeContext } from './probe.ts'

/** Errors of a package that a row lists; the report says when there are more. */
export const mostPerPackage = 20

/**
 * What the report says of each target of a port check. A target on which nothing fails but a module that could not be
 * downloaded is not known to fail: it is skipped, with the reason.
 */
export function portRows(
  check: PortCheck,
  context: Pick<ProbeContext, 'root' | 'go' | 'module'>,
  moduleCache: string | undefined,
): readonly ReportTarget[] {
  const bySlot = new Map<string, PortCheckError[]>()
  for (const error of check.errors) {
    for (const slot of error.slots) {
      const known = bySlot.get(slot)
      if (known === undefined) bySlot.set(slot, [error])
      else known.push(error)
    }
  }
  const place = { root: context.root, dir: context.go.dir, moduleCache }
  return check.slots.map((slot) => rowOf(slot, bySlot.get(slot.name) ?? [], context.module.dir, place))
}

function rowOf(
  slot: PortCheckSlot,
  errors: readonly PortCheckError[],
  module: string,
  place: Parameters<typeof sourcePath>[1],
): ReportTarget {
  const { target } = slot
  const missing = new Set(errors.map(missingModule).filter((name) => name !== undefined))
  const unknown = slot.status === 'fail' && missing.size > 0 && errors.every((error) => missingModule(error))
  const types = unknown ? 'skipped' : outcomes[slot.status]
  const reason = unknown
    ? `${[...missing].slice(0, 3).join(', ')} could not be downloaded`
    : (slot.reason ?? (slot.status === 'empty' ? 'no package of the module is built for this target' : undefined))
  const listed = types === 'fail' ? listErrors(errors, place) : { errors: [], truncated: false }
  return {
    module,
    target: formatTarget(target),
    port: formatPort(target),
    ...(target.level === undefined ? {} : { level: target.level }),
    cgo: target.cgo === true,
    build: 'none',
    types,
    ...(reason === undefined || types !== 'skipped' ? {} : { reason }),
    seconds: 0,
    errors: listed.errors,
    ...(listed.truncated ? { truncated: true as const } : {}),
  }
}

const outcomes: Readonly<Record<PortCheckSlot['status'], Outcome>> = {
  pass: 'pass',
  fail: 'fail',
  refused: 'skipped',
  empty: 'skipped',
  unsupported: 'skipped',
}

function listErrors(
  all: readonly PortCheckError[],
  place: Parameters<typeof sourcePath>[1],
): { readonly errors: readonly TargetError[]; readonly truncated: boolean } {
  const counts = new Map<string, number>()
  const errors: TargetError[] = []
  for (const error of all) {
    const count = (counts.get(error.package) ?? 0) + 1
    counts.set(error.package, count)
    if (count > mostPerPackage) continue
    errors.push({
      package: error.package,
      file: error.file === '' ? '' : reportPath(sourcePath(error.file, place)),
      line: error.line,
      ...(error.column === undefined ? {} : { column: error.column }),
      message: error.message.split('\n', 1)[0] ?? '',
      by: 'types',
    })
  }
  if (errors.length > 0) return { errors, truncated: errors.length < all.length }
  const message = 'the port check says that it fails and not why'
  return { errors: [{ package: '', file: '', line: 0, message, by: 'types' }], truncated: false }
}
