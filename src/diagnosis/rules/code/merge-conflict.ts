import type { Message } from '../../../domain/message.ts'
import type { MessageContext, Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { isCompileMessage } from '../../rule-helpers/compile.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

/** What the compiler, go vet, gofmt and the go command's own reader of imports make of `<<<<<<<`, `=======` and `>>>>>>>`. */
const operator = /^syntax error: unexpected (?:<<|==|>>)|^expected \S{1,20}(?: \S{1,20})?, found '(?:<<|==|>>)'/
const statement = /^syntax error: non-declaration statement outside function body|^missing import path/
const marks = /^(?:<{7}|={7}|>{7})(?:\s|$)/

const rule: Rule = {
  id: 'merge-conflict',
  area: 'code',
  title: 'A Go file holds an unresolved merge conflict',
  what: 'A Go file holds the lines that git writes into a file when a merge conflicts (`<<<<<<<`, `=======`, `>>>>>>>`).',
  why: 'The file was committed in the middle of a merge or a rebase, or a tool runs Go during one.',
  fix: 'Keep what is right of both sides and delete the marker lines.',
  prevent: 'git diff --check in CI finds such lines.',
  classes: ['B02'],
  example: `# example.com/app
./main.go:3:1: syntax error: non-declaration statement outside function body
./main.go:5:1: syntax error: non-declaration statement outside function body
./main.go:7:1: syntax error: non-declaration statement outside function body
./main.go:10:1: syntax error: unexpected <<, expected }`,
  markers: [
    'unexpected <<',
    'unexpected ==',
    'unexpected >>',
    "found '<<'",
    "found '=='",
    "found '>>'",
    'non-declaration statement outside function body',
    'missing import path',
  ],
  message: async (message, context) => {
    const { position } = message
    if (position === undefined || !position.file.endsWith('.go') || position.column !== 1) return undefined
    if (!isMark(message) && !isCompileMessage(message)) return undefined
    const known = await context.facts.sourceLine?.({ file: position.file, line: position.line })
    const others = marksOf(position.file, context)
    const operators = others.some((other) => operator.test(other.text))
    const looksLike = operators || others.length > 2 || message.text.startsWith('missing import path')
    if (known === undefined ? !looksLike : !marks.test(known)) return undefined
    const sure = known !== undefined || operators
    return diagnosis({
      confidence: sure ? 'certain' : 'likely',
      message: `${position.file.replace(/^\.\//, '')} holds the markers of ${sure ? '' : 'what is most likely '}an unresolved merge conflict.`,
      fix: advice('Keep what is right of both sides and delete the marker lines.', ['git diff --check']),
      locations: await messageLocations(message, context.facts),
      package: message.package,
      key: position.file,
    })
  },
}

function isMark(message: Message): boolean {
  return operator.test(message.text) || statement.test(message.text)
}

/** What begins a line of the file and may be a mark: an operator cannot, a statement can where it has more of its kind. */
function marksOf(file: string, { command }: MessageContext): readonly Message[] {
  return command.messages.filter(
    (other) => other.position?.file === file && other.position.column === 1 && isMark(other),
  )
}

export default rule
