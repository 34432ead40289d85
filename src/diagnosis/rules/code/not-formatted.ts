import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const says =
  /File is not (?:`?(gofmt|goimports|gofumpt|gci)`?-ed|properly formatted(?: \((gofmt|goimports|gofumpt|gci)\))?)/

const rule: Rule = {
  id: 'not-formatted',
  area: 'code',
  title: 'A file is not formatted as gofmt would',
  what: 'A linter compares files with what gofmt (goimports, gofumpt, gci) makes of them and finds a difference.',
  why: 'The file was not formatted, or another version formats otherwise. When all files are named, on Windows most of all, it is their line endings: git wrote CRLF at checkout, gofmt wants LF.',
  fix: 'Run the formatter; for line endings add `*.go text eol=lf` to .gitattributes.',
  classes: [],
  example: 'main.go:1: File is not `gofmt`-ed with `-s` (gofmt)',
  markers: ['File is not '],
  message: async (message, { facts }) => {
    const found = says.exec(plain(message))
    if (found === null) return undefined
    const tool = found[1] ?? found[2] ?? 'gofmt'
    return diagnosis({
      message: `Files are not formatted as ${tool} would; when it names every file, git wrote them with CRLF line endings (Windows).`,
      fix: advice('Format them and commit. If nothing changes then, pin the line endings in .gitattributes.', [
        tool === 'gofmt' ? 'gofmt -s -w .' : command(tool, '-w', '.'),
        "echo '*.go text eol=lf' >> .gitattributes && git add --renormalize .",
      ]),
      locations: await messageLocations(message, facts),
      key: tool,
    })
  },
}

export default rule
