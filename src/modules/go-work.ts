import type { GoWorkFile, ReplaceLine, ValueLine } from '../domain/go-files.ts'
import { present, readGo, readGodebug, readingOf, readPath, readReplace, readToolchain } from './mod-directives.ts'
import { readStatements } from './mod-statements.ts'
import { createProblemList, quoted } from './problems.ts'

const blockVerbs: ReadonlySet<string> = new Set(['godebug', 'use', 'replace'])

/**
 * Reads a go.work file, with the line of everything (golang.org/x/mod/modfile/work.go). Never throws: what is wrong becomes
 * a problem and reading goes on.
 */
export function parseGoWork(text: string): GoWorkFile {
  const problems = createProblemList()
  const godebug: ValueLine[] = []
  const use: ValueLine[] = []
  const replace: ReplaceLine[] = []
  let go: ValueLine | undefined
  let toolchain: ValueLine | undefined
  for (const statement of readStatements(text, blockVerbs, problems)) {
    const reading = readingOf(statement, problems)
    switch (statement.verb) {
      case 'go':
        go = readGo(reading, go) ?? go
        break
      case 'toolchain':
        toolchain = readToolchain(reading, toolchain) ?? toolchain
        break
      case 'godebug':
        godebug.push(...present(readGodebug(reading)))
        break
      case 'use':
        use.push(...present(readPath(reading)))
        break
      case 'replace':
        replace.push(...present(readReplace(reading)))
        break
      default:
        reading.problem(`${quoted(statement.verb)} is no directive of a go.work file`)
    }
  }
  return {
    ...(go === undefined ? {} : { go }),
    ...(toolchain === undefined ? {} : { toolchain }),
    godebug,
    use,
    replace,
    problems: problems.all(),
  }
}

/** The line that uses a directory, which is compared as a path: `./a` and `a/` are the same; undefined when none does. */
export function useLine(goWork: GoWorkFile, dir: string): number | undefined {
  const wanted = plain(dir)
  return goWork.use.find((use) => plain(use.value) === wanted)?.line
}

function plain(dir: string): string {
  const parts = dir.replaceAll('\\', '/').split('/')
  return parts.filter((part, i) => part !== '.' && (part !== '' || i === 0)).join('/') || '.'
}
