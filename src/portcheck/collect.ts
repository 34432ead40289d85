import type {
  PortCheckError,
  PortCheckFiles,
  PortCheckIgnored,
  PortCheckSlot,
  PortCheckUncertain,
  PortCheckUse,
} from '../domain/port-check.ts'
import { createErrorList } from './errors.ts'
import type { RequestedSlot } from './slots.ts'
import { flag, indices, number, objects, text, texts, type WireLine } from './wire.ts'

export interface Progress {
  readonly phase: 'load' | 'main' | 'dependencies'
  readonly done: number
  readonly total: number
}

export interface CollectOptions {
  /** The slots of the request, in its order. */
  readonly slots: readonly RequestedSlot[]
  readonly onProgress?: (progress: Progress) => void
  /** Each error as it comes. What depends on it may still turn out to fail first: it is final in the result alone. */
  readonly onError?: (error: PortCheckError) => void
}

/** What the lines of one answer add up to. */
export interface Collected {
  readonly started: boolean
  readonly done: boolean
  /** What portcheck said when it could not run. */
  readonly fatal?: string
  readonly slots: readonly PortCheckSlot[]
  readonly errors: readonly PortCheckError[]
  readonly uncertain: readonly PortCheckUncertain[]
  readonly ignored: readonly PortCheckIgnored[]
  readonly files: readonly PortCheckFiles[]
  readonly uses: readonly PortCheckUse[]
  readonly peakMegabytes: number
  readonly cached: number
  readonly notes: readonly string[]
}

const phases = ['load', 'main', 'dependencies'] as const
const statuses = ['pass', 'fail', 'refused', 'empty'] as const

/** Takes the lines of an answer one by one. Lines of a kind that is not known are passed over, as are wrong members. */
export function createCollector(options: CollectOptions): {
  readonly push: (line: WireLine) => void
  readonly end: () => Collected
} {
  const { slots } = options
  const names = slots.map(({ name }) => name)
  const namesOf = (line: Readonly<Record<string, unknown>>): readonly string[] =>
    indices(line, 'slots', slots.length).flatMap((index) => names[index] ?? [])
  const errors = createErrorList(names, options.onError)
  const verdicts = new Map<number, Omit<PortCheckSlot, 'target' | 'name'>>()
  const uncertain: PortCheckUncertain[] = []
  const ignored: PortCheckIgnored[] = []
  const files: PortCheckFiles[] = []
  const uses: PortCheckUse[] = []
  let started = false
  let fatal: string | undefined
  let last: WireLine | undefined

  const push = (line: WireLine): void => {
    switch (line.t) {
      case 'start':
        started = true
        return
      case 'progress': {
        const phase = phases.find((one) => one === text(line, 'phase'))
        if (phase !== undefined)
          options.onProgress?.({ phase, done: number(line, 'done'), total: number(line, 'total') })
        return
      }
      case 'error':
        return errors.add(line)
      case 'withdraw':
        return errors.withdraw(line)
      case 'package':
        return errors.explain(line)
      case 'slot':
        return addVerdict(line)
      case 'uncertain':
        uncertain.push({ package: text(line, 'package'), reason: text(line, 'reason'), slots: namesOf(line) })
        return
      case 'ignored':
        ignored.push({
          package: text(line, 'package'),
          file: text(line, 'file'),
          constraint: text(line, 'constraint'),
        })
        return
      case 'files':
        files.push(readFiles(line, namesOf))
        return
      case 'use':
        uses.push(readUse(line, namesOf(line)))
        return
      case 'fatal':
        fatal = text(line, 'message') || 'it gave no reason'
        return
      case 'done':
        last = line
        return
      default:
        return
    }
  }

  const addVerdict = (line: WireLine): void => {
    const status = statuses.find((one) => one === text(line, 'status'))
    if (status === undefined || typeof line.slot !== 'number') return
    const reason = text(line, 'reason')
    verdicts.set(line.slot, {
      status,
      ...(reason === '' ? {} : { reason }),
      packages: number(line, 'packages'),
      blocked: number(line, 'blocked'),
    })
  }

  return {
    push,
    end() {
      const found = errors.end()
      const failing = new Set(found.errors.flatMap((error) => error.slots))
      const settled = slots.map(({ target, name }, index): PortCheckSlot => {
        const said = verdicts.get(index)
        if (said === undefined) {
          const reason = 'portcheck gave no verdict on it.'
          return { target, name, status: 'unsupported', reason, packages: 0, blocked: 0 }
        }
        // Nothing that failed passes, whoever counted wrong.
        const status = said.status === 'pass' && failing.has(name) ? 'fail' : said.status
        return { target, name, ...said, status }
      })
      return {
        started,
        done: last !== undefined,
        ...(fatal === undefined ? {} : { fatal }),
        slots: settled,
        errors: found.errors,
        uncertain,
        ignored,
        files,
        uses,
        peakMegabytes: last === undefined ? 0 : number(last, 'peakMegabytes'),
        cached: last === undefined ? 0 : number(last, 'cached'),
        notes: found.notes,
      }
    },
  }
}

function readUse(line: WireLine, slots: readonly string[]): PortCheckUse {
  return {
    package: text(line, 'package'),
    file: text(line, 'file'),
    line: number(line, 'line'),
    column: number(line, 'column'),
    symbol: text(line, 'symbol'),
    slots,
    programs: texts(line, 'programs'),
  }
}

function readFiles(
  line: WireLine,
  namesOf: (line: Readonly<Record<string, unknown>>) => readonly string[],
): PortCheckFiles {
  return {
    package: text(line, 'package'),
    dir: text(line, 'dir'),
    module: text(line, 'module'),
    main: flag(line, 'main'),
    std: flag(line, 'std'),
    name: text(line, 'name'),
    slots: namesOf(line),
    files: objects(line, 'files').map((file) => ({
      name: text(file, 'name'),
      slots: namesOf(file),
      cgo: flag(file, 'cgo'),
      test: flag(file, 'test'),
      constraint: text(file, 'constraint'),
    })),
    imports: objects(line, 'imports').map((one) => ({ path: text(one, 'path'), slots: namesOf(one) })),
  }
}
