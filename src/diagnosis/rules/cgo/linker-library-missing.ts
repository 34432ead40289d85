import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { installLibrary } from '../../rule-helpers/native-packages.ts'
import { enumerate, plain } from '../../rule-helpers/text.ts'

const pattern =
  /cannot find -l:?([^\s:]+)|library '?-?l?([^\s']+?)'? not found|library not found for -l([^\s]+)|unable to find library -l([^\s]+)/g

const rule: Rule = {
  id: 'linker-library-missing',
  area: 'cgo',
  title: 'The linker does not find a C library',
  what: 'A package links a C library (-lNAME), and the linker finds no file of it.',
  why: 'The development package of the library is not installed (it holds the link the linker looks for), only its shared form is there while a static program is linked, or its folder is not searched.',
  fix: 'Install the development package, or name the folder in CGO_LDFLAGS=-L….',
  classes: ['C08', 'C10'],
  example: `/usr/local/go/pkg/tool/linux_amd64/link: running gcc failed: exit status 1
/usr/bin/ld: cannot find -lnosuchthing: No such file or directory
collect2: error: ld returned 1 exit status`,
  markers: ['cannot find -l', 'not found', 'unable to find library'],
  message: (message) => {
    if (!['ld', 'link', 'cc', 'unknown'].includes(message.printer)) return undefined
    const block = plain(message)
    const names = [...block.matchAll(pattern)].map((found) => found.slice(1).find((name) => name !== undefined) ?? '')
    const library = names[0]
    if (library === undefined) return undefined
    const mingw = /mingw|msys/i.test(block)
    const msys = mingw && /msys/i.test(block)
    const commands = msys ? ['command -v -a gcc', 'gcc -dumpmachine'] : [...new Set(names)].flatMap(installLibrary)
    return diagnosis({
      message: `The linker does not find ${enumerate([...new Set(names)].map((name) => `-l${name}`))}${message.package === undefined ? '' : ` for ${message.package}`}.`,
      fix: advice(
        msys
          ? 'The gcc found first on PATH makes MSYS or Cygwin programs: put the MinGW-w64 one before it.'
          : commands.length > 0
            ? 'Install the package that holds it.'
            : `Install the development package of ${library}, or name its folder with CGO_LDFLAGS=-L….`,
        commands,
      ),
      package: message.package,
      key: msys ? 'msys' : library,
    })
  },
}

export default rule
