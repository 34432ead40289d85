import { createHash } from 'node:crypto'

import { compareText, type Finding } from '../domain/finding.ts'
import type { Location } from '../domain/module.ts'
import { formatTarget } from '../domain/port.ts'
import { nameAndCountPorts, namePorts } from '../domain/port-set.ts'
import type { Diagnosis, Extent } from '../domain/rule.ts'
import { compareConfidence, compareSeverity, targetsOf, type Judged } from './judged.ts'

const mostLocations = 100
/**
 * A family with more sets of targets than this is one finding all the same: nobody reads ten findings about one old
 * dependency. What the team itself wrote it has to correct place by place.
 */
const mostOfFamily = { dependency: 3, own: 8 }

export interface FoldOptions {
  readonly docsUrl: (ruleId: string) => string
  /** Names of all targets that were checked, so that a finding can say `windows` for all of its ports. */
  readonly checked?: readonly string[]
}

/** Folds diagnoses of one cause into one finding over their targets and places. The order of first sight is kept. */
export function foldFindings(all: readonly Judged[], options: FoldOptions): readonly Finding[] {
  const used = new Map<string, number>()
  return families(grouped(all, (judged) => `${judged.rule.id}\0${keyOf(judged)}`)).flatMap((group): Finding[] => {
    const [first, ...others] = [...group].sort(
      (a, b) =>
        compareSeverity(a.diagnosis.severity, b.diagnosis.severity) ||
        compareConfidence(a.diagnosis.confidence, b.diagnosis.confidence),
    )
    return first === undefined ? [] : [findingOf(first, [first, ...others], group, options, used)]
  })
}

/** Joins the causes of a family that hold on the same targets, or all of them where they would be too many. */
function families(groups: readonly (readonly Judged[])[]): readonly (readonly Judged[])[] {
  const familyOf = (group: readonly Judged[]): string | undefined => {
    const [first] = group
    return first?.diagnosis.family === undefined ? undefined : `${first.rule.id}\0${first.diagnosis.family}`
  }
  const targetSets = new Map<string, Set<string>>()
  for (const group of groups) {
    const family = familyOf(group)
    if (family === undefined) continue
    const known = targetSets.get(family) ?? new Set()
    targetSets.set(family, known.add(targetNames(group).join(' ')))
  }
  let alone = 0
  return grouped(groups, (group) => {
    const family = familyOf(group)
    if (family === undefined) return String(alone++)
    const most = group[0]?.diagnosis.module === undefined ? mostOfFamily.own : mostOfFamily.dependency
    const many = (targetSets.get(family)?.size ?? 0) > most
    return `${family}\0${many ? '' : targetNames(group).join(' ')}`
  }).map((joined) => joined.flat())
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return [...groups.values()]
}

function targetNames(group: readonly Judged[]): readonly string[] {
  return [...new Set(group.flatMap((judged) => targetsOf(judged).map(formatTarget)))].sort(compareText)
}

function findingOf(
  best: Judged,
  ranked: readonly Judged[],
  inOrder: readonly Judged[],
  options: FoldOptions,
  used: Map<string, number>,
): Finding {
  const { rule } = best
  const targets = targetNames(inOrder)
  const diagnosis = merged(best, inOrder, extentOf(inOrder, options.checked ?? []))
  const surest = ranked.map((judged) => judged.diagnosis.confidence).sort(compareConfidence)[0] ?? diagnosis.confidence
  return {
    rule: rule.id,
    severity: diagnosis.severity,
    confidence: surest,
    title: diagnosis.title ?? rule.title,
    message: diagnosis.message,
    why: diagnosis.why ?? rule.why,
    fix: diagnosis.fix,
    locations: uniqueLocations([...diagnosis.locations, ...inOrder.flatMap((judged) => judged.diagnosis.locations)]),
    ...common('module', ranked),
    ...common('version', ranked),
    ...common('package', ranked),
    targets,
    evidence: { command: best.command, excerpt: best.excerpt === '' ? diagnosis.message : best.excerpt },
    docs: options.docsUrl(rule.id),
    fingerprint: fingerprintOf(best, inOrder, used),
  }
}

