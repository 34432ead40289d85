import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { onPort } from '../../rule-helpers/excluded.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'external-link-needs-cgo',
  area: 'cgo',
  title: 'The program needs the system linker, and cgo is off',
  what: 'Some ports (android, ios) and some flags (-buildmode=plugin, c-shared, pie on some ports, -linkmode=external) need the linker of a C compiler, and with CGO_ENABLED=0 Go does not use it.',
  why: 'cgo is off because it is set so or because the build is for another machine. Up to Go 1.21 the build went on, printed `loadinternal: cannot find runtime/cgo`, and made a broken program.',
  fix: 'Set CGO_ENABLED=1 and CC to a compiler for the target (the NDK, Xcode), or drop the flag or the target.',
  classes: ['C18', 'C19', 'C22'],
  example: 'android/amd64 requires external (cgo) linking, but cgo is not enabled',
  markers: [
    'requires external (cgo) linking',
    'loadinternal: cannot find runtime/cgo',
    'relocation target x_cgo_',
    'relocation target _cgo_',
  ],
  message: (message, context) => {
    const block = plain(message)
    const what =
      /(?:^|: |\s)([^\s:]+|default PIE binary) requires external \(cgo\) linking, but cgo is not enabled/.exec(
        block,
      )?.[1]
    const silent = block.includes('loadinternal: cannot find runtime/cgo')
    const imported = /relocation target (?:x_cgo_|_cgo_)[^\s]+ not defined/.test(block)
    if (what === undefined && !silent && !imported) return undefined
    if (imported) {
      return diagnosis({
        confidence: 'likely',
        message: 'Something imports runtime/cgo, and cgo is off: its C half is not there to link.',
        fix: advice('Remove the import of runtime/cgo, or set CGO_ENABLED=1.'),
        package: message.package,
        key: 'runtime/cgo',
        // That rule knows the import.
        follows: ['runtime-cgo-import'],
      })
    }
    const on = onPort(context)
    const port = what !== undefined && /^[a-z0-9]+\/[a-z0-9]+$/.test(what)
    return diagnosis({
      message:
        what === undefined
          ? `The program is linked by the C compiler although cgo is off${on}: what comes out lacks the C half of the runtime.`
          : `${what === 'default PIE binary' ? `A program${on === '' ? ' for this port' : on}` : what} needs the linker of a C compiler, and cgo is off.`,
      fix: advice(
        port || what === 'default PIE binary'
          ? 'Set CGO_ENABLED=1 and CC to a C compiler for the target (Android: the clang of the NDK; iOS: clangwrap.sh on a Mac), or do not build for it.'
          : `Set CGO_ENABLED=1 and install a C compiler, or leave ${what ?? '-linkmode=external'} out. A static program needs no external linker: CGO_ENABLED=0 alone gives one on Linux.`,
        ['CGO_ENABLED=1 go build ./...'],
      ),
      package: message.package,
      key: what ?? 'loadinternal',
    })
  },
}

export default rule
