import type { PortUsesObservation } from '../../domain/platform-observation.ts'
import type { PortUse } from '../../domain/platform.ts'
import type { PortCheck, PortCheckUse } from '../../domain/port-check.ts'
import { targetKey, type Target } from '../../domain/port.ts'
import { wasmCallKind, wasmSymbols } from '../../domain/wasm-calls.ts'
import { inside } from '../../modules/source-path.ts'
import { namedTargets } from './named-targets.ts'
import type { ProbeContext } from './probe.ts'

type Asked = Pick<ProbeContext, 'root' | 'module' | 'targets' | 'released'>

/** By which a file shows that it knows where it runs, and a program that it is made for JavaScript. */
const marks = ['runtime.GOOS', 'runtime.GOARCH', 'syscall/js.*']

/** Names that a port check has to watch for; undefined unless the project names js or wasip1. */
export function wasmWatch(context: Asked): readonly string[] | undefined {
  return namedWasm(context).length === 0 ? undefined : [...wasmSymbols, ...marks]
}

/** Calls that cannot work on the targets for js and wasip1 that the project names; undefined when nobody watched. */
export function observeWasmUses(check: PortCheck, context: Asked): PortUsesObservation | undefined {
  if (check.uses === undefined) return undefined
  const named = new Set(namedWasm(context).map(withoutMode))
  const targets = new Map(
    check.slots.filter(({ target }) => named.has(withoutMode(target))).map(({ name, target }) => [name, target]),
  )
  const aware = new Set(check.uses.filter(({ symbol }) => symbol.startsWith('runtime.')).map(({ file }) => file))
  const forJavaScript = new Set(
    check.uses.filter(({ symbol }) => symbol.startsWith('syscall/js.')).flatMap((use) => use.programs),
  )
  return {
    kind: 'port-uses',
    probe: 'ports',
    module: context.module.dir,
    uses: check.uses.flatMap((use): readonly PortUse[] => {
      const on = use.slots
        .flatMap((slot) => targets.get(slot) ?? [])
        .filter((target) => wasmCallKind(use.symbol, target.goos) !== undefined && isMeant(use, target, forJavaScript))
      const file = inside(context.root, use.file)
      if (on.length === 0 || file === undefined) return []
      const { line, column, symbol, programs } = use
      const at = { file, line, ...(column === 0 ? {} : { column }) }
      return [{ package: use.package, at, symbol, targets: on, programs, guarded: aware.has(use.file) }]
    }),
  }
}

/**
 * Where some programs of the module use syscall/js, the others are built for js only because all packages are: what they
 * call does not matter there.
 */
function isMeant(use: PortCheckUse, target: Target, forJavaScript: ReadonlySet<string>): boolean {
  if (target.goos !== 'js' || forJavaScript.size === 0) return true
  return use.programs.length === 0 || use.programs.some((program) => forJavaScript.has(program))
}

function namedWasm(context: Asked): readonly Target[] {
  return namedTargets(context).filter(({ goos }) => goos === 'js' || goos === 'wasip1')
}

/** cgo does not exist on these ports, so a mode that was given makes no other target. */
function withoutMode({ goos, goarch, level }: Target): string {
  return targetKey({ goos, goarch, ...(level === undefined ? {} : { level }) })
}
