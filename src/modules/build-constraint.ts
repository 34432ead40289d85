/** A parsed constraint: true or false for a set of tags. */
export type Constraint = (hasTag: (tag: string) => boolean) => boolean

/** go/build/constraint refuses longer expressions, too. */
const maxExpression = 1000

/**
 * Parses the expression of a `//go:build` line: tags, `!`, `&&`, `||`, parentheses (go/build/constraint, parseOr and
 * below). Undefined for what is no expression; the go command then complains of the file itself.
 */
export function parseConstraint(expression: string): Constraint | undefined {
  if (expression.length > maxExpression) return undefined
  const tokens = expression.match(/&&|\|\||[!()]|[\p{L}\p{N}_.]+|\S/gu) ?? []
  let at = 0
  const or = (): Constraint | undefined => chain('||', and, (a, b) => (has) => a(has) || b(has))
  const and = (): Constraint | undefined => chain('&&', not, (a, b) => (has) => a(has) && b(has))
  const not = (): Constraint | undefined => {
    const token = tokens[at++]
    if (token === '!') {
      const inner = not()
      return inner === undefined ? undefined : (has) => !inner(has)
    }
    if (token === '(') {
      const inner = or()
      return tokens[at++] === ')' ? inner : undefined
    }
    return token !== undefined && /^[\p{L}\p{N}_.]+$/u.test(token) ? (has) => has(token) : undefined
  }
  const chain = (
    operator: string,
    operand: () => Constraint | undefined,
    join: (a: Constraint, b: Constraint) => Constraint,
  ): Constraint | undefined => {
    let left = operand()
    while (left !== undefined && tokens[at] === operator) {
      at++
      const right = operand()
      left = right === undefined ? undefined : join(left, right)
    }
    return left
  }
  const parsed = or()
  return at === tokens.length ? parsed : undefined
}

/** The constraint written in a Go file, and the lines that say so. */
export interface FileConstraint {
  readonly text: string
  readonly holds: Constraint
}

/**
 * The constraint above the package clause: the `//go:build` line, else all `// +build` lines together (go/build,
 * shouldBuild). Undefined when the file has none.
 */
export function fileConstraint(source: string): FileConstraint | undefined {
  const plus: string[] = []
  let inComment = false
  for (const raw of source.split('\n', 2000)) {
    const line = raw.trim()
    if (inComment) {
      inComment = !line.includes('*/')
      continue
    }
    if (line.startsWith('/*')) {
      inComment = !line.includes('*/')
      continue
    }
    if (line.startsWith('//go:build ')) {
      const holds = parseConstraint(line.slice('//go:build '.length))
      return holds === undefined ? undefined : { text: line, holds }
    }
    if (/^\/\/ ?\+build\s/.test(line)) plus.push(line.replace(/^\/\/ ?\+build\s+/, ''))
    if (line !== '' && !line.startsWith('//')) break
  }
  return plus.length === 0
    ? undefined
    : { text: plus.map((line) => `// +build ${line}`).join('\n'), holds: plusBuild(plus) }
}

/** Lines are joined by and, words of a line by or, parts of a word by and (`linux,amd64`). */
function plusBuild(lines: readonly string[]): Constraint {
  const words = lines.map((line) => line.split(/\s+/).map((word) => word.split(',')))
  return (has) =>
    words.every((line) =>
      line.some((parts) => parts.every((tag) => (tag.startsWith('!') ? !has(tag.slice(1)) : has(tag)))),
    )
}

// Names that make a file name a constraint although no port has them any more (internal/syslist of Go 1.27).
const formerOs = ['hurd', 'nacl', 'zos']
const formerArch = 'amd64p32 armbe arm64be mips64p32 mips64p32le ppc riscv s390 sparc sparc64'.split(' ')

/** The operating systems and architectures that a file name can name. */
export interface KnownNames {
  readonly goos: ReadonlySet<string>
  readonly goarch: ReadonlySet<string>
}

/** From the ports of a toolchain (`go tool dist list`) and the names that were ports once. */
export function knownNames(ports: readonly { readonly goos: string; readonly goarch: string }[]): KnownNames {
  return {
    goos: new Set([...ports.map((port) => port.goos), ...formerOs]),
    goarch: new Set([...ports.map((port) => port.goarch), ...formerArch]),
  }
}

/** The tags that a file name asks for, `x_linux_arm64_test.go` -> linux, arm64 (go/build, goodOSArchFile). */
export function fileNameTags(name: string, known: KnownNames): readonly string[] {
  const stem = name.split('.')[0] ?? ''
  const first = stem.indexOf('_')
  if (first < 0) return []
  const parts = stem.slice(first).split('_')
  if (parts.at(-1) === 'test') parts.pop()
  const last = parts.at(-1) ?? ''
  const before = parts.at(-2) ?? ''
  if (known.goos.has(before) && known.goarch.has(last)) return [before, last]
  return known.goos.has(last) || known.goarch.has(last) ? [last] : []
}

/** Members of the tag `unix` (internal/syslist, UnixOS). */
const unix = new Set('aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris'.split(' '))
/** Operating systems that are another one, too (go/build, matchTag). */
const also: Readonly<Record<string, string>> = { android: 'linux', illumos: 'solaris', ios: 'darwin' }

/** What a build is for, as far as constraints can ask. */
export interface BuildContext {
  readonly goos: string
  readonly goarch: string
  readonly cgo: boolean
  readonly tags: readonly string[]
  /** Minor version of Go: 26 for go1.26.3; satisfies go1.1 to go1.26. */
  readonly goMinor: number
  /** `v3` for GOAMD64=v3, which satisfies amd64.v1 to amd64.v3. */
  readonly level?: string
}

/** Answers tags as the go command does for a build (go/build, matchTag). */
export function tagsOf(build: BuildContext): (tag: string) => boolean {
  return (tag) => {
    if (tag === 'cgo') return build.cgo
    if (tag === build.goos || tag === build.goarch || tag === also[build.goos] || tag === 'gc') return true
    if (tag === 'unix') return unix.has(build.goos)
    if (build.tags.includes(tag)) return true
    const release = /^go1\.(\d{1,4})$/.exec(tag)?.[1]
    if (release !== undefined) return Number(release) <= build.goMinor
    return levelHolds(tag, build)
  }
}

function levelHolds(tag: string, { goarch, level }: BuildContext): boolean {
  if (!tag.startsWith(`${goarch}.`)) return false
  const asked = Number(tag.replace(/\D+/g, ' ').trim().split(' ').at(-1))
  const has = Number(/\d+/.exec(level ?? '')?.[0] ?? (goarch === 'arm' ? 7 : goarch.startsWith('ppc64') ? 8 : 1))
  return asked <= has
}
