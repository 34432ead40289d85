import type { Confidence } from '../../../domain/finding.ts'
import type { Message } from '../../../domain/message.ts'
import type { ModuleVersion } from '../../../domain/module.ts'
import type { Diagnosis, Extent, MessageContext, Parts, Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import {
  compileKind,
  isCompileMessage,
  missingMember,
  systemMember,
  undefinedName,
} from '../../rule-helpers/compile.ts'
import { dependencyFix, dependencyOf, originParts, whyInBuild } from '../../rule-helpers/dependency.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { excludedFor, joinUnix, moduleOf, systemsOf } from '../../rule-helpers/excluded.ts'
import { extentHere, onPorts, partOf, portTitle, portWords, typedPort } from '../../rule-helpers/extent.ts'
import { addedIn } from '../../rule-helpers/std-api.ts'
import { enumerate } from '../../rule-helpers/text.ts'
import { messageLocations, moduleLocations } from '../../rule-helpers/where.ts'

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
  markers: [
    'undefined: ',
    'undefined array length ',
    'not declared by package',
    'undeclared name',
    ' has no field or method ',
    'missing method ',
    'unknown field ',
  ],
  message: async (message, context) => {
    if (!isCompileMessage(message)) return undefined
    const member = systemMember(message)
    if (member !== undefined)
      return compileKind(message) === 'system-member' ? differs(member, message, context) : undefined
    const name = undefinedName(message) ?? missingMember(message)
    if (name === undefined) return undefined
    const declared = await excludedFor(message, context)
    if (declared[0]?.reason === 'cgo') return undefined
    if (declared.length > 0) {
      const elsewhere = declared.filter((one) => one.reason === 'port')
      const shown = elsewhere.length > 0 ? elsewhere : declared
      const owner = message.module ?? moduleOf(shown[0]?.file)
      // golang.org/x/sys is like the standard library in this: no version of it has on one system what another one has.
      const system = message.module === undefined && owner?.path === 'golang.org/x/sys'
      const standard = system || shown.some((one) => one.standard === true)
      return about(
        message,
        context,
        {
          names: [name],
          files: standard ? [] : shown.map((one) => one.file),
          systems: systemsOf(elsewhere, context),
          tags: elsewhere.length > 0 ? [] : shown.map((one) => one.constraint),
        },
        { owner: system ? undefined : owner },
      )
    }
    const owner = perSystem.exec(name)?.[0]
    if (owner === undefined || addedIn(name) !== undefined || undefinedName(message) === undefined) return undefined
    return differs(name, message, context)
  },
  merge: (parts, extent) => wording(parts, extent),
}

/** A name that nobody found in a file that is left out, but whose package is known to differ from system to system. */
function differs(name: string, message: Message, context: MessageContext): Promise<Diagnosis> {
  const known = { names: [name], owners: [name.split('.')[0] ?? ''] }
  return about(message, context, known, { owner: message.module, confidence: 'likely' })
}

async function about(
  message: Message,
  context: MessageContext,
  known: Parts,
  /** The dependency that lacks the name, or uses it. */
  {
    owner: by,
    confidence = 'certain',
  }: { readonly owner: ModuleVersion | undefined; readonly confidence?: Confidence },
): Promise<Diagnosis> {
  const parts = {
    ...known,
    ...typedPort(context),
    ...originParts(by === undefined ? message : { ...message, module: by }),
  }
  const own = (known.files ?? []).length > 0
  const kind = (known.tags ?? []).length > 0 ? 'tag' : own ? 'own' : 'standard'
  // What the module itself leaves out is a matter of one package; a name of syscall is the same name everywhere.
  const place = by === undefined ? (own ? (message.package ?? '') : '') : `${by.path}@${by.version}`
  return diagnosis({
    ...wording(parts, extentHere(context)),
    confidence,
    locations: [
      ...(await messageLocations(message, context.facts)),
      ...(message.module === undefined ? await moduleLocations(by?.path, context.facts) : []),
    ],
    module: by?.path,
    version: by?.version,
    package: message.package,
    parts,
    key: `${place} ${kind} ${partOf(known, 'names') ?? ''}`,
    family: `${place} ${kind}`,
  })
}

