import { readFile } from 'node:fs/promises'
import path from 'node:path'

import type { Message } from '../../src/domain/message.ts'
import type { CommandObservation } from '../../src/domain/observation.ts'
import { formatPort, formatTarget, type Target } from '../../src/domain/port.ts'
import type { ReportTarget } from '../../src/domain/report.ts'
import type { Probe, ProbeContext } from '../../src/probes/support/probe.ts'

/**
 * A probe `ports` that knows what fails from files instead of a type check: `name.go` with a line
 * `//fails windows/amd64 plan9/386: undefined: syscall.Kill` fails there. After `cgo` it only fails without cgo.
 */
export const fakePorts: Probe = {
  name: 'ports',
  title: 'x',
  what: 'x',
  async run(context) {
    const errors = await failuresIn(context)
    const rows = context.portCheck.targets.map((target): ReportTarget => {
      const name = formatTarget(target)
      const cgo = target.cgo ?? name === formatTarget(context.host)
      const failing = errors.some((error) => holds(error, name, cgo))
      return {
        module: context.module.dir,
        target: name,
        port: formatPort(target),
        ...(target.level === undefined ? {} : { level: target.level }),
        cgo,
        build: 'none',
        types: failing ? 'fail' : 'pass',
        seconds: 0,
        errors: [],
      }
    })
    const observations = errors.flatMap((error): CommandObservation[] => {
      const targets = context.portCheck.targets.filter((target) =>
        holds(error, formatTarget(target), target.cgo ?? formatTarget(target) === formatTarget(context.host)),
      )
      return targets.length === 0 ? [] : [observe(error, context, targets)]
    })
    return { outcome: 'pass', observations, targets: rows }
  },
}

interface Failure {
  readonly file: string
  readonly line: number
  readonly withoutCgo: boolean
  readonly targets: readonly string[]
  readonly text: string
}

function holds(failure: Failure, target: string, cgo: boolean): boolean {
  return failure.targets.includes(target) && !(failure.withoutCgo && cgo)
}

async function failuresIn({ system, module }: ProbeContext): Promise<readonly Failure[]> {
  const names = (await system.files.list(module.absoluteDir)).map((entry) => entry.name).sort()
  const found: Failure[] = []
  for (const name of names.filter((one) => one.endsWith('.go'))) {
    const text = await readFile(path.join(module.absoluteDir, name), 'utf8')
    for (const [index, line] of text.split('\n').entries()) {
      const [head = '', ...message] = line.split(': ')
      const [word, ...targets] = head.split(' ')
      if (word !== '//fails' && word !== '//cgo') continue
      found.push({ file: name, line: index + 1, withoutCgo: word === '//cgo', targets, text: message.join(': ') })
    }
  }
  return found
}

function observe(failure: Failure, { module }: ProbeContext, targets: readonly Target[]): CommandObservation {
  const [target, ...alsoOn] = targets
  const message: Message = {
    printer: 'compile',
    kind: 'error',
    text: failure.text,
    detail: [],
    position: { file: `./${failure.file}`, line: failure.line, column: 1 },
    package: `example.com/${module.dir}`,
    line: 0,
  }
  return {
    kind: 'command',
    probe: 'ports',
    module: module.dir,
    ...(target === undefined ? {} : { target }),
    ...(alsoOn.length === 0 ? {} : { alsoOn }),
    command: 'go build ./...',
    exitCode: 1,
    failed: true,
    timedOut: false,
    messages: [message],
    tail: [],
    advisory: false,
  }
}
