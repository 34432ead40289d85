import { compareText } from '../domain/finding.ts'
import { fileConstraint, fileNameTags, tagsOf, type BuildContext, type KnownNames } from './build-constraint.ts'

/** A Go file whose name or constraint decides where it is compiled. */
export interface ConstrainedFile {
  /** Relative to the module's directory with `/`. */
  readonly file: string
  /** `//go:build linux && sqlite`, or `_linux.go` for a name alone. */
  readonly constraint: string
  /** Tags that the module made up, each once, in the order written. */
  readonly tags: readonly string[]
  /** Tags of the toolchain that one build of a port has and another has not: `race`, `gccgo`, `amd64.v3`. */
  readonly varying: readonly string[]
  readonly holds: (hasTag: (tag: string) => boolean) => boolean
}

/** Where a file could be compiled: the ports of the Go in use, and its minor version. */
export interface Builds {
  readonly ports: readonly { readonly goos: string; readonly goarch: string }[]
  readonly goMinor: number
}

/** Tags that the toolchain sets by itself or by a flag of its own (go/build; cmd/go, `-race`); gccgo is another compiler. */
const toolTags: ReadonlySet<string> = new Set(
  'cgo gc gccgo unix race msan asan boringcrypto compiler_bootstrap'.split(' '),
)
/**
 * What other compilers set by themselves, so that nobody passes it to this one: TinyGo with its systems, gccgo with the
 * architectures and systems that only it builds for (gofrontend, configure.ac), App Engine before Go 1.11, the playground.
 */
const otherCompilers: ReadonlySet<string> = new Set(
  'tinygo baremetal wasip2 wasm_unknown gopherjs llgo appengine appenginevm faketime alpha ia64 m68k nios2 sh shbe haiku'.split(
    ' ',
  ),
)
/** Tags by which files say that they are no part of any build. */
const unbuilt: ReadonlySet<string> = new Set(['ignore', 'tools', 'tool'])
/** A Go that has not been released: files that wait for it are not dead. */
const laterMinor = 9999
/** More tags in one file than can be tried in all combinations. */
const mostTags = 8

/** The constraint of a file; undefined when every build compiles it, or when it is no part of any (`ignore`, tools.go). */
export function readConstraint(file: string, source: string, known: KnownNames): ConstrainedFile | undefined {
  const name = file.slice(file.lastIndexOf('/') + 1)
  const named = fileNameTags(name, known)
  const written = fileConstraint(source)
  if (named.length === 0 && written === undefined) return undefined
  const words = [...new Set(written?.text.replace(/^\/\/ ?[+:\w]+/gm, '').match(/[\p{L}\p{N}_.]+/gu) ?? [])]
  if (words.some((word) => unbuilt.has(word)) || /^tools?\.go$/.test(name)) return undefined
  return {
    file,
    constraint: [
      ...(named.length === 0 ? [] : [`_${named.join('_')}.go`]),
      ...(written === undefined ? [] : [written.text]),
    ].join(', '),
    tags: words.filter((word) => isOwnTag(word, known)),
    varying: words.filter(isVarying),
    holds: (has) => named.every(has) && (written === undefined || written.holds(has)),
  }
}

function isOwnTag(word: string, known: KnownNames): boolean {
  if (toolTags.has(word) || otherCompilers.has(word) || known.goos.has(word) || known.goarch.has(word)) return false
  // go1.21, goexperiment.synctest, amd64.v3.
  return !/^go1\.\d+$/.test(word) && !word.includes('.')
}

/**
 * The sets of tags to build with: each tag on its own, those of most files first, then the combinations that a file asks
 * for because no smaller set brings it in on some port. Tags of `base` are set anyway and no part of the sets.
 */
export function tagSets(
  files: readonly ConstrainedFile[],
  builds: Builds,
  base: readonly string[],
): readonly (readonly string[])[] {
  const count = new Map<string, number>()
  const larger = new Map<string, readonly string[]>()
  const seen = new Set<string>()
  for (const one of files) {
    const own = one.tags.filter((tag) => !base.includes(tag))
    for (const tag of own) count.set(tag, (count.get(tag) ?? 0) + 1)
    if (own.length < 2 || own.length > mostTags || seen.has(one.constraint)) continue
    seen.add(one.constraint)
    for (const set of askedFor(one, own, builds, base)) larger.set(set.join(','), set)
  }
  const single = [...count].sort(([a, m], [b, n]) => n - m || compareText(a, b)).map(([tag]) => [tag])
  const combined = [...larger.values()].sort((a, b) => a.length - b.length || compareText(a.join(), b.join()))
  return [...single, ...combined]
}

/** Sets of two or more tags of a file that bring it in on some port where no part of them does. */
function askedFor(
  one: ConstrainedFile,
  own: readonly string[],
  builds: Builds,
  base: readonly string[],
): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>()
  const subsets = subsetsOf(own)
  for (const build of contexts(builds)) {
    const minimal: (readonly string[])[] = []
    for (const subset of subsets) {
      if (minimal.some((smaller) => smaller.every((tag) => subset.includes(tag)))) continue
      if (!one.holds(tagsOf({ ...build, tags: [...base, ...subset] }))) continue
      minimal.push(subset)
      if (subset.length > 1) found.set(subset.join(','), subset)
    }
  }
  return [...found.values()]
}

/**
 * True when no port compiles a file, whatever the tags, the cgo mode, the compiler and the level are. Versions of Go before
 * `oldestMinor`, which the module does not support, count as none.
 */
export function isNeverCompiled(one: ConstrainedFile, builds: Builds, oldestMinor: number): boolean {
  const free = [...one.tags, ...one.varying]
  if (free.length > mostTags) return false
  const subsets = subsetsOf(free)
  const minors = [builds.goMinor, oldestMinor, laterMinor]
  for (const goMinor of minors) {
    for (const build of contexts({ ...builds, goMinor })) {
      const asked = tagsOf(build)
      if (subsets.some((set) => one.holds((tag) => (free.includes(tag) ? set.includes(tag) : asked(tag))))) return false
    }
  }
  return true
}

function isVarying(word: string): boolean {
  if (word === 'cgo' || word === 'unix') return false
  return toolTags.has(word) || otherCompilers.has(word) || (word.includes('.') && !/^go1\.\d+$/.test(word))
}

/** All sets of some tags, smaller ones first. */
function subsetsOf(tags: readonly string[]): readonly (readonly string[])[] {
  const sets = Array.from({ length: 2 ** tags.length }, (_, bits) => tags.filter((_tag, at) => (bits >> at) % 2 === 1))
  return sets.sort((a, b) => a.length - b.length)
}

function contexts(builds: Builds): readonly BuildContext[] {
  return builds.ports.flatMap((port) =>
    [false, true].map((cgo) => ({ ...port, cgo, tags: [], goMinor: builds.goMinor })),
  )
}
