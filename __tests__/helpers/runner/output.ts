import { annotationOf, type AnnotationSink, type Level } from './annotations.ts'
import { parseCommand, registeredCommands, type WorkflowCommand } from './commands.ts'
import { addMatchers, matchLine, readMatchers, type Matcher } from './matchers.ts'

/** What a job knows and steps change. */
export interface JobState {
  matchers: readonly Matcher[]
  readonly masks: Set<string>
}

export interface StepOutput {
  /** Takes one line of a step's standard output or error. */
  readonly line: (line: string) => void
  readonly log: readonly string[]
  /** Set when a command failed, which fails the step. */
  readonly failed: () => boolean
  /** `set-output` and `save-state`, deprecated and alive. */
  readonly outputs: ReadonlyMap<string, string>
  readonly state: ReadonlyMap<string, string>
}

/** Commands first, then problem matchers, then the log (ActionCommandManager.cs, OutputManager.cs). */
export function createStepOutput(job: JobState, sink: AnnotationSink, workspace: string, debug: boolean): StepOutput {
  const log: string[] = []
  const outputs = new Map<string, string>()
  const state = new Map<string, string>()
  const known = new Set(registeredCommands)
  let stopToken: string | undefined
  let failed = false

  const print = (line: string): void => void log.push(maskText(job.masks, line))
  const fail = (message: string): void => {
    failed = true
    sink.add({ level: 'error', message, by: 'runner' })
    print(`##[error]${message}`)
  }
  /** True when the line was a command and is no longer a line. */
  const obey = (line: string, command: WorkflowCommand): boolean => {
    if (stopToken !== undefined) {
      if (command.name !== stopToken) return false
      known.delete(stopToken)
      stopToken = undefined
      print(line)
      return true
    }
    const { name, properties, data } = command
    switch (name) {
      case 'stop-commands':
        if (data === '' || known.has(data.toLowerCase()) || data === 'pause-logging') {
          fail(`Invalid stop token: ${data}`)
          break
        }
        stopToken = data.toLowerCase()
        known.add(stopToken)
        if (data.length > 6) job.masks.add(data)
        print(line)
        break
      case 'error':
      case 'warning':
      case 'notice':
        sink.add(annotationOf(name satisfies Level, properties, data, workspace))
        print(`##[${name}]${data}`)
        break
      case 'add-mask':
        for (const value of [data, ...data.split(/\r?\n/).map((part) => part.trim())]) {
          if (value !== '') job.masks.add(value)
        }
        break
      case 'add-matcher':
        tryTo(fail, () => {
          job.matchers = addMatchers(job.matchers, readMatchers(data))
        })
        break
      case 'remove-matcher':
        job.matchers = job.matchers.filter(({ owner }) => owner !== properties.owner)
        break
      case 'set-env':
      case 'add-path':
        fail(`The \`${name}\` command is disabled.`)
        break
      case 'set-output':
        outputs.set(properties.name ?? '', data)
        break
      case 'save-state':
        state.set(properties.name ?? '', data)
        break
      case 'debug':
        if (debug) print(`##[debug]${data}`)
        break
      case 'group':
      case 'endgroup':
        print(`##[${name}]${data}`)
        break
      default:
        break
    }
    return true
  }
  return {
    log,
    outputs,
    state,
    failed: () => failed,
    line(line) {
      const command = parseCommand(line, known)
      if (command !== undefined && obey(line, command)) return
      const annotation = matchLine(line, job.matchers, workspace)
      if (annotation !== undefined) sink.add(annotation)
      print(line)
    },
  }
}

/** Longest first, so that a mask inside another one does not leave its rest. */
export function maskText(masks: ReadonlySet<string>, text: string): string {
  return [...masks].sort((a, b) => b.length - a.length).reduce((result, mask) => result.replaceAll(mask, '***'), text)
}

function tryTo(fail: (message: string) => void, task: () => void): void {
  try {
    task()
  } catch (error) {
    fail(`Unable to process command: ${error instanceof Error ? error.message : String(error)}`)
  }
}
