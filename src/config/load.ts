import type { Severity } from '../domain/finding.ts'
import { isRefName } from '../git/commits.ts'
import { parseDuration } from './duration.ts'
import { ConfigurationError } from './error.ts'
import { inputs, type Entry, type InputDefinition } from './inputs.ts'
import type { CacheMode, ProofSubject, Settings } from './settings.ts'
import { parseTargetSelector, type TargetSelector } from './targets.ts'

export interface InputSource {
  readonly entry: Entry
  /** The value as written; `''` for one that was not given. */
  readonly value: (name: string) => string
  /** Every probe there is, and every rule: what the inputs may name. */
  readonly probes: readonly string[]
  /** Those of them that `all` leaves out: they run when they are named. */
  readonly probesOnDemand?: readonly string[]
  readonly rules: readonly string[]
}

/**
 * Reads and checks every input of either entry. Throws a ConfigurationError that lists all problems at once, so that
 * nobody fixes them one run at a time.
 */
export function loadInputs(source: InputSource): Settings {
  const problems: string[] = []
  const warnings: string[] = []
  const read = (name: string): string => {
    const given = source.value(name).trim()
    if (given !== '') return given
    const fallback = inputs.find((input) => input.name === name)?.default ?? ''
    return fallback.includes('${{') ? '' : fallback
  }
  const optional = (name: string): string | undefined => read(name) || undefined
  const list = (name: string): readonly string[] => [
    ...new Set(
      read(name)
        .split(/[\s,]+/)
        .filter((word) => word !== ''),
    ),
  ]
  const lines = (name: string): readonly string[] =>
    read(name)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
  const boolean = (name: string): boolean => readBoolean(name, read(name), problems)
  const choice = <T extends string>(name: string): T => readChoice(name, read(name), problems) as T

  const version = optional('go-version')
  const versionFile = optional('go-version-file')
  if (version !== undefined && versionFile !== undefined) {
    warnings.push('Both go-version and go-version-file are given; go-version is used.')
  }

  const probes = readProbes(list('probes'), source, problems)
  const disabled = list('disable')
  for (const rule of disabled) {
    if (!source.rules.includes(rule))
      problems.push(`disable: there is no rule "${rule}"; \`gopreflight rules\` lists them`)
  }

  const packages = list('packages')
  for (const pattern of packages) {
    if (pattern.startsWith('-'))
      problems.push(`packages: "${pattern}" looks like a flag; give package patterns such as ./...`)
  }
  const tags = list('tags')
  for (const tag of tags) {
    if (!/^[\p{L}\p{N}_.]+$/u.test(tag)) problems.push(`tags: "${tag}" is not a build tag (letters, digits, _ and .)`)
  }

  const targets = readTargets(targetWords(read('targets')), problems)
  const cgoWord = choice<string>('cgo')
  const timeout = read('timeout')
  const timeoutSeconds = parseDuration(timeout)
  if (timeoutSeconds === undefined || timeoutSeconds < 1) {
    problems.push(`timeout: "${timeout}" is not a duration of at least a second; write 90s, 15m or 1h`)
  }
  const gotoolchain = read('gotoolchain')
  if (!/^((go\d[\w.-]*|local)(\+(auto|path))?|auto|path)$/.test(gotoolchain)) {
    problems.push(
      `gotoolchain: "${gotoolchain}" is not a GOTOOLCHAIN value (local, auto, path, go1.26.1, go1.26.1+auto)`,
    )
  }
  const leg = read('leg')
  if (!/^\d*$/.test(leg))
    problems.push(`leg: "${leg}" is not the index of a matrix leg; leave it out or give a number from 0`)
  const baseUrl = optional('go-download-base-url')
  if (baseUrl !== undefined && !/^https?:\/\/[^\s/]/.test(baseUrl)) {
    problems.push(`go-download-base-url: "${baseUrl}" is not an http(s) URL`)
  }

  const base = optional('base')
  if (base !== undefined && !isRefName(base))
    problems.push(`base: "${base}" is not the name of a commit, branch or tag; none compares with nothing`)

  const settings: Settings = {
    go: {
      ...(version === undefined ? {} : { version }),
      ...(versionFile === undefined || version !== undefined ? {} : { versionFile }),
      checkLatest: boolean('check-latest'),
      ...given('architecture', optional('architecture')),
      ...given('downloadBaseUrl', baseUrl),
      gotoolchain,
    },
    token: read('token'),
    cache: source.entry === 'cli' ? 'false' : choice<CacheMode>('cache'),
    cacheDependencyPath: lines('cache-dependency-path'),
    workingDirectories: lines('working-directory')
      .flatMap((line) => line.split(','))
      .map((dir) => dir.trim())
      .filter((dir) => dir !== ''),
    packages: packages.length === 0 ? ['./...'] : packages,
    targets,
    probes,
    disabledRules: new Set(disabled),
    ...(cgoWord === 'auto' ? {} : { cgo: cgoWord === 'true' }),
    tags,
    ...given('ldflags', optional('ldflags')),
    trimpath: boolean('trimpath'),
    ...given('base', base),
    ...given('policyFile', optional('policy')),
    prove: readProofs(list('prove'), problems),
    failOn: choice<Severity | 'never'>('fail-on'),
    summary: choice<Settings['summary']>('summary'),
    annotations: boolean('annotations'),
    ...given('reportFile', optional('report-file')),
    timeoutSeconds: timeoutSeconds ?? 0,
    leg: leg === '' ? 0 : Number(leg),
    warnings,
  }
  if (problems.length > 0) throw new ConfigurationError(problems)
  return settings
}

