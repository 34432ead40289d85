import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { installHeader } from '../../rule-helpers/native-packages.ts'
import { plain } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'c-header-missing',
  area: 'cgo',
  title: 'A C header is not there',
  what: 'The C part of a package includes a header file that the C compiler does not find.',
  why: 'The development package of a C library is not installed (the library alone is not enough), its folder is not searched, or `go mod vendor` left it out because its folder holds no Go file.',
  fix: 'Install the development package; for a header that vendoring left out, vendor with a tool that copies it or do not vendor.',
  classes: ['C05'],
  example: `# example.com/app
./main.go:4:10: fatal error: zmq.h: No such file or directory
    4 | #include <zmq.h>
      |          ^~~~~~~
compilation terminated.`,
  markers: ['No such file or directory', "' file not found"],
  message: async (message, { facts }) => {
    const block = plain(message)
    const header = /fatal error: '?([^\s':]+\.(?:h|hh|hpp|inc))'?(?:: No such file or directory| file not found)/.exec(
      block,
    )?.[1]
    if (header === undefined) return undefined
    const file = message.position?.file ?? ''
    const vendored = /(?:^|\/)vendor\//.test(file)
    const own = await messageLocations(message, facts)
    const owner = vendored ? /(?:^|\/)vendor\/([^:]+)\/[^/]+$/.exec(file)?.[1] : undefined
    const commands = installHeader(header)
    if (vendored) {
      return diagnosis({
        confidence: 'likely',
        message: `${owner ?? 'A vendored package'} includes ${header}, which is not in vendor/: go mod vendor copies only folders that hold Go files.`,
        why: 'A folder with nothing but C sources or headers is left out of vendor/, also when a Go file elsewhere includes it.',
        fix: advice(
          'Build from the module cache instead of vendor/, or have the authors put a Go file into the folder of the header.',
          [command('go', 'build', '-mod=readonly', './...')],
        ),
        locations: own,
        package: message.package ?? owner,
        key: header,
      })
    }
    if (header === 'windows.h') {
      return diagnosis({
        message: 'The C compiler has no windows.h: it makes programs for this machine, not for Windows.',
        fix: advice('Set CC to a compiler for Windows, or build without cgo.', [
          'CC=x86_64-w64-mingw32-gcc go build ./...',
          'CGO_ENABLED=0 go build ./...',
        ]),
        locations: own,
        package: message.package,
        key: header,
      })
    }
    return diagnosis({
      message: `The C compiler does not find ${header}${message.package === undefined ? '' : `, which ${message.package} includes`}.`,
      fix: advice(
        commands.length > 0
          ? 'Install the package that holds it.'
          : `Install the development package that holds ${header}, or add its folder with CGO_CFLAGS=-I….`,
        commands,
      ),
      locations: own,
      module: message.module?.path,
      version: message.module?.version,
      package: message.package,
      key: header,
    })
  },
}

export default rule
