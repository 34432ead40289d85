import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { isCompileMessage, undefinedName } from '../../rule-helpers/compile.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { excludedFor, onPort, portOf } from '../../rule-helpers/excluded.ts'
import { addedIn } from '../../rule-helpers/std-api.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

// Packages of the standard library and golang.org/x/sys that hold other names on every system.
const perSystem = /^(?:syscall|unix|windows|plan9|js)\./

const rule: Rule = {
  id: 'port-undefined',
  area: 'port',
  title: 'A name does not exist on this port',
  what: 'The code uses a name that its package has on other systems only.',
  why: 'The name is declared in a file that this port leaves out (x_unix.go, `//go:build linux`), or it belongs to a package such as syscall whose content differs from system to system.',
  fix: 'Move the use into a file for the systems that have it, and add a counterpart for the others.',
  prevent: 'Build for every port that you release, on every pull request.',
  classes: ['C02'],
  example: `# example.com/app
./main.go:5:23: undefined: syscall.Kill
./main.go:5:39: undefined: syscall.SIGUSR1`,
  markers: ['undefined: ', 'not declared by package', 'undeclared name'],
  message: async (message, context) => {
    if (!isCompileMessage(message)) return undefined
    const name = undefinedName(message)
    if (name === undefined) return undefined
    const declared = (await excludedFor(message, context))[0]
    if (declared?.reason === 'cgo') return undefined
    const locations = await messageLocations(message, context.facts)
    const port = onPort(context)
    const on = port === '' ? ' on this port' : port
    const by = message.module
    if (declared !== undefined) {
      const tag = declared.reason === 'tag'
      return diagnosis({
        message: `${name} is declared in ${declared.file} (line ${declared.line}), which is left out${tag ? '' : on}: ${declared.constraint}.`,
        fix: advice(
          tag
            ? `Build with the tag that ${declared.file} asks for (-tags), or declare ${name} for builds without it.`
            : `Add a file with the opposite constraint that declares ${name} for the other ports, or move its use into a file with the constraint of ${declared.file}.`,
        ),
        locations: [...locations, { file: declared.file, line: declared.line }],
        package: message.package,
        key: declared.file,
      })
    }
    const owner = perSystem.exec(name)?.[0]?.slice(0, -1)
    if (owner === undefined || addedIn(name) !== undefined) return undefined
    const { goos } = portOf(context)
    const windows = goos === 'windows'
    return diagnosis({
      confidence: 'likely',
      message: `${name} does not exist${on}: package ${owner} has other names on every system${by === undefined ? '' : `; ${by.path}@${by.version} uses it`}.`,
      fix:
        by === undefined
          ? advice(
              `Move the use into a file for the systems that have it (name it …_${windows ? 'unix' : (goos ?? 'linux')}.go or begin it with //go:build), and write a counterpart for the others. Mind that the name must end in _windows.go, not -windows.go, to count.`,
            )
          : advice(`Use a version of ${by.path} that supports this port, or do not build for it.`),
      locations,
      module: by?.path,
      version: by?.version,
      package: message.package,
      key: `${message.package ?? ''} ${message.position?.file ?? ''} ${owner}`,
    })
  },
}

export default rule
