import { messageBlock } from '../../../domain/message.ts'
import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'

const patterns: readonly RegExp[] = [
  /^(?:\S{0,60}\/)?-?(?:ba|da|a|z|k)?sh: (?:(?:line )?\d{1,6}: )?([\w.+-]{1,60}): (?:command )?not found$/,
  /^zsh: command not found: ([\w.+-]{1,60})$/,
  /^make(?:\[\d{1,3}\])?: ([\w.+-]{1,60}): (?:Command not found|No such file or directory)$/,
  /^\S{1,200}: (?:line )?\d{1,6}: ([\w.+-]{1,60}): (?:command )?not found$/,
  /^(?:\/usr\/bin\/)?env: [‘'"]?([\w.+-]{1,60})[’'"]?: No such file or directory$/,
  /^'([\w.+-]{1,60})' is not recognized as an internal or external command/,
  /The term '([\w.+-]{1,60})' is not recognized as (?:the|a) name of a cmdlet/,
  /^([\w.+-]{1,60}): program not found or is not executable/,
  /(?:running "[^"\n]{1,200}": |^|: )exec: "([\w.+-]{1,60})": executable file not found in (?:\$PATH|%PATH%)/,
]
const others =
  /^(?:git|hg|svn|bzr|fossil|swig|[\w-]*pkg-?conf(?:ig)?|gcc|g\+\+|clang|clang\+\+|cc|c\+\+|tcc|gobind|javac|[\w-]+-(?:gcc|g\+\+|clang))(?:\.exe)?$/

const rule: Rule = {
  id: 'command-not-found',
  area: 'environment',
  title: 'A program that the build calls is not installed, or not on PATH',
  what: 'The shell, make or go generate calls a program by its name and does not find it.',
  why: 'It is not installed in this image, or it was installed into a folder that PATH does not name: go install puts programs into $(go env GOPATH)/bin, and sudo, cron and login shells have a PATH of their own.',
  fix: 'Install it in this image, and add its folder to PATH.',
  classes: [],
  example: 'gen.go:3: running "stringer": exec: "stringer": executable file not found in $PATH',
  markers: ['not found', 'o such file or directory', 'is not recognized as', 'executable file not found'],
  message: (message) => {
    const generate = message.text.startsWith('running "')
    if (!generate && ['compile', 'cc', 'ld', 'cgo', 'git', 'pkg-config', 'test'].includes(message.printer))
      return undefined
    // As it was printed: the “go: ” of “make: go: …” is a program’s name here.
    const block = messageBlock(message).slice(0, 4000)
    const name = patterns.map((pattern) => pattern.exec(block)?.[1]).find((found) => found !== undefined)
    if (name === undefined || others.test(name)) return undefined
    const go = name === 'go' || name === 'go.exe' || name === 'gofmt'
    return diagnosis({
      confidence: go || message.kind === 'error' ? 'certain' : 'likely',
      message: `${name} is not installed here, or its folder is not on PATH.`,
      fix: go
        ? advice(
            'Install Go in this step or image, or add its folder to PATH (sudo resets it; a new step of a workflow needs it again).',
            ['export PATH="$PATH:/usr/local/go/bin"', 'command -v go'],
          )
        : advice(
            `Install ${name} in this image. When go install put it there, add its folder to PATH; a tool of the module is better run with go run or go tool, at the version that go.mod says.`,
            ['export PATH="$PATH:$(go env GOPATH)/bin"'],
          ),
      key: name,
    })
  },
}

export default rule
