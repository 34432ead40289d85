import type { ExcludeLine, GoModFile, ReplaceLine, RequireLine, RetractLine, ValueLine } from '../domain/go-files.ts'
import {
  readGo,
  readGodebug,
  present,
  readingOf,
  readModuleVersion,
  readPath,
  readReplace,
  readString,
  readToolchain,
  reportRepeated,
  type Reading,
} from './mod-directives.ts'
import { readStatements, type Statement } from './mod-statements.ts'
import { createProblemList, quoted } from './problems.ts'

const blockVerbs: ReadonlySet<string> = new Set([
  'module',
  'godebug',
  'require',
  'exclude',
  'replace',
  'retract',
  'tool',
  'ignore',
])

/**
 * Reads a go.mod file, with the line of everything (golang.org/x/mod/modfile/rule.go, the strict rules of a main module).
 * Never throws: what is wrong becomes a problem and reading goes on, so that one bad line does not hide the others.
 * Versions are in canonical form, `v1` as `v1.0.0`; those of retract lines are as written. Lines that say the same twice
 * are all returned, where `go mod edit -json` drops repeats.
 */
export function parseGoMod(text: string): GoModFile {
  const problems = createProblemList()
  const require: RequireLine[] = []
  const exclude: ExcludeLine[] = []
  const replace: ReplaceLine[] = []
  const retract: RetractLine[] = []
  const lists: Readonly<Record<'godebug' | 'tool' | 'ignore', ValueLine[]>> = { godebug: [], tool: [], ignore: [] }
  let module: GoModFile['module']
  let go: ValueLine | undefined
  let toolchain: ValueLine | undefined
  let moduleLine: number | undefined

  for (const statement of readStatements(text, blockVerbs, problems)) {
    const reading = readingOf(statement, problems)
    const { verb, line } = statement
    switch (verb) {
      case 'module':
        if (moduleLine === undefined) module = readModule(reading)
        else reportRepeated(reading, moduleLine)
        moduleLine ??= line
        break
      case 'go':
        go = readGo(reading, go) ?? go
        break
      case 'toolchain':
        toolchain = readToolchain(reading, toolchain) ?? toolchain
        break
      case 'require':
        for (const read of present(readModuleVersion(reading))) {
          require.push({ line, ...read, indirect: isIndirect(statement.suffix) })
        }
        break
      case 'exclude':
        exclude.push(...present(readModuleVersion(reading)).map((read) => ({ line, ...read })))
        break
      case 'replace':
        replace.push(...present(readReplace(reading)))
        break
      case 'retract':
        retract.push(...present(readRetract(reading)))
        break
      case 'godebug':
        lists.godebug.push(...present(readGodebug(reading)))
        break
      case 'tool':
      case 'ignore':
        lists[verb].push(...present(readPath(reading)))
        break
      default:
        reading.problem(`${quoted(verb)} is no directive of a go.mod file`)
    }
  }
  // A module line that could not be read has been reported as such.
  if (moduleLine === undefined && !/^[ \t]*module\b/m.test(text)) {
    problems.add(1, 'the file has no module line: add one, like `module example.com/name`')
  }
  return {
    ...(module === undefined ? {} : { module }),
    ...(go === undefined ? {} : { go }),
    ...(toolchain === undefined ? {} : { toolchain }),
    ...lists,
    require,
    exclude,
    replace,
    retract,
    problems: problems.all(),
  }
}

/** The line that requires a module; undefined when none does. */
export function requireLine(goMod: GoModFile, path: string): number | undefined {
  return goMod.require.find((require) => require.path === path)?.line
}

/** The line that replaces a module, at the given version before one for all versions, as Go chooses; undefined when none does. */
export function replaceLine(goMod: Pick<GoModFile, 'replace'>, path: string, version?: string): number | undefined {
  const lines = goMod.replace.filter((replace) => replace.old.path === path)
  const exact = version === undefined ? lines[0] : lines.find((replace) => replace.old.version === version)
  return (exact ?? lines.find((replace) => replace.old.version === undefined))?.line
}

function readModule(reading: Reading): GoModFile['module'] {
  const { statement, problem } = reading
  const [token] = statement.args
  if (token === undefined || statement.args.length > 1) {
    problem('module takes exactly one path, like `module example.com/name`')
    return undefined
  }
  const value = readString(reading, token)
  if (value === undefined) return undefined
  const deprecated = deprecation(statement)
  return { line: statement.line, value, ...(deprecated === undefined ? {} : { deprecated }) }
}

/** The paragraph of the comment that begins with `Deprecated:` (https://go.dev/ref/mod#go-mod-file-module-deprecation). */
function deprecation(statement: Statement): string | undefined {
  const mark = 'Deprecated:'
  const lines = statement.comments.join('\n').split('\n')
  const start = lines.findIndex((line, i) => line.startsWith(mark) && (i === 0 || (i > 1 && lines[i - 1] === '')))
  if (start < 0) return undefined
  const end = lines.indexOf('', start)
  const text = lines.slice(start, end < 0 ? undefined : end).join('\n')
  return text.slice(mark.length).replace(/^ +/, '') || undefined
}

/** `// indirect`, or `// indirect; and a remark`. */
function isIndirect(suffix: string | undefined): boolean {
  const [first, second] = (suffix ?? '').slice(2).trim().split(/\s+/, 2)
  return first === 'indirect' ? second === undefined : first === 'indirect;' && second !== undefined
}

function readRetract(reading: Reading): RetractLine | undefined {
  const { statement, problem } = reading
  const { args, line } = statement
  const range = args[0] === '['
  const shape = range ? args.length === 5 && args[2] === ',' && args[4] === ']' : args.length === 1
  const lowToken = range ? args[1] : args[0]
  const highToken = range ? args[3] : args[0]
  if (!shape || lowToken === undefined || highToken === undefined || lowToken === '(') {
    problem('retract takes one version, or a range like [v1.0.0, v1.9.9]')
    return undefined
  }
  const low = readString(reading, lowToken)
  const high = range ? readString(reading, highToken) : low
  if (low === undefined || high === undefined) return undefined
  return { line, low, high, rationale: statement.comments.join('\n') }
}
