import { createHash } from 'node:crypto'

import { compareText, type Finding } from '../domain/finding.ts'
import type { Location } from '../domain/module.ts'
import { formatTarget } from '../domain/port.ts'
import type { Diagnosis } from '../domain/rule.ts'
import { compareConfidence, compareSeverity, targetsOf, type Judged } from './judged.ts'

const mostLocations = 100

/** Folds diagnoses of one rule and key into one finding over their targets and places. The order of first sight is kept. */
export function foldFindings(all: readonly Judged[], docsUrl: (ruleId: string) => string): readonly Finding[] {
  const groups = new Map<string, Judged[]>()
  for (const judged of all) {
    const key = `${judged.rule.id}\0${keyOf(judged)}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [judged])
    else group.push(judged)
  }
  const used = new Map<string, number>()
  return [...groups.values()].flatMap((group): Finding[] => {
    const [first, ...others] = [...group].sort(
      (a, b) =>
        compareSeverity(a.diagnosis.severity, b.diagnosis.severity) ||
        compareConfidence(a.diagnosis.confidence, b.diagnosis.confidence),
    )
    return first === undefined ? [] : [findingOf(first, [first, ...others], group, docsUrl, used)]
  })
}

function findingOf(
  best: Judged,
  ranked: readonly Judged[],
  inOrder: readonly Judged[],
  docsUrl: (ruleId: string) => string,
  used: Map<string, number>,
): Finding {
  const { rule } = best
  const diagnosis = merged(best, inOrder)
  const targets = new Set(inOrder.flatMap((judged) => targetsOf(judged).map(formatTarget)))
  const surest = ranked.map((judged) => judged.diagnosis.confidence).sort(compareConfidence)[0] ?? diagnosis.confidence
  return {
    rule: rule.id,
    severity: diagnosis.severity,
    confidence: surest,
    title: rule.title,
    message: diagnosis.message,
    why: diagnosis.why ?? rule.why,
    fix: diagnosis.fix,
    locations: uniqueLocations([...diagnosis.locations, ...inOrder.flatMap((judged) => judged.diagnosis.locations)]),
    ...common('module', ranked),
    ...common('version', ranked),
    ...common('package', ranked),
    targets: [...targets].sort(compareText),
    evidence: { command: best.command, excerpt: best.excerpt === '' ? diagnosis.message : best.excerpt },
    docs: docsUrl(rule.id),
    fingerprint: fingerprintOf(best, used),
  }
}

function keyOf({ diagnosis }: Judged): string {
  if (diagnosis.key !== undefined) return diagnosis.key
  const at = diagnosis.locations[0]
  return `${diagnosis.message}\0${at === undefined ? '' : `${at.file}:${at.line}`}`
}

/** The best of the diagnoses, in the words that its rule has for all of them. */
function merged({ rule, diagnosis }: Judged, all: readonly Judged[]): Diagnosis {
  if (rule.merge === undefined || diagnosis.parts === undefined) return diagnosis
  const parts = new Map<string, Set<string>>()
  for (const one of all) {
    for (const [name, values] of Object.entries(one.diagnosis.parts ?? {})) {
      const known = parts.get(name) ?? new Set()
      for (const value of values) known.add(value)
      parts.set(name, known)
    }
  }
  return { ...diagnosis, ...rule.merge(Object.fromEntries([...parts].map(([name, values]) => [name, [...values]]))) }
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
  for (const location of locations) {
    const key = `${location.file}:${location.line}:${location.column ?? 0}`
    if (!seen.has(key) && seen.size < mostLocations) seen.set(key, location)
  }
  return [...seen.values()]
}

/**
 * Sixteen hexadecimal digits of SHA-256 over the rule, the cause and the file, without line numbers, so that an edit above
 * does not make a known finding a new one. Causes that differ in nothing but the line are numbered.
 */
function fingerprintOf(judged: Judged, used: Map<string, number>): string {
  const cause = (judged.diagnosis.key ?? judged.diagnosis.message).replace(/:\d+(?::\d+)?\b/g, '')
  const text = [judged.rule.id, cause, judged.diagnosis.locations[0]?.file ?? ''].join('\0')
  const count = used.get(text) ?? 0
  used.set(text, count + 1)
  return createHash('sha256')
    .update(count === 0 ? text : `${text}\0${count}`)
    .digest('hex')
    .slice(0, 16)
}
