import path from 'node:path'

import { ConfigurationError } from '../config/error.ts'
import { rules } from '../diagnosis/rules/index.ts'
import type { Facts } from '../domain/facts.ts'
import type { DiagnosisReport } from '../domain/report.ts'
import { createLogDiagnosis } from '../pipeline/diagnose-log.ts'
import { docsAddress } from '../pipeline/docs-address.ts'
import { checkoutFacts, noFacts } from '../pipeline/facts.ts'
import { renderDiagnosisJson, renderDiagnosisLine } from '../reporters/json.ts'
import { renderDiagnosis } from '../reporters/terminal.ts'
import { createLineSplitter } from '../system/node/lines.ts'
import type { Files, System } from '../system/types.ts'
import type { Console, ExitCode } from './console.ts'
import { readFlags, type Flags } from './flags.ts'
import { commandHelp, diagnoseFlags } from './help.ts'

// A larger string lands where only the slow collector looks, and a log of 100 MB would pile up a hundred of them.
const chunkBytes = 64 * 1024

/** `diagnose [FILE ... | -]`: the true cause of a failed go command, from its output alone. */
export async function diagnoseLogs(args: readonly string[], system: System, console: Console): Promise<ExitCode> {
  const flags = readFlags(args, diagnoseFlags, false)
  if (flags.on.has('help')) {
    await console.out(commandHelp('diagnose [FILE ... | -] [flags]', diagnoseFlags, false))
    return 0
  }
  const names = flags.positionals.length === 0 ? ['-'] : flags.positionals
  const sources = await openSources(names, system.files, console)
  const options = {
    facts: await factsFor(flags, system, console),
    disabled: disabledRules(flags),
    docsUrl: docsAddress(),
  }
  if (flags.on.has('jsonl')) return diagnoseJsonLines(sources, options, console)

  const report = mergeReports(
    await Promise.all(
      sources.map(async (source) => {
        const log = createLogDiagnosis({ ...options, name: source.name })
        await eachLine(source.chunks(), log.push)
        return log.end()
      }),
    ),
  )
  const colour = console.colour && !flags.on.has('no-color')
  await console.out(
    flags.on.has('json') ? renderDiagnosisJson(report) : renderDiagnosis(report, { colour, width: console.width }),
  )
  return report.findings.some((finding) => finding.severity === 'error') || report.unexplained.length > 0 ? 1 : 0
}

type DiagnoseOptions = Omit<Parameters<typeof createLogDiagnosis>[0], 'name'>

interface Source {
  readonly name: string
  readonly chunks: () => AsyncIterable<Buffer | string>
}

/** One line in, one line out, in order; a line that is no `{ id, log }` is an error that names its number. */
async function diagnoseJsonLines(
  sources: readonly Source[],
  options: DiagnoseOptions,
  console: Console,
): Promise<ExitCode> {
  for (const source of sources) {
    let number = 0
    for await (const line of wholeLines(source.chunks())) {
      number += 1
      if (line.trim() === '') continue
      const { id, log: text } = parseLogLine(line, `${source.name}:${number}`)
      const log = createLogDiagnosis({ ...options, name: String(id) })
      for (const one of text.split('\n')) log.push(one)
      await console.out(renderDiagnosisLine(id, await log.end()))
    }
  }
  return 0
}

function parseLogLine(line: string, where: string): { readonly id: unknown; readonly log: string } {
  try {
    const value: unknown = JSON.parse(line)
    if (
      typeof value === 'object' &&
      value !== null &&
      'id' in value &&
      'log' in value &&
      typeof value.log === 'string'
    ) {
      return { id: value.id, log: value.log }
    }
  } catch {
    // Told below, like a line that is JSON of another shape.
  }
  throw new ConfigurationError([`${where}: not a JSON object with "id" and "log"`])
}

async function openSources(names: readonly string[], files: Files, console: Console): Promise<readonly Source[]> {
  const problems: string[] = []
  const sources: Source[] = []
  for (const name of names) {
    if (name === '-') {
      sources.push({ name: 'standard input', chunks: console.stdin })
      continue
    }
    const file = path.resolve(console.cwd, name)
    const found = await files.stat(file)
    if (found?.kind === 'dir')
      problems.push(`${name} is a directory; give the file that holds the log, or - for standard input`)
    else if (found === undefined)
      problems.push(`${name}: no such file; give the file that holds the log, or - for standard input`)
    else sources.push({ name, chunks: () => fileChunks(files, file) })
  }
  if (problems.length > 0) throw new ConfigurationError(problems)
  return sources
}

async function* fileChunks(files: Files, file: string): AsyncIterable<Buffer> {
  for (let offset = 0; ;) {
    const chunk = await files.readRange(file, offset, chunkBytes)
    if (chunk.length === 0) return
    yield asBuffer(chunk)
    offset += chunk.length
  }
}

async function eachLine(chunks: AsyncIterable<Buffer | string>, push: (line: string) => void): Promise<void> {
  const splitter = createLineSplitter(push)
  for await (const chunk of chunks) splitter.push(asBuffer(chunk))
  splitter.end()
}

/** The same bytes, not a copy of them. */
function asBuffer(chunk: Uint8Array | string): Buffer {
  return typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}

/** Lines of JSON must not be cut, however long a log in them is. */
async function* wholeLines(chunks: AsyncIterable<Buffer | string>): AsyncIterable<string> {
  const decoder = new TextDecoder()
  let pending: string[] = []
  for await (const chunk of chunks) {
    const parts = decoder.decode(asBuffer(chunk), { stream: true }).split('\n')
    const last = parts.pop() ?? ''
    for (const part of parts) {
      yield pending.join('') + part
      pending = []
    }
    pending.push(last)
  }
  yield pending.join('')
}

function mergeReports(reports: readonly DiagnosisReport[]): DiagnosisReport {
  return {
    findings: reports.flatMap((report) => report.findings),
    unexplained: reports.flatMap((report) => report.unexplained),
  }
}

function disabledRules(flags: Flags): ReadonlySet<string> {
  const ids = (flags.text.get('disable') ?? '').split(/[\s,]+/).filter((id) => id !== '')
  const unknown = ids.filter((id) => !rules.some((rule) => rule.id === id))
  if (unknown.length > 0) throw new ConfigurationError(unknown.map((id) => `--disable: there is no rule "${id}"`))
  return new Set(ids)
}

async function factsFor(flags: Flags, system: System, console: Console): Promise<Facts> {
  const name = flags.text.get('dir')
  if (name === undefined) return noFacts
  const dir = path.resolve(console.cwd, name)
  if ((await system.files.stat(dir))?.kind !== 'dir')
    throw new ConfigurationError([`--dir: ${name} is not a directory`])
  return checkoutFacts(system, dir)
}
