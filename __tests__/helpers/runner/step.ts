import { existsSync } from 'node:fs'
import * as fs from 'node:fs/promises'

import { createAnnotationSink, type AnnotationSink, type SeenAnnotation } from './annotations.ts'
import { createFileCommands, type FileCommand } from './environment.ts'
import { parseKeyValueFile } from './file-commands.ts'
import { createStepOutput, maskText, type JobState } from './output.ts'
import { runNode, type NodeExit } from './process.ts'

/** The runner's AttachmentSizeLimit. */
const summaryLimit = 1024 * 1024

export interface StepResult extends NodeExit {
  readonly succeeded: boolean
  readonly annotations: readonly SeenAnnotation[]
  readonly droppedAnnotations: readonly SeenAnnotation[]
  readonly outputs: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string>>
  readonly path: readonly string[]
  readonly state: Readonly<Record<string, string>>
  readonly summary: string
  readonly summaryDropped: boolean
  readonly log: readonly string[]
}

interface StepRequest {
  readonly node: string
  readonly script: string
  readonly workspace: string
  readonly temp: string
  readonly env: Readonly<Record<string, string>>
  readonly job: JobState
  readonly unexpectedInputs?: readonly string[]
  readonly cancelAfter?: number | undefined
}

/** One step: the process, then its environment files, also when it failed (FileCommandManager.cs). */
export async function runStep(request: StepRequest): Promise<StepResult> {
  const { workspace, job } = request
  const mask = (text: string): string => maskText(job.masks, text)
  const sink = createAnnotationSink(mask)
  const output = createStepOutput(job, sink, workspace, request.env.RUNNER_DEBUG === '1')
  if ((request.unexpectedInputs ?? []).length > 0) {
    const names = (request.unexpectedInputs ?? []).map((name) => `'${name}'`).join(', ')
    sink.add({ level: 'warning', message: `Unexpected input(s) ${names}`, by: 'runner' })
  }
  const files = await createFileCommands(request.temp)
  const exit = await runNode({
    node: request.node,
    script: request.script,
    cwd: workspace,
    env: {
      ...request.env,
      ...Object.fromEntries(Object.entries(files).map(([name, file]) => [`GITHUB_${name}`, file])),
    },
    onLine: output.line,
    cancelAfter: request.cancelAfter,
  })
  let failed = output.failed()
  const read = async <T>(name: FileCommand, parse: (text: string) => T, otherwise: T): Promise<T> => {
    try {
      return existsSync(files[name]) ? parse(await fs.readFile(files[name], 'utf8')) : otherwise
    } catch (error) {
      failed = true
      const reason = error instanceof Error ? error.message : String(error)
      sink.add({
        level: 'error',
        message: `Unable to process file command '${name.toLowerCase()}': ${reason}`,
        by: 'runner',
      })
      return otherwise
    }
  }
  const pairs = (text: string): Readonly<Record<string, string>> => Object.fromEntries(parseKeyValueFile(text))
  const env = await read('ENV', (text) => withoutNodeOptions(pairs(text), sink), {})
  const summary = await read('STEP_SUMMARY', (text) => text, '')
  const summaryDropped = Buffer.byteLength(summary) > summaryLimit
  if (summaryDropped) {
    const message = `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${Math.ceil(Buffer.byteLength(summary) / 1024)}k.`
    sink.add({ level: 'error', message, by: 'runner' })
  }
  const result = {
    outputs: { ...Object.fromEntries(output.outputs), ...(await read('OUTPUT', pairs, {})) },
    path: await read('PATH', (text) => text.split('\n').filter((line) => line !== ''), []),
    state: { ...Object.fromEntries(output.state), ...(await read('STATE', pairs, {})) },
  }
  return {
    ...exit,
    ...result,
    env,
    succeeded: exit.exitCode === 0 && !failed && !exit.cancelled,
    annotations: sink.kept,
    droppedAnnotations: sink.dropped,
    summary: summaryDropped ? '' : summary.split('\n').map(mask).join('\n'),
    summaryDropped,
    log: output.log,
  }
}

function withoutNodeOptions(
  env: Readonly<Record<string, string>>,
  sink: AnnotationSink,
): Readonly<Record<string, string>> {
  const { NODE_OPTIONS: refused, ...rest } = env
  if (refused === undefined) return env
  sink.add({
    level: 'error',
    message: "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.",
    by: 'runner',
  })
  return rest
}