function keyOf({ diagnosis }: Judged): string {
  if (diagnosis.key !== undefined) return diagnosis.key
  const at = diagnosis.locations[0]
  return `${diagnosis.message}\0${at === undefined ? '' : `${at.file}:${at.line}`}`
}

function extentOf(all: readonly Judged[], checked: readonly string[]): Extent {
  const targets = targetNames(all)
  const missing = checked.some((target) => !targets.includes(target))
  const byCause = grouped(all, keyOf).map((group) => targetNames(group).length)
  return {
    ports: nameAndCountPorts(targets, checked),
    partial: targets.length > 0 && missing,
    mixed: byCause.some((count) => count < targets.length),
  }
}

/** The best of the diagnoses, in the words that its rule has for all of them. */
function merged({ rule, diagnosis }: Judged, all: readonly Judged[], extent: Extent): Diagnosis {
  if (rule.merge === undefined || diagnosis.parts === undefined) return diagnosis
  const parts = new Map<string, Set<string>>()
  for (const one of all) {
    for (const [name, values] of Object.entries(one.diagnosis.parts ?? {})) {
      const known = parts.get(name) ?? new Set()
      for (const value of values) known.add(value)
      parts.set(name, known)
    }
  }
  const joined = Object.fromEntries([...parts].map(([name, values]) => [name, [...values]]))
  // Of a log only the rules know which ports its commands were typed for.
  const ports = extent.ports === '' ? namePorts(joined.ports ?? [], []) : extent.ports
  return { ...diagnosis, ...rule.merge(joined, { ...extent, ports }) }
}

/** A value that all have; where they differ the finding is about more than one and names none. */
function common(
  name: 'module' | 'version' | 'package',
  all: readonly Judged[],
): Readonly<Partial<Record<typeof name, string>>> {
  const values = new Set(all.map((judged) => judged.diagnosis[name]))
  const [value] = values
  return values.size === 1 && value !== undefined ? { [name]: value } : {}
}

function uniqueLocations(locations: readonly Location[]): readonly Location[] {
  const seen = new Map<string, Location>()
  const keyOf = ({ file, line, column }: Location): string => `${file}:${String(line)}:${String(column ?? 0)}`
  // A line alone says nothing beside a column of it.
  const withColumn = new Map(
    locations
      .filter(({ column }) => column !== undefined)
      .map((one) => [keyOf({ file: one.file, line: one.line }), one]),
  )
  for (const location of locations) {
    const best = location.column === undefined ? (withColumn.get(keyOf(location)) ?? location) : location
    const key = keyOf(best)
    if (!seen.has(key) && seen.size < mostLocations) seen.set(key, best)
  }
  return [...seen.values()]
}

/**
 * Sixteen hexadecimal digits of SHA-256 over the rule, the cause and the file, without line numbers, so that an edit above
 * does not make a known finding a new one. Causes that differ in nothing but the line are numbered.
 */
function fingerprintOf(judged: Judged, all: readonly Judged[], used: Map<string, number>): string {
  // Of the causes of a family the least one: which of them comes first depends on what else fails.
  const keys = all.map(({ diagnosis }) => diagnosis.key ?? diagnosis.message).sort(compareText)
  const key = judged.diagnosis.family === undefined ? (judged.diagnosis.key ?? judged.diagnosis.message) : keys[0]
  const cause = (key ?? '').replace(/:\d+(?::\d+)?\b/g, '')
  const text = [judged.rule.id, cause, judged.diagnosis.locations[0]?.file ?? ''].join('\0')
  const count = used.get(text) ?? 0
  used.set(text, count + 1)
  return createHash('sha256')
    .update(count === 0 ? text : `${text}\0${count}`)
    .digest('hex')
    .slice(0, 16)
}
