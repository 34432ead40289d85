import { posix } from 'node:path'

import type { ExcludedDeclaration, ExcludedFile, Facts } from '../../domain/facts.ts'
import type { Message } from '../../domain/message.ts'
import type { ModuleVersion } from '../../domain/module.ts'
import { formatPort, type Target } from '../../domain/port.ts'
import type { MessageContext } from '../../domain/rule.ts'
import { missingMember, undefinedName } from './compile.ts'
import { plain } from './text.ts'

/** The declarations that would define the name a message calls undefined, had their files been compiled. */
export async function excludedFor(message: Message, context: MessageContext): Promise<readonly ExcludedDeclaration[]> {
  const symbol = undefinedName(message) ?? missingMember(message)
  if (symbol === undefined || message.position === undefined) return []
  return context.facts.excludedDeclarations({
    file: message.position.file,
    symbol,
    ...(message.package === undefined ? {} : { package: message.package }),
    ...(context.command.target === undefined ? {} : { target: context.command.target }),
  })
}

/** The port a command builds for: its target, else GOOS and GOARCH as typed. Empty when neither says. */
export function portOf(context: MessageContext): { readonly goos?: string; readonly goarch?: string } {
  const { target } = context.command
  if (target !== undefined) return { goos: target.goos, goarch: target.goarch }
  const { command } = context.command
  const goos = /\bGOOS=["']?([a-z0-9]+)/.exec(command)?.[1]
  const goarch = /\bGOARCH=["']?([a-z0-9]+)/.exec(command)?.[1]
  return { ...(goos === undefined ? {} : { goos }), ...(goarch === undefined ? {} : { goarch }) }
}

/** ` on windows/amd64`, or nothing when the port is not known. */
export function onPort(context: MessageContext): string {
  const { goos, goarch } = portOf(context)
  if (goos !== undefined && goarch !== undefined) return ` on ${formatPort({ goos, goarch })}`
  return goos !== undefined ? ` on ${goos}` : goarch !== undefined ? ` on ${goarch}` : ''
}

/** Whether the command built with cgo: by its target, by CGO_ENABLED as typed, else by go env; undefined when unknown. */
export async function cgoOf(context: MessageContext): Promise<boolean | undefined> {
  const { target } = context.command
  const { command } = context.command
  if (target?.cgo !== undefined) return target.cgo
  const typed = /\bCGO_ENABLED=["']?([01])/.exec(command)?.[1]
  if (typed !== undefined) return typed === '1'
  const env = await context.facts.goEnv()
  if (env === undefined) return undefined
  if (target !== undefined && isCross(target, env)) return false
  return env.CGO_ENABLED === undefined || env.CGO_ENABLED === '' ? undefined : env.CGO_ENABLED === '1'
}

function isCross(target: Target, env: Readonly<Record<string, string>>): boolean {
  const goos = env.GOHOSTOS ?? ''
  const goarch = env.GOHOSTARCH ?? ''
  return goos !== '' && (target.goos !== goos || target.goarch !== goarch)
}

const impliedSystems = [
  ['linux', 'android'],
  ['darwin', 'ios'],
  ['solaris', 'illumos'],
] as const

/** The systems that declarations are for, in a word each: GOOS names, or GOARCH names where only they differ. */
export function systemsOf(declared: readonly ExcludedDeclaration[], context: MessageContext): readonly string[] {
  const ports = [...new Set(declared.flatMap((one) => one.ports ?? []))].map((port) => port.split('/'))
  const { goos } = portOf(context)
  const same = ports.filter(([os]) => os === goos)
  const machines = new Set(ports.map(([, arch]) => arch ?? ''))
  const names = new Set(ports.map(([os]) => os ?? ''))
  const byMachine = declared.every((one) => {
    const tags = one.constraint.split(/[^\w]+|_/)
    return tags.some((tag) => machines.has(tag)) && !tags.some((tag) => names.has(tag) || tag === 'unix')
  })
  const systems = byMachine ? machines : same.length === 0 ? names : new Set(same.map(([, arch]) => arch ?? ''))
  // Files for linux count on android too, and so on (go/build, matchTag): saying both says nothing more.
  for (const [system, implied] of impliedSystems) if (systems.has(system)) systems.delete(implied)
  return [...joinUnix([...systems])].sort()
}

/** The systems with `unix` in place of all that it stands for, where all of them are there. */
export function joinUnix(systems: readonly string[]): readonly string[] {
  const all = systems.includes('unix') || unixSystems.every((system) => systems.includes(system))
  if (!all) return systems
  const said = new Set(['unix', ...unixSystems, ...impliedSystems.map(([, implied]) => implied)])
  return ['unix', ...systems.filter((system) => !said.has(system))]
}

// What the tag `unix` stands for (internal/syslist, UnixOS), without what is implied by another one.
const unixSystems = ['aix', 'darwin', 'dragonfly', 'freebsd', 'linux', 'netbsd', 'openbsd', 'solaris']

/** Why every Go file of a package is left out, as far as it can be known. */
export interface Exclusion {
  readonly package: string
  readonly dir: string
  /** `cgo`: at least one file would stay with cgo on; `port`: none would; `unknown`: nobody looked. */
  readonly reason: 'cgo' | 'port' | 'tag' | 'unknown'
  /** Files with their constraints, `add.go (import "C")`. */
  readonly files: readonly string[]
  /** Whose package it is, when it is a dependency's. */
  readonly module?: ModuleVersion
}

/** Reads `build constraints exclude all Go files in DIR` and asks which files and why. */
export async function exclusionOf(message: Message, context: MessageContext): Promise<Exclusion | undefined> {
  const block = plain(message)
  const dir = /build constraints exclude all Go files in([^\n]*)/.exec(block)?.[1]?.trim()
  if (dir === undefined) return undefined
  const named = /(?:package |imports |^)([^\s:]+)(?: from [^\s:]+)?: build constraints exclude all/m.exec(block)?.[1]
  const path = message.package ?? named ?? ''
  const files = await context.facts.excludedFiles?.({
    ...(path === '' ? {} : { package: path }),
    ...(dir === '' ? {} : { dir }),
    ...(context.command.target === undefined ? {} : { target: context.command.target }),
  })
  if (files !== undefined && files.length > 0) {
    const reason = files.some((file) => file.reason === 'cgo')
      ? 'cgo'
      : files.some((file) => file.reason === 'port')
        ? 'port'
        : 'tag'
    const named = files
      .filter((file) => file.reason === reason)
      .map((file) => `${file.file.split('/').at(-1) ?? ''} (${file.constraint.replaceAll('\n', ' ')})`)
    const first = files[0]
    const module = moduleOf(first?.file) ?? message.module
    // The error may stand at the import, in the name of the package that imports.
    const own = first === undefined ? undefined : await packageOf(first, context.facts)
    return { package: own ?? path, dir, reason, files: named, ...(module === undefined ? {} : { module }) }
  }
  return { package: path, dir, reason: 'unknown', files: [] }
}

/** The module that a name such as `golang.org/x/sys@v0.30.0/unix/a.go` begins with. */
export function moduleOf(file: string | undefined): ModuleVersion | undefined {
  const [, path, version] = /^([^@]+)@([^/]+)\//.exec(file ?? '') ?? []
  return path === undefined || version === undefined ? undefined : { path, version }
}

/** The import path of the package that a file, as a report names it, belongs to; undefined where go.mod does not say. */
async function packageOf(file: ExcludedFile, facts: Facts): Promise<string | undefined> {
  const dir = file.file.split('/').slice(0, -1).join('/')
  if (file.standard === true) return dir
  const module = moduleOf(file.file)
  if (module !== undefined) return module.path + dir.slice(`${module.path}@${module.version}`.length)
  const goMod = await facts.goMod()
  const name = goMod?.content.module?.value
  if (goMod === undefined || name === undefined || dir.split('/').includes('vendor')) return undefined
  const root = goMod.path.split('/').slice(0, -1).join('/')
  // A module that a folder of the repository stands in for keeps the name that it is required by.
  for (const { old: replaced, replacement } of goMod.content.replace) {
    if (!/^\.\.?\//.test(replacement.path)) continue
    const folder = posix.join(root, replacement.path)
    if (dir === folder || dir.startsWith(`${folder}/`)) return replaced.path + dir.slice(folder.length)
  }
  if (root !== '' && dir !== root && !dir.startsWith(`${root}/`)) return undefined
  const below = dir.slice(root === '' ? 0 : root.length + 1)
  return below === '' ? name : `${name}/${below}`
}

/** The chain of imports with the excluded package at its end. */
export function chainOf(message: Message, found?: Pick<Exclusion, 'package'>): readonly string[] {
  const chain = message.importStack ?? (message.package === undefined ? [] : [message.package])
  return found === undefined || found.package === '' || chain.at(-1) === found.package
    ? chain
    : [...chain, found.package]
}

/** The package that imports what fails. */
export function importerOf(message: Message, found?: Pick<Exclusion, 'package'>): string | undefined {
  return chainOf(message, found).at(-2)
}

/** True for a package of the standard library: no dot in its first element, and its folder is that of GOROOT. */
export function isStandard(found: Exclusion): boolean {
  const { package: path, dir } = found
  return path !== '' && !(path.split('/')[0] ?? '').includes('.') && dir.replaceAll('\\', '/').endsWith(`/src/${path}`)
}
