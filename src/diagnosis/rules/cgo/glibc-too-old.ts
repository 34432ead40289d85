import type { Parts, Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { enumerate, plain } from '../../rule-helpers/text.ts'

const wanted = /version [`'‘"]?((?:GLIBC|GLIBCXX|CXXABI)_[\w.]{1,20})['’"]? not found/g
const linked = /undefined reference to [`'"‘]([\w.]{1,100})@@?(GLIBC_[\w.]{1,20})/

const rule: Rule = {
  id: 'glibc-too-old',
  area: 'cgo',
  title: 'The C library here is older than the one the program was built with',
  what: 'A program that uses the C library (cgo) was linked on a newer distribution than the one that runs it, and the loader refuses it.',
  why: 'glibc runs programs built with older releases of itself, never with newer ones. A Go program is bound to it as soon as cgo is on and it uses net, os/user or a package with C.',
  fix: 'Build without cgo (CGO_ENABLED=0), or build in an image as old as the oldest system that shall run the program.',
  prevent:
    'Pin the image that builds releases (debian:bullseye, not latest), or release static programs. Never copy a newer libc.so.6 onto a system.',
  classes: [],
  example: "./app: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.32' not found (required by ./app)",
  markers: ['GLIBC_', 'GLIBCXX_', 'CXXABI_'],
  message: (message) => {
    const block = plain(message)
    const [, symbol, version] = linked.exec(block) ?? []
    if (symbol !== undefined && version !== undefined) {
      return diagnosis({
        message: `A C object that is linked was built with ${version} or newer (${symbol}), and the C library here is older.`,
        fix: advice(
          'Build the C library or object on this system, or build on a distribution with a glibc at least as new as the one it was made with.',
          ['ldd --version'],
        ),
        package: message.package,
        key: 'link',
      })
    }
    const versions = [...block.matchAll(wanted)].map((found) => found[1] ?? '')
    if (versions.length === 0) return undefined
    const program = /\(required by ([^\s)]{1,300})\)/.exec(block)?.[1] ?? /^([^\s:]{1,300}): /.exec(block)?.[1]
    const parts = { versions, programs: program === undefined || program === '...' ? [] : [program] }
    return diagnosis({
      ...wording(parts),
      fix: advice(
        'Rebuild it: with CGO_ENABLED=0 when nothing in it needs C, else in an image of the oldest distribution it shall run on. Copying a newer libc.so.6 there breaks the system.',
        ['CGO_ENABLED=0 go build ./...', 'ldd --version  # on the machine that runs it'],
      ),
      parts,
      key: 'run',
    })
  },
  merge: wording,
}

function wording({ versions = [], programs = [] }: Parts): { readonly message: string } {
  const highest = [...versions].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1) ?? ''
  const what = highest.startsWith('GLIBC_')
    ? `glibc ${highest.slice('GLIBC_'.length)}`
    : `${highest} of the C++ library (libstdc++)`
  return {
    message: `${programs.length === 0 ? 'The program' : enumerate(programs, 3)} was built with ${what} or newer, and this system has an older one.`,
  }
}

export default rule
