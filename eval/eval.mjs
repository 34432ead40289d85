// How well the rules name the cause of logs whose cause is known.
//   npm run eval -- FILE.jsonl ...          a line holds {"id", "log", "class"}
//   --classes FILE   which rules are right for a class; eval/classes.json without it
//   --cli FILE       the bundle to judge, dist/cli.js for what is released; without it src/ as it is now
//   --misses         every case whose first finding is not a right one, with the first line of its log
//   --json           the counts as JSON
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const mostRules = 4

/**
 * @typedef {{ id: string, log: string, class: string }} Case
 * @typedef {{ rule: string }} Finding
 * @typedef {{ findings: readonly Finding[], unexplained: readonly { excerpt: string }[] }} Answer
 */

/**
 * Reads the cases of a file; a line of another shape is an error that names it.
 * @param {string} file
 * @returns {Promise<readonly Case[]>}
 */
async function readCases(file) {
  const lines = (await readFile(file, 'utf8')).split('\n')
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return []
    let value
    try {
      value = JSON.parse(line)
    } catch {
      throw new Error(`${file}:${index + 1}: not JSON`)
    }
    if (typeof value?.log !== 'string' || typeof value.class !== 'string' || value.id === undefined) {
      throw new Error(`${file}:${index + 1}: a case has the members "id", "log" and "class"`)
    }
    return [{ id: String(value.id), log: value.log, class: value.class }]
  })
}

/**
 * Which rules are right for which class.
 * @param {string} file
 * @returns {Promise<ReadonlyMap<string, readonly string[]>>}
 */
async function readClasses(file) {
  const classes = new Map(Object.entries(JSON.parse(await readFile(file, 'utf8'))))
  for (const [name, ids] of classes) {
    if (!Array.isArray(ids) || ids.length === 0 || ids.length > mostRules) {
      throw new Error(`${file}: ${name} needs one to ${mostRules} rule ids`)
    }
  }
  return classes
}

/**
 * What `diagnose --jsonl` answers, in the order of the cases.
 * @param {string} cli bundle of the command line
 * @param {readonly Case[]} cases
 * @returns {Promise<readonly Answer[]>}
 */
async function diagnose(cli, cases) {
  const child = spawn(process.execPath, [cli, 'diagnose', '--jsonl', '-'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const chunks = []
  child.stdout.on('data', (chunk) => chunks.push(chunk))
  const ended = new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  // Numbers, for an id that stands twice must not mix two answers up.
  child.stdin.end(cases.map(({ log }, index) => `${JSON.stringify({ id: String(index), log })}\n`).join(''))
  const code = await ended
  if (code !== 0) throw new Error(`diagnose --jsonl ended with exit code ${code}`)
  const answers = Buffer.concat(chunks).toString('utf8').split('\n').filter(Boolean).map(JSON.parse)
  if (answers.length !== cases.length) throw new Error(`${cases.length} cases, ${answers.length} answers`)
  return answers
}

/** @param {readonly Case[]} cases @param {readonly Answer[]} answers @param {ReadonlyMap<string, readonly string[]>} classes */
function judge(cases, answers, classes) {
  return cases.map((one, index) => {
    const right = classes.get(one.class) ?? []
    const rules = answers[index].findings.map((finding) => finding.rule)
    return {
      ...one,
      known: right.length > 0,
      rules,
      first: right.includes(rules[0]),
      among: rules.some((rule) => right.includes(rule)),
    }
  })
}

/** The counts of some judged cases. */
function count(judged) {
  const instead = new Map()
  for (const { first, rules } of judged) {
    if (!first && rules.length > 0) instead.set(rules[0], (instead.get(rules[0]) ?? 0) + 1)
  }
  return {
    cases: judged.length,
    first: judged.filter(({ first }) => first).length,
    among: judged.filter(({ among }) => among).length,
    instead: Object.fromEntries([...instead].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))),
    unexplained: judged.filter(({ rules }) => rules.length === 0).length,
  }
}

function table(byClass, total) {
  const words = (row) => [
    `${row.cases}`,
    `${row.first}`,
    `${row.among}`,
    `${row.unexplained}`,
    Object.entries(row.instead)
      .map(([rule, times]) => (times === 1 ? rule : `${rule} ×${times}`))
      .join(', '),
  ]
  const rows = [
    ['class', 'cases', 'first right', 'among', 'unexplained', 'instead'],
    ...Object.entries(byClass).map(([name, row]) => [row.known ? name : `${name} (not in classes)`, ...words(row)]),
    ['total', ...words(total).slice(0, 4), ''],
  ]
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  return rows
    .map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))))
    .map((row, index) => [...row.slice(0, 5), index === 0 ? 'instead' : (rows[index]?.[5] ?? '')].join('  ').trimEnd())
    .join('\n')
}

const percent = (part, whole) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`)

/** Runs `action` with a bundle of the command line as src/ is now, and removes it. */
async function withBundle(action) {
  const cache = path.join(root, 'node_modules/.cache')
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(path.join(cache, 'eval-'))
  try {
    const outfile = path.join(folder, 'cli.mjs')
    await build({
      absWorkingDir: root,
      entryPoints: ['src/cli/cli.ts'],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      define: { GOPREFLIGHT_VERSION: '"eval"' },
      logLevel: 'warning',
    })
    return await action(outfile)
  } finally {
    await rm(folder, { recursive: true })
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    classes: { type: 'string' },
    cli: { type: 'string' },
    misses: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})

try {
  if (positionals.length === 0) throw new Error('name a file of cases: npm run eval -- FILE.jsonl')
  const cases = (await Promise.all(positionals.map(readCases))).flat()
  const classes = await readClasses(values.classes ?? path.join(root, 'eval/classes.json'))
  const answers = await (values.cli === undefined
    ? withBundle((cli) => diagnose(cli, cases))
    : diagnose(path.resolve(values.cli), cases))
  const judged = judge(cases, answers, classes)
  const names = [...new Set(judged.map((one) => one.class))].sort()
  const byClass = Object.fromEntries(
    names.map((name) => [
      name,
      { ...count(judged.filter((one) => one.class === name)), known: (classes.get(name) ?? []).length > 0 },
    ]),
  )
  const total = count(judged)
  if (values.json) console.log(JSON.stringify({ classes: byClass, total }, undefined, 2))
  else {
    console.log(table(byClass, total))
    console.log(
      `\nfirst finding right: ${percent(total.first, total.cases)}; among the findings: ${percent(total.among, total.cases)}; unexplained: ${total.unexplained} of ${total.cases}`,
    )
    if (values.misses) {
      for (const one of judged.filter(({ first }) => !first)) {
        console.log(`\n${one.id} (${one.class}): ${one.rules.join(', ') || 'unexplained'}`)
        console.log(`    ${one.log.trim().split('\n')[0].slice(0, 200)}`)
      }
    }
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