/** What names, files, systems and tags of one finding come to in words. */
function wording(parts: Parts, extent: Extent): Pick<Diagnosis, 'title' | 'message' | 'why' | 'fix'> {
  const { names = [], files = [], tags = [], owners = [] } = parts
  const systems = inOrder(parts.systems)
  const many = names.length > 1
  const is = many ? 'are' : 'is'
  const does = many ? 'do' : 'does'
  const where = files.length === 0 ? '' : ` (${enumerate(shortFiles(files, parts), 4)})`
  const only =
    tags.length > 0
      ? `only under ${enumerate(tags, 3)}${where}`
      : systems.length > 0
        ? `only for ${enumerate(systems, 8)}${where}`
        : owners.length > 0
          ? `for package ${enumerate(owners)} has other names on every system`
          : `only in files that are left out${where}`
  const subject = enumerate(names, 4)
  const few = enumerate(names, 2)
  const standard = files.length === 0
  const module = dependencyOf(parts)
  const reach = whyInBuild(parts, rule.why)
  if (module !== undefined) {
    const missing = standard
      ? `uses ${subject}, which ${does} not exist${onPorts(extent) || ' on this port'}`
      : `has no ${subject} for ${portWords(extent)}`
    return {
      title: standard
        ? `${module} uses ${few}, missing on ${portTitle(extent)}`
        : `${module} has no ${few} for ${portTitle(extent)}`,
      message: `${partOf(parts, 'modules') ?? module} ${missing}, ${only}.`,
      ...reach,
      fix: dependencyFix(module, extent),
    }
  }
  if (tags.length > 0)
    return {
      title: `${few} ${is} declared only with a build tag`,
      message: `${subject} ${is} declared ${only}.`,
      fix: advice(`Build with the tag (-tags), or declare ${many ? 'them' : subject} for builds without it.`),
    }
  return {
    title: standard
      ? `${few} ${does} not exist on ${portTitle(extent)}`
      : `${few} ${is} not declared for ${portTitle(extent)}`,
    message: standard
      ? `${subject} ${does} not exist${onPorts(extent) || ' on this port'}, ${only}.`
      : `${subject} ${is} declared ${only}, not for ${portWords(extent)}.`,
    fix: ownFix(subject, many, parts),
  }
}

/** Files of the module that the sentence names need not name it again. */
function shortFiles(files: readonly string[], parts: Parts): readonly string[] {
  const prefix = `${partOf(parts, 'modules') ?? ''}/`
  return files.map((file) => (file.startsWith(prefix) ? file.slice(prefix.length) : file))
}

/** `unix` first, and what it stands for left out. */
function inOrder(systems: readonly string[] = []): readonly string[] {
  return [...joinUnix(systems)].sort((a, b) => Number(b === 'unix') - Number(a === 'unix') || (a < b ? -1 : 1))
}

function ownFix(subject: string, many: boolean, parts: Parts): Diagnosis['fix'] {
  const { files = [], names = [] } = parts
  const systems = inOrder(parts.systems)
  const them = many ? 'them' : subject
  if (systems.length === 0)
    return names.some((name) => name.split('.').length > 2)
      ? advice(
          'Move the use into files for the systems whose type has it (//go:build), and write a counterpart for the others: fields of system types differ from system to system.',
        )
      : advice(
          'Move the use into files for the systems that have it (name them …_unix.go or …_windows.go, or begin them with //go:build), and write a counterpart for the others. Mind that the name must end in _windows.go, not -windows.go, to count.',
        )
  const constraint = (text: string): string => `\`//go:build ${text}\``
  const rest = constraint(systems.map((system) => `!${system}`).join(' && '))
  return advice(
    files.length > 0
      ? `Add a file that declares ${them} for the other systems (${rest}), or keep the use to the systems that have it.`
      : `Move the use into a file for the systems that have it (${constraint(systems.join(' || '))}), and write a counterpart for the others (${rest}).`,
  )
}

export default rule
