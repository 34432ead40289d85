import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { Ajv2020 } from 'ajv/dist/2020.js'

import type { DiagnosisReport, Report } from '../../src/domain/report.ts'

export const repository = path.resolve(import.meta.dirname, '../..')
/** The committed bundle, as users run it. */
export const cli = path.join(repository, process.env.GOPREFLIGHT_DIST ?? 'dist', 'cli.js')
/** The standard library is compiled, and portcheck built, once for all end-to-end tests and for the next time they run. */
const warmCache = path.join(repository, '.tmp', 'e2e-go-build')

export interface CliRequest {
  readonly cwd?: string
  /** Added to an environment with PATH and HOME, no network and none of this machine's Go settings. */
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
  /** Sends SIGINT as soon as this file is there. */
  readonly interruptWhen?: string
  /** Program and arguments in front of node. */
  readonly wrapper?: readonly string[]
}

export interface CliResult {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  /** From the signal to the end. */
  readonly secondsAfterInterrupt?: number
}

if (!existsSync(cli)) throw new Error(`${cli} is not there; run \`npm run build\`.`)

/** Runs the bundle as a child, with standard input closed unless given. */
export function runCli(args: readonly string[], request: CliRequest = {}): Promise<CliResult> {
  const [program = process.execPath, ...rest] = [...(request.wrapper ?? []), process.execPath, cli, ...args]
  const child = spawn(program, rest, { cwd: request.cwd ?? repository, env: environment(request.env) })
  let interrupted: number | undefined
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  const watch = setInterval(() => {
    if (request.interruptWhen === undefined || interrupted !== undefined || !existsSync(request.interruptWhen)) return
    interrupted = performance.now()
    child.kill('SIGINT')
  }, 50)
  child.stdin.on('error', () => undefined)
  child.stdin.end(request.stdin ?? '')
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode) => {
      clearInterval(watch)
      resolve({
        exitCode,
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
        ...(interrupted === undefined ? {} : { secondsAfterInterrupt: (performance.now() - interrupted) / 1000 }),
      })
    })
  })
}

/** What the tests let a child see. */
export function environment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot', 'USERPROFILE', 'LOCALAPPDATA']
  const own = kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))
  return {
    ...(Object.fromEntries(own) as Record<string, string>),
    GOCACHE: warmCache,
    XDG_CACHE_HOME: path.join(repository, '.tmp', 'e2e-cache'),
    GOENV: 'off',
    GOPROXY: 'off',
    GOSUMDB: 'off',
    GOTOOLCHAIN: 'local',
    ...extra,
  }
}

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false })
ajv.addSchema(readSchema('report'), 'report.schema.json')
ajv.addSchema(readSchema('diagnosis'), 'diagnosis.schema.json')

function readSchema(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path.join(repository, 'schema', `${name}.schema.json`), 'utf8')) as Record<
    string,
    unknown
  >
}

/** The one document that stdout holds; throws when there is more, less, or something the schema does not know. */
export const parseReport = (text: string): Report => parse(text, 'report') as Report
export const parseDiagnosis = (text: string): DiagnosisReport & { readonly id?: unknown } =>
  parse(text, 'diagnosis') as DiagnosisReport

function parse(text: string, name: string): unknown {
  const value: unknown = JSON.parse(text)
  const validate = ajv.getSchema(`${name}.schema.json`)
  if (validate?.(value) !== true) throw new Error(JSON.stringify(validate?.errors, undefined, 1))
  return value
}

/** `check` with `--json`: exit code and report. */
export async function checkJson(
  args: readonly string[],
  request: CliRequest = {},
): Promise<CliResult & { readonly report: Report }> {
  const result = await runCli(['check', '--json', ...args], request)
  try {
    return { ...result, report: parseReport(result.stdout) }
  } catch (error) {
    throw new Error(`exit code ${String(result.exitCode)}, stderr:\n${result.stderr}`, { cause: error })
  }
}

/** Errors as `rule file:line`, the way a reader would look for them. */
export function problemsOf(report: Report, severity = 'error'): readonly string[] {
  return report.findings
    .filter((finding) => finding.severity === severity)
    .map(({ rule, locations: [at] }) => `${rule} ${at === undefined ? '-' : `${at.file}:${at.line}`}`)
}
