import path from 'node:path'

import { isLevel } from '../domain/levels.ts'
import { levelVariables, type Target } from '../domain/port.ts'
import type { Files } from '../system/types.ts'
import { readInside } from './read-inside.ts'
import { readYaml, type YamlEntry, type YamlValue } from './yaml-file.ts'

/** One entry of `builds`, as far as it says what is built for. */
export interface ReleaseBuild {
  /** Folder of the package that is built, relative to the repository root with `/`. */
  readonly dir: string
  /** A level only where the configuration names one. */
  readonly targets: readonly Target[]
  /** `go_first_class` is among the targets: the ports that the toolchain lists as such. */
  readonly firstClass: boolean
}

/** What goreleaser is configured to build. */
export interface ReleaseConfig {
  /** The file, relative to the repository root with `/`. */
  readonly path: string
  readonly builds: readonly ReleaseBuild[]
  /** What could not be understood, one sentence each. */
  readonly notes: readonly string[]
}

/** In the order in which goreleaser looks for them. */
const configNames: readonly string[] = [
  '.config/goreleaser.yml', '.config/goreleaser.yaml', '.goreleaser.yml', '.goreleaser.yaml', 'goreleaser.yml', 'goreleaser.yaml',
] // prettier-ignore

const mostBytes = 512 * 1024
/** Stands for a value that only goreleaser can fill in. */
const template = '{{}}'

/** goreleaser's defaults (https://goreleaser.com/customization/builds/go). */
const defaultSystems: readonly string[] = ['darwin', 'linux', 'windows']
const defaultArchitectures: readonly string[] = ['386', 'amd64', 'arm64']
const defaultLevels: Readonly<Record<string, string>> = {
  go386: 'sse2', goamd64: 'v1', goarm: '6', goarm64: 'v8.0', gomips: 'hardfloat', goppc64: 'power8', goriscv64: 'rva20u64',
} // prettier-ignore

/**
 * What the goreleaser configuration in a folder of the repository builds; undefined when there is none. It is goreleaser's
 * file and not ours: what is wrong with it is a note.
 * @param root absolute path of the repository
 * @param dir the folder, relative to it
 */
export async function readReleaseConfig(files: Files, root: string, dir: string): Promise<ReleaseConfig | undefined> {
  for (const name of configNames) {
    const file = path.posix.join(dir, name)
    if ((await files.stat(path.join(root, file))) === undefined) continue
    const read = await readInside(files, root, file, mostBytes)
    if ('problem' in read) return { path: file, builds: [], notes: [`${file} ${read.problem}; it names no ports.`] }
    return parseReleaseConfig(read.text, file, dir)
  }
  return undefined
}

/** Reads the text of a goreleaser configuration; `dir` is the folder that its paths are relative to. */
export function parseReleaseConfig(text: string, file: string, dir: string): ReleaseConfig {
  const { root, problems } = readYaml(text, { aliases: true })
  const [problem] = problems
  const nothing: YamlValue = { kind: 'map', line: 1, entries: [] }
  if (root.kind !== 'map' && (root.kind !== 'empty' || problem !== undefined)) {
    const why = problem === undefined ? '' : `: line ${problem.line}: ${problem.message}`
    return { path: file, builds: [], notes: [`${file} cannot be understood, so it names no ports${why}.`] }
  }
  const notes: string[] = []
  const builds = member(root, 'builds')
  const listed = builds?.kind === 'list' ? builds.items : []
  // Without builds goreleaser makes one, of defaults alone.
  const items = listed.length === 0 ? [nothing] : listed
  return {
    path: file,
    builds: items.flatMap((item) => readBuild(item, file, dir, notes) ?? []),
    notes: [...new Set(notes)],
  }
}

function readBuild(value: YamlValue, file: string, dir: string, notes: string[]): ReleaseBuild | undefined {
  const words = (name: string): readonly string[] | undefined =>
    readWords(member(value, name), `${file}: ${name}`, notes)
  const word = (name: string): string => words(name)?.[0] ?? ''
  if (!['', 'go'].includes(word('builder')) || word('skip') === 'true') return undefined
  const place = (name: string): string => word(name).replace(template, '')
  const main = place('main')
  const below = path.posix.join(dir, place('dir'), main.endsWith('.go') ? path.posix.dirname(main) : main)
  const listed = words('targets') ?? []
  const targets = listed.length > 0 ? listed.flatMap((one) => readTarget(one, file, notes) ?? []) : matrix(value, words)
  return {
    dir: path.posix.normalize(below).replace(/\/$/, ''),
    targets: [...new Map(targets.map((target) => [JSON.stringify(target), target])).values()],
    firstClass: listed.some((one) => firstClassNames.includes(one)),
  }
}

