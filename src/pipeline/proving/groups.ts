import path from 'node:path'

import { bringsIn } from '../../diagnosis/facts/require-line.ts'
import type { Finding } from '../../domain/finding.ts'
import type { ModuleVersion } from '../../domain/module.ts'
import { formatTarget, type Target } from '../../domain/port.ts'
import { modGraph } from '../../go/list.ts'
import { parseGoMod } from '../../modules/go-mod.ts'
import type { ModuleContext } from '../record.ts'
import type { Culprit } from './candidates.ts'

/** The findings about one version of one dependency of one module. */
export interface Group {
  readonly module: ModuleVersion
  readonly context: ModuleContext
  readonly findings: readonly Finding[]
}

/** Rules whose findings another version of a dependency can put right, as a type check shows. */
const provable: ReadonlySet<string> = new Set([
  'assembly-missing',
  'compile-error',
  'int-overflow',
  'name-undefined',
  'port-files-excluded',
  'port-undefined',
  'type-differs-by-port',
])

/** What can be proven, by dependency; those that fail on most targets first, for the budget may not last for all. */
export function groupFindings(
  findings: readonly Finding[],
  contexts: ReadonlyMap<string, ModuleContext>,
): readonly Group[] {
  const groups = new Map<string, Group>()
  for (const finding of findings) {
    const { module, version, targets } = finding
    if (module === undefined || version === undefined || targets.length === 0 || !provable.has(finding.rule)) continue
    const context = contextOf(finding, contexts)
    if (context === undefined) continue
    const key = [context.module.dir, module, version].join('\0')
    const known = groups.get(key)?.findings ?? []
    groups.set(key, { module: { path: module, version }, context, findings: [...known, finding] })
  }
  const reach = ({ findings: all }: Group): number => new Set(all.flatMap(({ targets }) => targets)).size
  return [...groups.values()].sort((a, b) => reach(b) - reach(a))
}

/** The module whose go.mod a finding points to; the only one where it points to none. */
function contextOf(finding: Finding, contexts: ReadonlyMap<string, ModuleContext>): ModuleContext | undefined {
  for (const { file } of finding.locations) {
    const context = path.posix.basename(file) === 'go.mod' ? contexts.get(path.posix.dirname(file)) : undefined
    if (context !== undefined) return context
  }
  return contexts.size === 1 ? [...contexts.values()][0] : undefined
}

/** The targets of a group's findings, the host left out, for it is checked in any case. */
export function targetsOf({ findings, context }: Group): readonly Target[] {
  const known = [...context.portCheck.targets, ...context.targets.map((planned) => planned.target)]
  const byName = new Map(known.map((target) => [formatTarget(target), target]))
  const wanted = new Set(findings.flatMap((finding) => finding.targets))
  wanted.delete(formatTarget(context.host))
  return [...wanted].flatMap((name) => byName.get(name) ?? [])
}

/** The places of a finding in the team's own code, `file:line` relative to the module. */
export function ownPlaces({ locations }: Finding, { module }: ModuleContext): ReadonlySet<string> {
  const prefix = module.dir === '.' ? '' : `${module.dir}/`
  const own = locations.filter(({ file }) => file.startsWith(prefix) && file.endsWith('.go') && !file.includes('@'))
  return new Set(own.map(({ file, line }) => `${file.slice(prefix.length)}:${line}`))
}

/** How a dependency is required: by the module itself, or by one of its requirements. `context` is that of the copy. */
export async function describeCulprit(
  { path: name, version }: ModuleVersion,
  context: ModuleContext,
): Promise<Culprit> {
  const text = await context.system.files.readText(path.join(context.module.absoluteDir, 'go.mod'))
  const { require, module } = parseGoMod(text)
  const isDirect = (modulePath: string): boolean => require.some((one) => one.path === modulePath && !one.indirect)
  if (isDirect(name)) return { path: name, version, direct: true }
  // Since Go 1.17 go.mod lists what others bring in, too; only what it requires for itself brings anything.
  const edges = (await modGraph(context.go)).edges.filter(
    ([from, to]) => from !== module?.value || isDirect(to.split('@')[0] ?? ''),
  )
  const by = require.find((one) => one.path === bringsIn(edges, name))
  return {
    path: name,
    version,
    direct: false,
    ...(by === undefined ? {} : { broughtBy: { path: by.path, version: by.version } }),
  }
}
