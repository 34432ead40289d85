import path from 'node:path'

import type { Message } from '../../domain/message.ts'
import { formatModuleVersion } from '../../domain/module.ts'
import type { CommandObservation } from '../../domain/observation.ts'
import type { PortCheck, PortCheckError } from '../../domain/port-check.ts'
import { targetEnvironment, type Target } from '../../domain/port.ts'
import { displayCommand } from '../../go/go.ts'
import { messagesFromPackageErrors } from '../../messages/package-errors.ts'
import type { ProbeContext } from './probe.ts'

type Asked = Pick<ProbeContext, 'go' | 'module' | 'settings'>

/** What fails in one build: on targets of one system and cgo mode, for which causes are the same. */
interface Group {
  readonly targets: readonly Target[]
  readonly tests: boolean
  readonly errors: PortCheckError[]
}

const maxText = 4000
const mostDetail = 50

/**
 * The errors of a port check in the form that the same errors have when a build prints them, so that one rule explains
 * both and folds them. Targets of one system and cgo mode on which the very same errors hold share an observation.
 * Targets that go refuses, and those in `without`, have none.
 */
export function portObservations(
  check: PortCheck,
  context: Asked,
  without: ReadonlySet<string> = new Set(),
): readonly CommandObservation[] {
  const targets = new Map(
    check.slots
      .filter((slot) => slot.status === 'fail' && !without.has(slot.name))
      .map((slot) => [slot.name, slot.target]),
  )
  return groupsOf(check.errors, targets).map((group) => observe(group, context))
}

function groupsOf(errors: readonly PortCheckError[], targets: ReadonlyMap<string, Target>): readonly Group[] {
  const groups = new Map<string, Group>()
  for (const error of errors) {
    const systems = new Map<string, Target[]>()
    for (const slot of error.slots) {
      const target = targets.get(slot)
      if (target === undefined) continue
      const system = `${target.goos} ${String(target.cgo)}`
      systems.set(system, [...(systems.get(system) ?? []), target])
    }
    for (const of of systems.values()) {
      const tests = error.variant !== ''
      const key = JSON.stringify([tests, of])
      const group = groups.get(key) ?? { targets: of, tests, errors: [] }
      group.errors.push(error)
      groups.set(key, group)
    }
  }
  return [...groups.values()]
}

function observe({ targets, tests, errors }: Group, context: Asked): CommandObservation {
  const { settings, go, module } = context
  const [target, ...alsoOn] = targets
  // Nothing short of vet or test compiles test files, and vet needs no machine of that system.
  const args = [tests ? 'vet' : 'build', ...(settings.tags.length > 0 ? [`-tags=${settings.tags.join(',')}`] : [])]
  return {
    kind: 'command',
    probe: 'ports',
    module: module.dir,
    ...(target === undefined ? {} : { target }),
    ...(alsoOn.length === 0 ? {} : { alsoOn }),
    command: displayCommand([...args, ...settings.packages], target === undefined ? {} : targetEnvironment(target)),
    exitCode: 1,
    failed: true,
    timedOut: false,
    messages: errors.map((error) => portMessage(error, go.dir)),
    tail: [],
    advisory: false,
    ...(tests ? { tests } : {}),
  }
}

/** An error as the message that the go command, or the compiler, has for it; `dir` is where the command would run. */
export function portMessage(error: PortCheckError, dir: string): Message {
  return error.kind === 'load' ? loadMessage(error, dir) : compileMessage(error, dir)
}

function loadMessage(error: PortCheckError, dir: string): Message {
  const { package: name, file, line, column, message, chain } = error
  const at = file === '' ? '' : [shownFile(file, dir), line, ...(column === undefined ? [] : [column])].join(':')
  const [read] = messagesFromPackageErrors([
    { ImportPath: name, Error: { ImportStack: chain, Pos: at, Err: message.slice(0, maxText) } },
  ])
  return { ...compileMessage(error, dir), ...read, printer: 'go' }
}

function compileMessage(error: PortCheckError, dir: string): Message {
  const { package: name, module, version, main, file, line, column, message, chain } = error
  const [text = '', ...detail] = message.split('\n')
  return {
    printer: 'compile',
    kind: 'error',
    text: text.slice(0, maxText),
    detail: detail.slice(0, mostDetail).map((one) => one.replace(/^\t/, '').slice(0, 1000)),
    ...(file === '' || line < 1
      ? {}
      : { position: { file: shownFile(file, dir), line, ...(column === undefined ? {} : { column }) } }),
    package: name,
    ...(chain.length < 2 ? {} : { importStack: chain }),
    ...(main || module === '' || version === '' ? {} : { module: { path: module, version } }),
    line: 0,
  }
}

/** A file as the go command shows it: `./a.go`, `b/b.go`, and absolute where that is shorter (cmd/go/internal/base, ShortPath). */
export function shownFile(file: string, dir: string): string {
  const relative = path.relative(dir, file)
  const shown = relative !== '' && relative.length < file.length ? relative : file
  const slashed = path.sep === '\\' ? shown.replaceAll('\\', '/') : shown
  return slashed === path.basename(file) ? `./${slashed}` : slashed
}

const notDownloaded = /^module (\S{1,500}), which may provide package \S{1,500}, is not downloaded/

/** The module that a check could not look into because it is not on this machine: `path@version`; undefined for another error. */
export function missingModule(error: PortCheckError): string | undefined {
  const name = error.kind === 'load' ? notDownloaded.exec(error.message)?.[1] : undefined
  if (name === undefined || name.includes('@')) return name
  return formatModuleVersion({ path: name })
}