const firstClassNames: readonly string[] = ['go_first_class', 'go_118_first_class']

/** `linux_amd64_v1` */
function readTarget(word: string, file: string, notes: string[]): Target | undefined {
  if (firstClassNames.includes(word) || word === template) return undefined
  const [goos = '', goarch = '', ...rest] = word.split('_')
  if (!isWord(goos) || !isWord(goarch)) {
    notes.push(`${file}: "${word.slice(0, 60)}" is no target and is left out.`)
    return undefined
  }
  return withLevel(goos, goarch, rest.join('_'))
}

function matrix(value: YamlValue, words: (name: string) => readonly string[] | undefined): readonly Target[] {
  const orDefault = (list: readonly string[] | undefined, fallback: readonly string[]): readonly string[] =>
    list === undefined || list.length === 0 ? fallback : list
  const ignored = ignoreLines(member(value, 'ignore'))
  const targets: Target[] = []
  for (const goos of orDefault(words('goos'), defaultSystems)) {
    for (const goarch of orDefault(words('goarch'), defaultArchitectures)) {
      if (!isWord(goos) || !isWord(goarch)) continue
      const key = levelKey(goarch)
      const levels = key === undefined ? [''] : orDefault(words(key), [''])
      for (const level of levels) {
        const all = { goos, goarch, ...(key === undefined ? {} : { [key]: level === '' ? defaultLevels[key] : level }) }
        if (!ignored.some((line) => matches(line, all))) targets.push(withLevel(goos, goarch, level))
      }
    }
  }
  return targets
}

/** Each line of `ignore` leaves out what has all its values. */
function ignoreLines(value: YamlValue | undefined): readonly ReadonlyMap<string, string>[] {
  if (value?.kind !== 'list') return []
  return value.items.map(
    (item) =>
      new Map(
        entriesOf(item).flatMap(({ key, value: one }): [string, string][] =>
          one.kind === 'text' && one.text !== '' ? [[key, one.text]] : [],
        ),
      ),
  )
}

function matches(line: ReadonlyMap<string, string>, target: Readonly<Record<string, string | undefined>>): boolean {
  return line.size > 0 && [...line].every(([key, value]) => target[key] === value)
}

function withLevel(goos: string, goarch: string, level: string): Target {
  const variable = levelVariables[goarch]
  const known = variable !== undefined && isLevel(variable, level)
  return { goos, goarch, ...(known ? { level } : {}) }
}

/** goreleaser has one key for GOMIPS and GOMIPS64. */
function levelKey(goarch: string): string | undefined {
  const key = levelVariables[goarch]?.toLowerCase().replace('gomips64', 'gomips')
  return key !== undefined && key in defaultLevels ? key : undefined
}

/** A text or a list of texts; what is a template is known to goreleaser alone. */
function readWords(value: YamlValue | undefined, what: string, notes: string[]): readonly string[] | undefined {
  if (value === undefined || value.kind === 'empty') return undefined
  const texts = (value.kind === 'list' ? value.items : [value]).flatMap((one) =>
    one.kind === 'text' ? [one.text] : [],
  )
  const plain = texts.filter((text) => !text.includes('{{'))
  if (plain.length < texts.length)
    notes.push(`${what} has a template, which only goreleaser can fill in; it is left out.`)
  // All of it templates: the defaults are not what is meant.
  return plain.length === 0 && texts.length > 0 ? [template] : plain
}

function member(value: YamlValue, name: string): YamlValue | undefined {
  return entriesOf(value).findLast((entry) => entry.key === name)?.value
}

/** The entries of a map, those that it merges in (`<<: *defaults`) first, so that its own come after them. */
function entriesOf(value: YamlValue, depth = 0): readonly YamlEntry[] {
  if (value.kind !== 'map' || depth > 5) return []
  const merged = value.entries
    .filter((entry) => entry.key === '<<')
    .flatMap(({ value: from }) => (from.kind === 'list' ? from.items.toReversed() : [from]))
  return [...merged.flatMap((from) => entriesOf(from, depth + 1)), ...value.entries]
}

function isWord(text: string): boolean {
  return /^\w{1,20}$/.test(text)
}
