import type { Rule } from '../../../domain/rule.ts'
import { plain } from '../../rule-helpers/text.ts'

const patterns: readonly RegExp[] = [
  /^too many errors/,
  /^FAIL(?:\t| |$)/,
  /^--- FAIL: /,
  /^exit status \d+$/,
  /^(?:g?make)(?:\[\d+\])?: \*\*\* /,
  /^Makefile:\d+: recipe for target/,
  /^(?:Error: )?Process completed with exit code \d/,
  /^The command .* returned a non-zero code/,
  /^ERROR: (?:process "|failed to |Service |Job failed|executor failed|script returned|A failure occurred)/,
  /^(?:==> ERROR|failed to solve|error: failed to solve|npm ERR!|npm error|script returned exit code|The terminal process terminated|error Command failed|mage: |task: Failed to run task)/,
  /^note: module requires Go /,
  /collect2(?:\.exe)?: error: ld returned \d+ exit status/,
  /linker command failed with exit code \d/,
  /^compilation terminated/,
  /^(?:[^\s:]*[\\/])?link(?:\.exe)?: running [^\s]+ failed: exit status \d+/,
  /^error obtaining buildID for go tool [^\s]+: exit status \d+/,
  /^error loading module requirements/,
  /^build failed$/,
  /^asm: assembly of /,
]

const rule: Rule = {
  id: 'follow-on',
  area: 'code',
  title: 'A message that only follows from another one',
  what: 'Lines such as `too many errors`, `FAIL … [build failed]`, `make: *** Error 1` or `exit status 1` say that something failed before them, not what.',
  why: 'Every program in a chain says that the one it started has failed.',
  fix: 'Look at the first failure, not the last line. gopreflight shows that one.',
  classes: ['B03', 'B07', 'C10'],
  example: `./main.go:13:2: too many errors
FAIL	example.com/app [build failed]`,
  markers: [
    'too many errors',
    'FAIL',
    'exit status',
    '***',
    'recipe for target',
    'exit code',
    'non-zero code',
    'ERROR',
    'failed',
    'npm ERR',
    'npm error',
    'note: module requires Go',
    'terminated',
    'mage: ',
    'error loading module requirements',
  ],
  message: (message) => (patterns.some((pattern) => pattern.test(plain(message))) ? 'consequence' : undefined),
}

export default rule
