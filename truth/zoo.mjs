// The zoo: modules that are wrong on purpose, as archives in truth/zoo, and what the real compiler says about them, frozen
// in truth/zoo/answers.json so that a test can compare without compiling.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { compare, total } from './compare.mjs'
import { askCompiler } from './compiler.mjs'
import { known } from './zoo/known.mjs'

export const zooDir = fileURLToPath(new URL('zoo', import.meta.url))
export const zooPorts = ['linux/amd64', 'linux/386', 'windows/amd64', 'js/wasm']
/** Stands for the archive's folder in frozen answers. */
const place = '$ZOO'

/**
 * An archive: its first line describes it and names its modes in parentheses (workspace, tests, cgo), a line `run: PATTERNS`
 * may follow, then come files,
 * each after a line `-- PATH --`. A path followed by `escaped` has bytes written as \x{00}.
 * @param {string} text
 */
export function parseArchive(text) {
  const [first = '', ...parts] = text.split(/^-- (.+) --\n/m)
  const files = []
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [name, mode] = parts[at].split(' ')
    const body = Buffer.from(parts[at + 1], 'utf8').toString('latin1')
    const bytes =
      mode === 'escaped'
        ? body.replaceAll(/\\x\{([0-9a-f]{2})\}/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
        : body
    files.push({ name, bytes: Buffer.from(bytes, 'latin1') })
  }
  const patterns = /^run: (.+)$/m.exec(first)?.[1].split(' ') ?? ['./...']
  const has = (mode) => new RegExp(`\\((?:[a-z]+, )*${mode}(?:, [a-z]+)*\\)`).test(first)
  return {
    title: first.split('\n', 1)[0],
    workspace: has('workspace'),
    tests: has('tests'),
    cgo: has('cgo'),
    patterns,
    files,
  }
}

/** The archives of the zoo by name. */
export function readZoo() {
  return readdirSync(zooDir)
    .filter((file) => file.endsWith('.txtar'))
    .sort()
    .map((file) => {
      const archive = parseArchive(readFileSync(path.join(zooDir, file), 'utf8'))
      return { name: path.basename(file, '.txtar'), ports: archive.cgo ? ['linux/amd64'] : zooPorts, ...archive }
    })
}

/** Writes an archive below a folder and returns its own. */
export function writeArchive({ name, files }, parent) {
  const dir = path.join(parent, name)
  for (const file of files) {
    const target = path.join(dir, file.name)
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, file.bytes)
  }
  return dir
}

/**
 * Compares portcheck with the frozen answers, one row an archive. `unlisted` are the differences that zoo/known.mjs does not
 * name, `unneeded` the packages that it names for nothing. With another minor version of Go than the frozen one only false
 * and missed packages count: texts change.
 */
export async function measureZoo({ check, goVersion }) {
  const { goVersion: frozenVersion, answers } = JSON.parse(readFileSync(path.join(zooDir, 'answers.json'), 'utf8'))
  const sameTexts = minorOf(goVersion) === minorOf(frozenVersion)
  const parent = realpathSync(mkdtempSync(path.join(tmpdir(), 'gopreflight-zoo-')))
  const rows = []
  try {
    for (const animal of readZoo()) {
      const dir = writeArchive(animal, parent)
      const found = await check({ ...animal, dir })
      const sums = total(
        animal.ports.map((port) => {
          const answer = replaceAll(answers[`${animal.name} ${port}`], place, dir)
          return compare({ answer, check: found, port, dir })
        }),
      )
      const serious = sums.differences.filter(({ what }) => sameTexts || what === 'false' || what === 'missed')
      const listed = known.filter(({ zoo }) => zoo === animal.name).map((one) => one.package)
      rows.push({
        name: animal.name,
        ports: animal.ports.length,
        seconds: found.seconds,
        megabytes: found.peakMegabytes,
        ...sums,
        unlisted: serious.filter((one) => one.what === 'false' || !listed.includes(one.package)),
        unneeded: listed.filter((name) => !sums.differences.some((one) => one.package === name)),
      })
    }
  } finally {
    rmSync(parent, { recursive: true, force: true })
  }
  return rows
}

const minorOf = (version) => /^go1\.\d+/.exec(version)?.[0]

/** Asks the real compiler about the whole zoo and writes answers.json. */
export function freezeZoo(cache) {
  const parent = realpathSync(mkdtempSync(path.join(tmpdir(), 'gopreflight-zoo-')))
  try {
    const goVersion = execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).trim()
    const answers = {}
    for (const animal of readZoo()) {
      const dir = writeArchive(animal, parent)
      for (const port of animal.ports) {
        const { cgo, tests, workspace, patterns } = animal
        const { compiled, failed } = askCompiler({ dir, port, cgo, tests, workspace, patterns, cache })
        answers[`${animal.name} ${port}`] = replaceAll({ compiled, failed: failed.map(frozen) }, dir, place)
      }
    }
    const text = `{"goVersion":${JSON.stringify(goVersion)},"answers":{\n${Object.entries(answers)
      .map(([name, answer]) => `${JSON.stringify(name)}:${JSON.stringify(answer)}`)
      .join(',\n')}}}`
    writeFileSync(path.join(zooDir, 'answers.json'), `${text}\n`)
  } finally {
    rmSync(parent, { recursive: true, force: true })
  }
}

const frozen = ({ package: name, kind, importers, errors }) => ({ package: name, kind, importers, errors })

function replaceAll(value, from, to) {
  const text = JSON.stringify(value)
  const escaped = (part) => JSON.stringify(part).slice(1, -1)
  return JSON.parse(text.replaceAll(escaped(from), escaped(to)))
}
