import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'goroot-wrong',
  area: 'environment',
  title: 'GOROOT points to no Go, or to another one',
  what: 'The go command looks for its tools and the standard library in GOROOT, and finds nothing there or those of another version.',
  why: 'GOROOT is set to an old folder, or two versions were unpacked over each other. GOROOT needs not be set at all: the go command knows where it is.',
  fix: 'Unset GOROOT; when files of two versions are mixed, remove that Go wholly and install it anew.',
  classes: ['D06'],
  example: 'go: cannot find GOROOT directory: /opt/go1.18',
  markers: [
    'cannot find GOROOT directory',
    'does not match go tool version',
    'is not a Go source directory',
    'GOROOT=',
  ],
  message: (message) => {
    const block = plain(message)
    const missing = /cannot find GOROOT directory: ([^\n]+)/.exec(block)?.[1]
    const [, compiler, command] =
      /version "?(go[^\s"]+)"? does not match go tool version "?(go[^\s"]+)"?/.exec(block) ?? []
    if (missing === undefined && compiler === undefined) return undefined
    if (missing !== undefined) {
      const trimmed = missing.includes("'go' binary is trimmed")
      return diagnosis({
        message: trimmed
          ? 'This go command does not know where its Go is, and GOROOT is not set.'
          : `GOROOT names ${clip(missing)}, which does not exist.`,
        fix: trimmed
          ? advice(
              'Call the go command by its real path (not through a link into another folder), or set GOROOT to the folder it was installed in.',
              ['readlink -f "$(command -v go)"'],
            )
          : advice('Unset GOROOT: the go command knows where it is.', ['unset GOROOT', 'go env -u GOROOT']),
        key: 'GOROOT',
      })
    }
    return diagnosis({
      message: `The go command is ${command ?? 'one version'} and its compiler ${compiler ?? 'another'}: two versions of Go are mixed.`,
      fix: advice(
        'Unset GOROOT; if that does not help, remove this Go wholly (a new one was unpacked over an old one) and install it anew.',
        ['unset GOROOT', 'go env GOROOT', 'command -v -a go'],
      ),
      key: 'mixed',
    })
  },
}

export default rule
