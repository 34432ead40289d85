import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const willChange = /\b(LF|CRLF) (?:will be|would be) replaced by (CRLF|LF)/
const script =
  /\^M: bad interpreter|\$'\\r': command not found|\$'[^'\n]{1,100}\\r'|\\r['’”"]?: No such file or directory|\w\^M[:'"’ ]|[’']\w{1,30}\\r[’']|: bad interpreter: No such file/

const perhaps =
  /\.(?:sh|bash|py|pl): (?:cannot execute: required file not found|not found$)|exec [^\s:"]{1,300}\.(?:sh|bash): no such file or directory/m

const rule: Rule = {
  id: 'crlf-line-endings',
  area: 'environment',
  title: 'Files have Windows line endings where Unix ones are needed',
  what: 'git on Windows writes files with CRLF line endings; the go command writes LF, so files look changed, and scripts do not start in a container.',
  why: 'core.autocrlf (the default of Git for Windows) changes line endings at checkout unless .gitattributes says what each file has to have.',
  fix: 'Say it in .gitattributes (`* text=auto eol=lf`) and renormalize.',
  classes: [],
  example: "warning: in the working copy of 'go.mod', LF will be replaced by CRLF the next time Git touches it",
  markers: [
    'replaced by CRLF',
    'replaced by LF',
    '^M:',
    '^M ',
    "\\r'",
    '\\r’',
    '\\r"',
    '\\r: No such file',
    'bad interpreter',
    '.sh',
    '.bash',
    '.py',
    '.pl',
  ],
  message: (message) => {
    const block = plain(message)
    const change = willChange.exec(block)
    const maybe = perhaps.test(block)
    const broken = maybe || script.test(block)
    if (change === null && !broken) return undefined
    const file =
      /working copy of '([^'\n]{1,300})'/.exec(block)?.[1] ??
      /replaced by (?:CRLF|LF) in ([^\s]{1,300}?)\.?$/m.exec(block)?.[1]
    const forGo = file !== undefined && /(?:^|\/)go\.(?:mod|sum|work)$/.test(file)
    return diagnosis({
      severity: broken ? 'error' : 'warning',
      confidence: maybe || (block.includes('bad interpreter: No such') && !block.includes('^M')) ? 'guess' : 'likely',
      message: broken
        ? 'A script was saved with CRLF line endings: the carriage return became part of the name of its interpreter or command.'
        : forGo
          ? `git writes ${file} with CRLF line endings on this machine, and the go command writes LF: the file looks changed again and again, and “is it tidy” checks fail, with nothing changed in it.`
          : `git changes the line endings of ${file ?? 'files'} on this machine; hashes and comparisons (gofmt, go mod tidy) see other bytes than on other machines.`,
      fix: advice('Pin the line endings in .gitattributes and commit it, then let git write the files anew.', [
        broken
          ? "echo '*.sh text eol=lf' >> .gitattributes"
          : "printf '%s\\n' 'go.mod text eol=lf' 'go.sum text eol=lf' '*.go text eol=lf' >> .gitattributes",
        'git add --renormalize .',
      ]),
      key: broken ? 'script' : 'git',
    })
  },
}

export default rule
