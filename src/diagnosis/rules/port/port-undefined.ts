import type { Diagnosis, Parts, Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { isCompileMessage, missingMember, undefinedName } from '../../rule-helpers/compile.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { excludedFor, onPort, portOf, systemsOf } from '../../rule-helpers/excluded.ts'
import { addedIn } from '../../rule-helpers/std-api.ts'
import { enumerate } from '../../rule-helpers/text.ts'
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
  markers: ['undefined: ', 'not declared by package', 'undeclared name', ' has no field or method '],
  message: async (message, context) => {
    if (!isCompileMessage(message)) return undefined
    const name = undefinedName(message) ?? missingMember(message)
    if (name === undefined) return undefined
    const declared = await excludedFor(message, context)
    if (declared[0]?.reason === 'cgo') return undefined
    const locations = await messageLocations(message, context.facts)
    const port = onPort(context)
    const on = port === '' ? ' on this port' : port
    const by = message.module
    if (declared.length > 0) {
      const elsewhere = declared.filter((one) => one.reason === 'port')
      const shown = elsewhere.length > 0 ? elsewhere : declared
      const standard = shown.some((one) => one.standard === true)
      const parts = {
        names: [name],
        files: standard ? [] : shown.map((one) => one.file),
        systems: systemsOf(elsewhere, context),
        tags: elsewhere.length > 0 ? [] : shown.map((one) => one.constraint),
        modules: by === undefined ? [] : [`${by.path}@${by.version}`],
      }
      return diagnosis({
        ...wording(parts),
        locations,
        module: by?.path,
        version: by?.version,
        package: message.package,
        parts,
        key: `${message.package ?? ''} ${standard ? 'standard' : 'own'} ${elsewhere.length > 0 ? '' : 'tag'}`,
      })
    }
    const owner = perSystem.exec(name)?.[0].slice(0, -1)
    if (owner === undefined || addedIn(name) !== undefined || undefinedName(message) === undefined) return undefined
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
  merge: (parts) => wording(parts),
}

/** What names, files, systems and tags of one finding come to in words. */
function wording(parts: Parts): Pick<Diagnosis, 'message' | 'fix'> {
  const { names = [], files = [], systems = [], tags = [], modules = [] } = parts
  const many = names.length > 1
  const subject = enumerate(names, 4)
  const where = files.length === 0 ? '' : ` (${enumerate(files, 4)})`
  const by = modules[0]
  const only =
    tags.length > 0
      ? `declared only under ${enumerate(tags, 3)}`
      : systems.length > 0
        ? `declared only for ${enumerate(systems, 8)}`
        : 'declared only in files that this target leaves out'
  const message = `${subject} ${many ? 'are' : 'is'} ${only}${where}${by === undefined ? '' : `; ${by} uses ${many ? 'them' : 'it'} everywhere`}.`
  if (by !== undefined)
    return {
      message,
      fix: advice(`Use a version of ${by.split('@')[0] ?? by} that supports this port, or do not build for it.`),
    }
  if (tags.length > 0)
    return {
      message,
      fix: advice(`Build with the tag (-tags), or declare ${many ? 'them' : subject} for builds without it.`),
    }
  const constraint = (text: string): string => `\`//go:build ${text}\``
  const rest = systems.map((system) => `!${system}`).join(' && ')
  return {
    message,
    fix: advice(
      files.length === 0
        ? `Move the use into a file for the systems that have it (${constraint(systems.join(' || '))}), and write a counterpart for the others (${constraint(rest)}).`
        : `Add a file that declares ${many ? 'them' : subject} for the other systems${rest === '' ? '' : ` (${constraint(rest)})`}, or keep the use to the systems that have it.`,
    ),
  }
}

export default rule