function given<K extends string>(key: K, value: string | undefined): Readonly<Partial<Record<K, string>>> {
  return (value === undefined ? {} : { [key]: value }) as Partial<Record<K, string>>
}

const truths: Readonly<Record<string, string>> = {
  true: 'true', yes: 'true', on: 'true', '1': 'true',
  false: 'false', no: 'false', off: 'false', '0': 'false',
} // prettier-ignore

function readBoolean(name: string, value: string, problems: string[]): boolean {
  const truth = truths[value.toLowerCase()]
  if (truth === undefined) problems.push(`${name}: "${value}" is neither true nor false`)
  return truth === 'true'
}

function readChoice(name: string, value: string, problems: string[]): string {
  const definition = inputs.find(
    (input): input is InputDefinition & { values: readonly string[] } =>
      input.name === name && input.values !== undefined,
  )
  const values = definition?.values ?? []
  const lower = value.toLowerCase()
  const word = values.includes(lower) ? lower : (truths[lower] ?? lower)
  if (!values.includes(word)) problems.push(`${name}: "${value}" is not one of ${values.join(', ')}`)
  return word
}

function readProbes(
  words: readonly string[],
  { probes: known, probesOnDemand = [] }: InputSource,
  problems: string[],
): ReadonlySet<string> {
  for (const word of words) {
    if (word !== 'all' && word !== 'none' && !known.includes(word)) {
      problems.push(`probes: there is no probe "${word}"; there are ${known.join(', ')}, all and none`)
    }
  }
  if (words.includes('none')) {
    if (words.length > 1)
      problems.push(
        `probes: none excludes every other probe, but ${words.filter((word) => word !== 'none').join(', ')} is given too`,
      )
    return new Set()
  }
  if (words.includes('all') || words.length === 0) {
    return new Set(known.filter((name) => !probesOnDemand.includes(name) || words.includes(name)))
  }
  if (words.includes('binary') && !words.includes('build')) {
    problems.push('probes: binary looks at what build makes; add build or leave binary out')
  }
  return new Set(words)
}

function readProofs(words: readonly string[], problems: string[]): ReadonlySet<ProofSubject> {
  for (const word of words) {
    if (word !== 'ports' && word !== 'none')
      problems.push(`prove: there is nothing called "${word}" to prove; ports is what there is`)
  }
  return new Set(words.filter((word) => word === 'ports'))
}

/** Words of the targets input. A comma both separates targets and joins options of a level (`linux/arm/7,softfloat`). */
function targetWords(text: string): readonly string[] {
  const words: string[] = []
  for (const chunk of text.split(/\s+/)) {
    for (const part of chunk.split(',').filter((word) => word !== '')) {
      const last = words.at(-1)
      const joins =
        last !== undefined && !part.includes('/') && levelOptions.includes(part) && last.split('/').length > 2
      if (joins) words[words.length - 1] = `${last},${part}`
      else words.push(part)
    }
  }
  return [...new Set(words)]
}

const levelOptions: readonly string[] = ['softfloat', 'hardfloat', 'lse', 'crypto', 'signext', 'satconv']

function readTargets(words: readonly string[], problems: string[]): readonly TargetSelector[] {
  return words.flatMap((word) => {
    const selector = parseTargetSelector(word)
    if (typeof selector !== 'string') return [selector]
    problems.push(selector)
    return []
  })
}
