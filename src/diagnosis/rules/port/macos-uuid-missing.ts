import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'macos-uuid-missing',
  area: 'port',
  title: 'The loader of this macOS wants a UUID that older Go does not write',
  what: 'A program, mostly a test, is aborted at its start: “missing LC_UUID load command”.',
  why: 'macOS 26 wants an LC_UUID in every program, which macOS 15 and older do not check. The internal linker of Go writes one from Go 1.24 on (golang.org/issue/68678).',
  fix: 'Use Go 1.24 or newer; with an older one let Xcode’s linker do it, or stay on an older macOS.',
  classes: [],
  example: `dyld[8018]: missing LC_UUID load command in /private/tmp/app.test
dyld[8018]: missing LC_UUID load command
signal: abort trap`,
  markers: ['LC_UUID'],
  message: (message) => {
    if (!/(?:missing|no|without) LC_UUID/.test(plain(message))) return undefined
    return diagnosis({
      message:
        'This macOS refuses a program without LC_UUID, and the Go that linked it (most likely 1.23 or older) did not write one.',
      fix: advice(
        'Build with Go 1.24 or newer. Until then let the linker of Xcode do it, or run the job on an older macOS.',
        ['go test -ldflags=-linkmode=external ./...'],
      ),
      key: 'uuid',
    })
  },
}

export default rule
