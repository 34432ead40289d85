import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const takesValue: ReadonlySet<string> = new Set(['-o', '-ldflags', '-gcflags', '-tags', '-run', '-mod', '-p', '-C'])

const rule: Rule = {
  id: 'flag-invalid',
  area: 'code',
  title: 'A flag is not known, or has a wrong value',
  what: 'The go command, or a tool it starts (link, compile), was given a flag that it does not have or a value that it cannot use.',
  why: 'A typing slip, a flag that a newer Go brought, a value with a blank that was not quoted (-ldflags), a flag after the packages, or one -o file for several programs.',
  fix: 'Correct the flag; `go help build` lists them.',
  classes: ['B08', 'B09', 'B10'],
  example: `flag provided but not defined: -verbose
usage: go build [-o output] [build flags] [packages]
Run 'go help build' for details.`,
  markers: [
    'flag provided but not defined',
    '-X flag requires argument',
    'cannot write multiple packages to non-directory',
    'invalid value "',
    'invalid boolean value',
    'flag needs an argument',
    'named files must be .go files: -',
    'malformed import path "-',
    'invalid input directory name "-',
  ],
  message: (message) => {
    const block = plain(message)
    const unknown = /flag provided but not defined: (-[^\s]+)/.exec(block)?.[1]
    const tool = /usage: (go [a-z]+(?: [a-z]+)?|link|compile|asm|vet|cgo)\b/.exec(block)?.[1]
    const output = /cannot write multiple packages to non-directory ([^\s]+)/.exec(block)?.[1]
    const value = /invalid (?:boolean )?value "([^"\n]*)" for (?:flag )?(-[^\s:]+)(?:: ([^\n]+))?/.exec(block)
    const misplaced =
      /(?:named files must be \.go files: |malformed import path "|invalid input directory name ")(-[a-z][a-z0-9_-]{0,40})/.exec(
        block,
      )?.[1]
    const bare = /flag needs an argument: (-[^\s]+)/.exec(block)?.[1]
    // In an import of a file it is what somebody wrote there.
    if (misplaced !== undefined && message.position === undefined) {
      return diagnosis({
        title: 'A flag stands after the packages',
        message: `${misplaced} stands after the packages, where the go command takes it for one more of them.`,
        fix: advice(
          `Set flags before the packages: go build ${misplaced}${takesValue.has(misplaced) ? ' VALUE' : ''} ./...`,
        ),
        key: misplaced,
      })
    }
    if (unknown !== undefined) {
      const inner = tool === 'link' ? '-ldflags' : tool === 'compile' ? '-gcflags' : undefined
      const diff = unknown === '-diff' || unknown === '-json'
      return diagnosis({
        message: `${tool === undefined ? 'The command' : inner === undefined ? tool : `The ${tool === 'link' ? 'linker' : 'compiler'} (through ${inner})`} has no flag ${clip(unknown)}.`,
        fix: advice(
          diff
            ? `Use a newer Go for this flag (go mod tidy -diff came with 1.23, go build -json with 1.24).`
            : inner === undefined
              ? 'Correct the flag; flags stand before the packages.'
              : `Correct the value of ${inner}, and quote it as one word: ${inner}="-s -w".`,
          tool?.startsWith('go ') === true ? [`go help ${tool.slice(3)}`] : [],
        ),
        key: unknown,
      })
    }
    if (block.includes('-X flag requires argument of the form importpath.name=value')) {
      return diagnosis({
        message: 'The value of -X (in -ldflags) has not the form importpath.name=value.',
        fix: advice(
          'Write the whole name with its import path and quote values that hold blanks: -ldflags="-X \'example.com/app/version.Date=1 May\'". An empty variable leaves the = away.',
        ),
        package: message.package,
        key: '-X',
      })
    }
    if (output !== undefined) {
      return diagnosis({
        message: `-o ${clip(output)} is one file, and the command builds several programs.`,
        fix: advice('Give -o a folder that exists (a name with / at its end), or name one program.'),
        key: '-o',
      })
    }
    if (value !== null || bare !== undefined) {
      return diagnosis({
        message:
          bare === undefined
            ? `${value?.[2] ?? 'A flag'} cannot have the value ${clip(value?.[1] ?? '')}${value?.[3] === undefined ? '' : `: ${clip(value[3])}`}.`
            : `${bare} needs a value.`,
        fix: advice('Correct the flag; a variable in the command line may be empty.'),
        key: value?.[2] ?? bare,
      })
    }
    return undefined
  },
}

export default rule
