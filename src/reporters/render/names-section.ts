import { describeResolver, describeUsers } from '../../domain/name-services.ts'
import type { Report, ReportTarget } from '../../domain/report.ts'
import { code, prose } from './escape.ts'
import { details, table } from './table.ts'

interface Group {
  readonly hosts: string
  readonly users: string
  readonly targets: readonly string[]
  readonly confirmed: boolean
}

/** Who looks up hosts and users, where that is not the same for all targets; nothing where it is. */
export function namesSection(report: Report, mostTargets: number): string {
  const parts = report.modules.slice(0, 20).flatMap((module) => {
    const groups = groupsOf(report.targets.filter((target) => target.module === module.dir))
    if (groups.length < 2) return []
    const rows = groups.map(({ hosts, users, targets, confirmed }) => {
      const shown = targets.slice(0, mostTargets).map((target) => code(target, { max: 60, cell: true }))
      const more = targets.length > shown.length ? ` and ${targets.length - shown.length} more` : ''
      return [
        `${shown.join(' ')}${more}`,
        prose(hosts, { cell: true }),
        prose(users, { cell: true }),
        confirmed ? 'yes' : '',
      ]
    })
    const title = report.modules.length > 1 ? `${code(module.dir, { max: 120 })}\n\n` : ''
    return [`${title}${table(['Targets', 'Hosts', 'Users', 'Seen in the program'], 'llll', rows)}`]
  })
  return parts.length === 0 ? '' : details('Who looks up hosts and users', parts.join('\n\n'))
}

function groupsOf(targets: readonly ReportTarget[]): readonly Group[] {
  const groups = new Map<string, { hosts: string; users: string; targets: string[]; confirmed: boolean }>()
  for (const { target, resolver, users } of targets) {
    if (resolver === undefined && users === undefined) continue
    const group = {
      hosts: resolver === undefined ? '' : describeResolver(resolver.kind),
      users: users === undefined ? '' : describeUsers(users.kind),
    }
    const confirmed = resolver?.confirmed !== false && users?.confirmed !== false
    const key = `${group.hosts}\0${group.users}`
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { ...group, targets: [target], confirmed })
    else groups.set(key, { ...known, targets: [...known.targets, target], confirmed: known.confirmed && confirmed })
  }
  return [...groups.values()]
}
