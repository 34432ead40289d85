import type { Message } from '../../domain/message.ts'
import type { CommandObservation } from '../../domain/observation.ts'
import type { Target } from '../../domain/port.ts'
import type { GoRun } from '../../go/go.ts'
import { failureText } from '../../go/list.ts'
import { createMessageCollector, type Collected } from '../../messages/collect.ts'

/** Reads the lines of a running command into messages, keeping its last lines; bounded for output of any length. */
export function createOutputReader(): {
  readonly push: (line: string) => void
  readonly end: () => Collected
} {
  const collector = createMessageCollector()
  return {
    push: collector.push,
    end() {
      collector.end()
      return collector.collected()
    },
  }
}

interface ObserveOptions {
  readonly probe: string
  readonly module: string
  readonly target?: Target
  readonly advisory?: boolean
  /** Messages that come from structured output rather than text. */
  readonly extra?: readonly Message[]
}

/** A finished command as an observation. Its messages are those of its text, stderr then stdout, plus structured ones. */
export function observeCommand(run: GoRun, output: Collected, options: ObserveOptions): CommandObservation {
  const extra = options.extra ?? []
  return {
    kind: 'command',
    probe: options.probe,
    module: options.module,
    ...(options.target === undefined ? {} : { target: options.target }),
    command: run.command,
    exitCode: run.result.exitCode,
    failed: !run.ok || extra.some((message) => message.kind === 'error'),
    timedOut: run.result.timedOut,
    messages: [...output.messages, ...extra],
    ...(output.omitted === 0 ? {} : { omitted: output.omitted }),
    tail: output.tail.length > 0 ? output.tail : spawnFailure(run),
    advisory: options.advisory ?? false,
  }
}

/** The same for a command whose text was kept rather than streamed; stdout counts only when it is not structured output. */
export function observeRun(
  run: GoRun,
  options: ObserveOptions & { readonly readStdout?: boolean },
): CommandObservation {
  const reader = createOutputReader()
  for (const text of [run.result.stderr.text, options.readStdout === true ? run.result.stdout.text : '']) {
    for (const line of text.split('\n')) if (line !== '') reader.push(line)
  }
  return observeCommand(run, reader.end(), options)
}

/** The first error that a failed command printed, in one line, or how it ended. */
export function failureHeadline(run: GoRun): string {
  const reader = createOutputReader()
  for (const line of run.result.stderr.text.split('\n')) reader.push(line)
  const error = reader.end().messages.find((message) => message.kind === 'error')
  return withoutHint(error === undefined ? (failureText(run).split('\n')[0] ?? '') : error.text)
}

/** Go ends some errors with `; to update it:` and a command on the next line, which is not told here. */
function withoutHint(text: string): string {
  return text.replace(/[;.,]? (?:to|To) [a-z -]{1,60}:$/, '').replace(/:$/, '')
}

function spawnFailure(run: GoRun): readonly string[] {
  if (run.result.spawnError !== undefined) return [`could not be started: ${run.result.spawnError}`]
  return run.result.timedOut ? [`no end after ${Math.round(run.result.seconds)} s: stopped`] : []
}
