import type { Location } from '../../../domain/module.ts'
import type { Diagnosis, Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { locate, positionedLines } from '../../rule-helpers/where.ts'

const since: Readonly<Record<string, string>> = {
  retract: '1.16',
  toolchain: '1.21',
  godebug: '1.23',
  tool: '1.24',
  ignore: '1.25',
}

const rule: Rule = {
  id: 'directive-unknown',
  area: 'version',
  title: 'go.mod holds a directive that this Go does not know',
  what: 'A line of go.mod begins with a word that the running Go, or a tool with a parser of its own, does not know.',
  why: 'The word came with a newer Go: `toolchain` with 1.21, `godebug` with 1.23, `tool` with 1.24, `ignore` with 1.25. Or it is misspelt.',
  fix: 'Use a Go (or a release of the tool) that knows the word; if it is misspelt, correct it.',
  classes: ['V10'],
  example: `go: errors parsing go.mod:
go.mod:5: unknown directive: plugin`,
  markers: ['unknown directive', 'unknown block type'],
  message: async (message, { facts }) => {
    const line = positionedLines(message).find((each) => /unknown (?:directive|block type): /.test(each.text))
    const word =
      /^unknown (?:directive|block type): ([^\s]+)/.exec(line?.text ?? '')?.[1] ??
      /go\.mod:\d+: unknown (?:directive|block type): ([^\s]+)/.exec(plain(message))?.[1]
    if (word === undefined || /^[<=>|]{4,}/.test(word)) return undefined
    const file = line?.position?.file ?? 'go.mod'
    if (file.endsWith('go.work')) return undefined
    const byTool = /error while parsing go\.mod|level=/.test(message.text)
    return unknown(word, line?.position?.line ?? 0, byTool, await locate(facts, line?.position))
  },
  observe: {
    'module-files': ({ goMod, goModPath }) =>
      (goMod?.problems ?? []).flatMap((problem) => {
        const word = /^"([^"]*)" is no directive of a go\.mod file/.exec(problem.message)?.[1]
        return word === undefined ? [] : [unknown(word, problem.line, false, [{ file: goModPath, line: problem.line }])]
      }),
  },
}

function unknown(word: string, line: number, byTool: boolean, locations: readonly Location[]): Diagnosis {
  const newer = since[word]
  return diagnosis({
    confidence: newer === undefined ? 'likely' : 'certain',
    message:
      newer === undefined
        ? `${word} is no directive that ${byTool ? 'this tool' : 'the Go that runs'} knows; most likely it is misspelt.`
        : `${word} came with Go ${newer}; ${byTool ? 'this tool reads go.mod with an older parser' : 'the Go that runs is older'}.`,
    fix: advice(
      newer === undefined
        ? `Correct or remove the line.`
        : byTool
          ? `Use a release of the tool that was built with a parser of Go ${newer} or newer; go.mod is fine.`
          : `Use Go ${newer} or newer here. Taking the line out helps only when nobody needs it.`,
    ),
    locations,
    key: `${word} ${line}`,
  })
}

export default rule
