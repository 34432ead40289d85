// What the real compiler says about a module on one port, kept in a folder since compiling is slow.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { gunzipSync, gzipSync } from 'node:zlib'
import { asFileName } from './modules.mjs'

const fields = 'ImportPath,Name,Dir,Standard,DepOnly,Module,Imports,ImportMap,Error,DepsErrors,Export,ForTest'

/**
 * The compiler's answer.
 * @param {{ name: string, dir: string, port: string, cgo: boolean, tests: boolean, cache: string, goVersion: string,
 *   toolexec?: string, patterns?: readonly string[] }} question
 * @returns {Answer}
 * @typedef {{ port: string, cgo: boolean, seconds: number, packages: number, failed: readonly Failed[],
 *   compiled: readonly string[], stderr: string }} Answer
 * @typedef {{ package: string, dir: string, standard: boolean, depOnly: boolean, module: string, kind: 'compile' | 'load',
 *   position: string, importers: readonly string[], errors: readonly CompileError[] }} Failed
 * @typedef {{ file: string, line: number, column: number, message: string }} CompileError
 */
export function compilerAnswer(question) {
  const file = path.join(question.cache, 'answers', question.goVersion, answerFile(question))
  if (existsSync(file)) return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'))
  const answer = askCompiler(question)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, gzipSync(JSON.stringify(answer)))
  return answer
}

/** Whether the answer is there already. */
export const isAnswered = (question) =>
  existsSync(path.join(question.cache, 'answers', question.goVersion, answerFile(question)))

function answerFile({ name, port, cgo, tests, toolexec }) {
  const words = [port.replace('/', '-'), cgo ? 'cgo' : '', tests ? 'tests' : '', toolexec === undefined ? '' : 'front']
  return path.join(asFileName(name), `${words.filter((word) => word !== '').join('.')}.json.gz`)
}

/** Asks the compiler, without looking into the cache of answers. */
export function askCompiler({ dir, port, cgo, tests, cache, toolexec, workspace = false, patterns = ['./...'] }) {
  const [GOOS, GOARCH] = port.split('/')
  // -e for every package, not only the named ones: the list of a dependency would stop after ten errors.
  const args = ['list', '-p', '1', '-e', '-export', '-gcflags=all=-e', '-deps', `-json=${fields}`]
  if (tests) args.push('-test')
  // Another cache: what a front end alone has compiled is no object file.
  const cacheName = toolexec === undefined ? 'gocache' : 'gocache-front'
  if (toolexec !== undefined) args.push('-toolexec', toolexec)
  const env = {
    ...process.env,
    GOOS,
    GOARCH,
    CGO_ENABLED: cgo ? '1' : '0',
    ...(workspace ? {} : { GOWORK: 'off' }),
    GOCACHE: path.join(cache, cacheName),
  }
  const start = performance.now()
  const result = spawnSync('nice', ['-n', '19', 'go', ...args, ...patterns], {
    cwd: dir,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  if (result.error !== undefined) throw result.error
  const seconds = (performance.now() - start) / 1000
  return { port, cgo, seconds, ...readAnswer(result.stdout, dir), stderr: result.stderr }
}

/**
 * Reads the output of `go list -e -export -json`.
 * @param {string} stdout
 * @param {string} cwd the folder that go ran in: the compiler's paths are relative to it
 */
export function readAnswer(stdout, cwd) {
  const packages = readJsonStream(stdout)
  const importers = new Map()
  for (const { ImportPath, Imports = [] } of packages)
    for (const imported of Imports) importers.set(imported, [...(importers.get(imported) ?? []), ImportPath])
  return {
    packages: packages.length,
    compiled: packages.filter((p) => p.Standard !== true && p.Export !== undefined).map((p) => p.ImportPath),
    failed: packages
      .filter((p) => p.Error !== undefined && p.Error !== null)
      .map((p) => failedPackage(p, cwd, importers)),
  }
}

function failedPackage(p, cwd, importers) {
  const text = p.Error.Err.trimEnd()
  const compile = text.startsWith('# ')
  const main = p.Module === undefined || p.Module.Main === true
  return {
    package: p.ImportPath,
    name: p.Name ?? '',
    dir: p.Dir ?? '',
    standard: p.Standard === true,
    depOnly: p.DepOnly === true,
    module: main ? '' : `${p.Module.Path}@${p.Module.Version ?? ''}`,
    kind: compile ? 'compile' : 'load',
    position: p.Error.Pos ?? '',
    importStack: p.Error.ImportStack ?? [],
    importers: importers.get(p.ImportPath) ?? [],
    errors: compile ? readCompileErrors(text, cwd) : [loadError(text, p.Error.Pos ?? '', cwd)],
  }
}

function loadError(text, position, cwd) {
  const { file = '', line = 0, column = 0 } = splitPosition(`${position}: `, cwd) ?? {}
  return { file, line, column, message: text }
}

/** The compiler's output after go's `# package` line: `file:line:column: text`, continued on lines that begin with a tab. */
export function readCompileErrors(text, cwd) {
  const errors = []
  for (const line of text.split('\n').slice(1)) {
    const found = /^[\t ]/.test(line) ? undefined : splitPosition(line, cwd)
    if (found !== undefined) errors.push(found)
    else if (errors.length > 0) errors[errors.length - 1].message += `\n${line}`
    else errors.push({ file: '', line: 0, column: 0, message: line })
  }
  return errors
}

function splitPosition(line, cwd) {
  const found = /^([^\t\n:][^\n:]*):(\d+)(?::(\d+))?: ?([^]*)$/.exec(line)
  if (found === null) return undefined
  const [, file, number, column = '0', message] = found
  return { file: path.resolve(cwd, file), line: Number(number), column: Number(column), message }
}

/** JSON values one after another, as the go command prints them: each ends with a line `}`. */
function readJsonStream(text) {
  if (text.trim() === '') return []
  return text
    .trimEnd()
    .split(/(?<=^\})\n/m)
    .map((part) => JSON.parse(part))
}
