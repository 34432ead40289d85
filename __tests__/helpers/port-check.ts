import type { PortCheck, PortCheckError, PortCheckSlot } from '../../src/domain/port-check.ts'
import type { Target } from '../../src/domain/port.ts'

export function makeSlot(name: string, parts: Partial<PortCheckSlot> = {}): PortCheckSlot {
  const [goos = '', goarch = '', level] = name.split('/')
  const target: Target = { goos, goarch, cgo: false, ...(level === undefined ? {} : { level }) }
  return { target, name, status: 'pass', packages: 1, blocked: 0, ...parts }
}

/** An error in a file of the main module, `/m/main.go`. */
export function makePortError(parts: Partial<PortCheckError> = {}): PortCheckError {
  return {
    kind: 'body',
    package: 'example.com/m',
    variant: '',
    module: 'example.com/m',
    version: '',
    main: true,
    file: '/m/main.go',
    line: 5,
    column: 2,
    message: 'undefined: syscall.Kill',
    slots: ['plan9/386'],
    chain: ['example.com/m'],
    ...parts,
  }
}

/** A check in which every slot that an error names fails. */
export function makePortCheck(
  slots: readonly PortCheckSlot[],
  errors: readonly PortCheckError[],
  parts: Partial<PortCheck> = {},
): PortCheck {
  const failing = new Set(errors.flatMap((error) => error.slots))
  return {
    slots: slots.map((slot) => (failing.has(slot.name) && slot.status === 'pass' ? { ...slot, status: 'fail' } : slot)),
    errors,
    uncertain: [],
    ignored: [],
    files: [],
    seconds: 0.2,
    peakMegabytes: 80,
    cached: 0,
    notes: [],
    ...parts,
  }
}
