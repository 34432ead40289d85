// Compares what portcheck says with what the compiler says, for one module and one port.
import path from 'node:path'

/**
 * @typedef {{ port: string, package: string, what: 'false' | 'missed' | 'differs' | 'position', compiler: readonly string[],
 *   portcheck: readonly string[] }} Difference
 * @typedef {{ failing: number, found: number, falsePairs: number, missed: number, lines: number, equalText: number,
 *   equal: number, packages: number, differences: Difference[] }} Comparison
 * @param {{ answer: import('./compiler.mjs').Answer, check: import('../src/domain/port-check.ts').PortCheck, port: string,
 *   dir: string }} sides
 * @returns {Comparison}
 */
export function compare({ answer, check, port, dir }) {
  const slot = check.slots.find(({ name }) => name.split(' ')[0] === port)
  if (slot === undefined) throw new Error(`portcheck did not check ${port}`)
  const compiler = compilerPackages(answer, dir)
  const portcheck = portcheckPackages(check, slot.name, dir)
  const result = {
    failing: compiler.size,
    found: 0,
    falsePairs: 0,
    missed: 0,
    lines: 0,
    equalText: 0,
    equal: 0,
    packages: answer.compiled.length + compiler.size,
    differences: [],
  }
  const note = (what, name, left, right) =>
    result.differences.push({ port, package: name, what, compiler: left, portcheck: right })
  for (const { name, errors, importers, kind } of compiler.values()) {
    // go blames a package that it cannot load, portcheck the import of it.
    const blamed = [name, ...(kind === 'load' ? importers : [])].filter((one) => portcheck.has(one))
    // A program that needs an external linker: the go command blames the package, portcheck refuses the port with the reason.
    if (slot.status === 'refused' && errors.every(({ message }) => message === slot.reason)) {
      result.found += 1
      result.lines += errors.length
      result.equalText += errors.length
      result.equal += errors.length
      continue
    }
    if (blamed.length === 0) {
      result.missed += 1
      note('missed', name, errors.map(written), [])
      continue
    }
    result.found += 1
    const told = blamed.flatMap((one) => portcheck.get(one))
    // At an import portcheck may tell of other imports too: those belong to other packages of this answer.
    const about = kind === 'load' ? told.filter((one) => errors.some((error) => sameLoadError(error, one, name))) : told
    compareLines(result, note, name, kind, kind === 'load' ? placed(errors, about) : errors, about)
  }
  const known = new Set(
    [...compiler.values()].flatMap(({ name, kind, importers }) => [name, ...(kind === 'load' ? importers : [])]),
  )
  for (const [name, errors] of portcheck) {
    if (known.has(name)) continue
    result.falsePairs += 1
    note('false', name, [], errors.map(written))
  }
  return result
}

function compareLines(result, note, name, kind, errors, told) {
  const texts = new Set(told.map(({ message }) => message))
  const whole = new Set(told.map(written))
  result.lines += errors.length
  result.equalText += errors.filter(({ message }) => texts.has(message)).length
  result.equal += errors.filter((error) => whole.has(written(error))).length
  const wanted = new Set(errors.map(written))
  const left = errors.map(written).filter((line) => !whole.has(line))
  const right = told.map(written).filter((line) => !wanted.has(line))
  // go tells one importer of a package that it cannot load, portcheck every one.
  if (left.length === 0 && (right.length === 0 || kind === 'load')) return
  const sameTexts =
    errors.every(({ message }) => texts.has(message)) &&
    told.every(({ message }) => errors.some((error) => error.message === message))
  note(sameTexts ? 'position' : 'differs', name, left, right)
}

const sameLoadError = (error, told, name) =>
  told.message === error.message || told.message.includes(`${name}:`) || told.message.includes(`package ${name} `)

/** Where go gives a load error no position, portcheck's is taken. */
function placed(errors, told) {
  return errors.map((error) =>
    error.file === '' ? (told.find(({ message }) => message === error.message) ?? error) : error,
  )
}

const written = ({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`

/** What a build says only when it links, and `go list -export` does not. */
const linkerErrors = new Set(['function main is undeclared in the main package'])

/** Test variants are compared with the package that they are made of: `m/a [m/a.test]` is `m/a` with kind test. */
const plainName = (name) => name.replace(/ \[[^\]]*\]$/, '')

function compilerPackages(answer, dir) {
  const packages = new Map()
  for (const failed of answer.failed) {
    const name = plainName(failed.package)
    // A package that cannot be loaded may still have a test variant that can, and fails in its own way.
    const key = `${failed.kind} ${name}`
    const before = packages.get(key)
    const errors = failed.errors.map((error) => normal(error, dir))
    packages.set(key, {
      name,
      kind: failed.kind,
      importers: [...(before?.importers ?? []), ...failed.importers.map(plainName)],
      errors: uniqueErrors([...(before?.errors ?? []), ...errors]),
    })
  }
  return packages
}

function portcheckPackages(check, slot, dir) {
  const packages = new Map()
  for (const error of check.errors) {
    if (!error.slots.includes(slot) || linkerErrors.has(error.message)) continue
    const name = error.variant === 'xtest' && !error.package.endsWith('_test') ? `${error.package}_test` : error.package
    const line = normal({ file: error.file, line: error.line, column: error.column ?? 0, message: error.message }, dir)
    packages.set(name, uniqueErrors([...(packages.get(name) ?? []), line]))
  }
  return packages
}

function uniqueErrors(errors) {
  return [...new Map(errors.map((error) => [written(error), error])).values()]
}

/** Files relative to the module, also those inside messages, which each side writes in its own way. */
function normal({ file, line, column, message }, dir) {
  const text = message.replaceAll(/((?:\.{1,2}\/|\/)?[^\s:"'()[\]]+\.go)(?=:\d+)/g, (found) => relative(found, dir))
  return { file: file === '' ? '' : relative(file, dir), line, column, message: text.trimEnd() }
}

function relative(file, dir) {
  const found = path.relative(dir, path.resolve(dir, file))
  return found.startsWith('..') ? path.resolve(dir, file) : found
}

/** Adds up the figures of several comparisons. */
export function total(comparisons) {
  const sum = (name) => comparisons.reduce((all, one) => all + one[name], 0)
  const names = ['failing', 'found', 'falsePairs', 'missed', 'lines', 'equalText', 'equal', 'packages']
  return {
    ...Object.fromEntries(names.map((name) => [name, sum(name)])),
    differences: comparisons.flatMap(({ differences }) => differences),
  }
}
