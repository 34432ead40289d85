import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

// What stand-ins of packages say when the program was built without cgo.
const stubs: readonly RegExp[] = [
  /[Bb]inary was compiled with '?"?CGO_ENABLED=0'?"?, ([\w./-]{1,60}) requires cgo/,
  /([\w./-]{1,60}) requires cgo to (?:work|function|build)/,
  /(?:compiled|built|build) (?:without|w\/o) (?:cgo|CGO)\b(?: support)?/,
  /(?:cgo|CGO) (?:is |was )?(?:not enabled|disabled) (?:at|when|in|during|for) (?:build|compil|this)/,
  /\b(?:requires|needs|need) (?:a binary (?:built|compiled) with )?(?:cgo|CGO|CGO_ENABLED=1)(?: (?:to be enabled|enabled|support))?\b/,
  /not available (?:without|in non-|when) ?(?:cgo|CGO)\b|not (?:supported|implemented) without (?:cgo|CGO)\b/,
  /support for ledger devices is not available in this executable/,
  /^(?:[^\n]{0,200}: )?plugin: not implemented$/,
]
const user = /\buser: (?:Current|GroupIds|lookup (?:user|group)\w*)[^\n]{0,80}(?:requires cgo|not implemented on)/

const rule: Rule = {
  id: 'cgo-stub',
  area: 'cgo',
  title: 'The program runs with a stand-in, for it was built without cgo',
  what: 'A package that needs C was built with cgo off: the program compiles, because the package has a stand-in without C, and fails when it is used.',
  why: 'cgo is off when CGO_ENABLED=0 is set, when GOOS or GOARCH name another machine than the one that builds, and where no C compiler is installed (golang:alpine).',
  fix: 'Build with CGO_ENABLED=1 and a C compiler for the target, or use a package written in Go alone.',
  prevent: 'The probe `cgo` of gopreflight shows which packages change when cgo is off.',
  classes: [],
  example: "Binary was compiled with 'CGO_ENABLED=0', go-sqlite3 requires cgo to work. This is a stub",
  markers: ['cgo', 'CGO', 'support for ledger devices', 'plugin: not implemented', 'user: '],
  message: (message) => {
    // What the go command and the compiler say about cgo is no word of a running program.
    if (['go', 'compile', 'cgo', 'cc', 'ld', 'link', 'wrapper', 'vet', 'asm'].includes(message.printer))
      return undefined
    if (message.position !== undefined && message.kind === 'error') return undefined
    const block = plain(message)
    if (/-race requires cgo|external \(cgo\) linking/.test(block)) return undefined
    const found = stubs.map((stub) => stub.exec(block)).find((match) => match !== null)
    if (found === undefined && !user.test(block)) return undefined
    const name = found?.[1]
    if (found === undefined) {
      return diagnosis({
        confidence: 'likely',
        message: `A look-up of a user or group failed because the program was built without cgo: ${clip(block.split('\n')[0] ?? '', 120)}.`,
        fix: advice(
          'Build with CGO_ENABLED=1 on this system, or set USER and HOME for the process and have the user in /etc/passwd, which is all that Go reads by itself.',
          ['CGO_ENABLED=1 go build ./...'],
        ),
        key: 'user',
      })
    }
    const plugin = block.includes('plugin: not implemented')
    const sqlite = /sqlite/i.test(name ?? block)
    return diagnosis({
      confidence: name === undefined && !plugin ? 'likely' : 'certain',
      message: plugin
        ? 'Plugins are not there: the program was built without cgo, or for a system that has none (Windows).'
        : `The program was built without cgo, so ${name ?? 'a package that needs C'} is only a stand-in that returns this error.`,
      fix: advice(
        `Build with CGO_ENABLED=1 and a C compiler for the target (cross compiling needs CC too: x86_64-w64-mingw32-gcc for Windows, aarch64-linux-gnu-gcc for linux/arm64; in golang:alpine install gcc and musl-dev)${sqlite ? ', or use a driver written in Go alone such as modernc.org/sqlite' : ''}.`,
        ['CGO_ENABLED=1 go build ./...', 'go version -m PROGRAM  # shows CGO_ENABLED'],
      ),
      module: sqlite && block.includes('go-sqlite3') ? 'github.com/mattn/go-sqlite3' : undefined,
      key: name ?? (plugin ? 'plugin' : 'stub'),
    })
  },
}

export default rule
