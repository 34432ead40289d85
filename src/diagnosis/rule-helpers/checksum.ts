import type { Facts, FileFact } from '../../domain/facts.ts'
import type { Fix } from '../../domain/finding.ts'
import type { GoSumFile, GoSumLine } from '../../domain/go-files.ts'
import { formatModuleVersion, type Location, type ModuleVersion } from '../../domain/module.ts'
import type { Diagnosis } from '../../domain/rule.ts'
import { advice, command } from './advice.ts'
import { diagnosis } from './diagnosis.ts'
import { privatePattern } from './private-modules.ts'
import { moduleLocations } from './where.ts'

/** Hash1 of a module whose only file is an empty go.mod: the mark of a proxy that answered with nothing. */
export const emptyGoModHash = 'h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY='

/** Two hashes that should be one. */
export interface Disagreement extends ModuleVersion {
  readonly file: 'zip' | 'mod'
  readonly downloaded: string
  readonly recorded: string
  /** The file that holds the recorded hash, as the report or the message names it. */
  readonly sumFile: string
  /** Whether the other hash is of what is in the module cache rather than of a fresh download. */
  readonly cached: boolean
}

/**
 * Decides whose hash is wrong. The checksum database is the judge: when it agrees with go.sum, the download is bad; when
 * it agrees with the download, the line in go.sum is wrong; when it agrees with neither, nobody may go on. Without its
 * answer the causes that remain are named.
 */
export async function judge(found: Disagreement, facts: Facts): Promise<Diagnosis> {
  const name = formatModuleVersion(found)
  const what = found.file === 'mod' ? `the go.mod of ${name}` : name
  const said = `${found.sumFile} records ${found.recorded} for ${what}, ${found.cached ? 'the module cache holds' : 'downloaded was'} ${found.downloaded}`
  const line = await sumLine(found, facts)
  const shared = {
    locations: line === undefined ? await moduleLocations(found.path, facts) : [line.location],
    module: found.path,
    version: found.version,
    key: `${name} ${found.file}`,
  }
  if (found.downloaded === emptyGoModHash && found.file === 'mod') {
    return diagnosis({
      ...shared,
      message: `The module proxy answered with an empty go.mod for ${name}: ${found.downloaded} is the hash of an empty file. ${found.sumFile} is right.`,
      why: 'A proxy, or something in front of it, sent a success without a body, and the go command hashed nothing.',
      fix: advice(
        'Repair or change the proxy named in GOPROXY, throw the cached answer away and download again; leave go.sum as it is.',
        [command('go', 'clean', '-modcache'), command('go', 'mod', 'download', name)],
      ),
    })
  }
  const answer = await facts.checksums(found)
  if (answer?.kind === 'record') {
    const official = found.file === 'mod' ? answer.mod : answer.zip
    if (official === found.recorded) {
      return diagnosis({
        ...shared,
        message: `${said}. ${answer.database} confirms ${found.sumFile}: the ${found.cached ? 'module cache' : 'download'} is not the module that was published.`,
        why: 'The proxy, the cache or something between serves other bytes than the ones everybody else got; go.sum has done its work.',
        fix: advice(
          'Leave go.sum as it is. Clear the module cache and download from another proxy; if the difference stays, find out who serves it.',
          [command('go', 'clean', '-modcache'), command('go', 'mod', 'download', name)],
        ),
      })
    }
    if (official === found.downloaded) {
      const entry = `${found.path} ${found.version}${found.file === 'mod' ? '/go.mod' : ''} ${found.downloaded}`
      return diagnosis({
        ...shared,
        message: `${said}. ${answer.database} confirms the download: the line in ${found.sumFile} is wrong.`,
        why: 'The line was edited by hand, merged badly, or written while the checksum database was switched off and the tag has moved since.',
        fix: lineFix(`Replace the line in ${found.sumFile} by: ${entry}`, line, found.downloaded),
      })
    }
    return diagnosis({
      ...shared,
      message: `${said}, and ${answer.database} records ${official}. Three different answers: treat this as a security incident.`,
      why: 'Neither the team’s record nor what is served now is what was published first; the module was replaced, more than once or on the way to you.',
      fix: advice(
        `Stop: build and release nothing with ${name}. Keep the module cache as evidence, ask the module's authors, and move to a version whose three hashes agree.`,
      ),
    })
  }
  if (answer?.kind === 'missing') {
    return diagnosis({
      ...shared,
      confidence: 'likely',
      message: `${said}. ${answer.database} does not know this version, so only its repository can tell who is right: most likely its tag was moved.`,
      why: 'A module that the checksum database never saw (a private one) is only protected by go.sum; a tag that is moved after go.sum was written shows like this.',
      fix: advice(
        `Ask who owns ${found.path} whether ${found.version} was tagged again. If so, have a new version tagged and require that one: a version must never change. With GOPRIVATE=${privatePattern(found.path)} the go command asks the repository itself.`,
        [command('go', 'list', '-m', '-versions', found.path)],
      ),
    })
  }
  return diagnosis({
    ...shared,
    confidence: 'likely',
    message: `${said}. Likeliest first: the tag was moved after ${found.sumFile} was written; the proxy or a cache serves other bytes; the line was edited or merged wrongly.`,
    fix: advice(
      `Ask the checksum database, in an empty folder where no go.sum has a say: the command prints the published hash as ${found.file === 'mod' ? 'GoModSum' : 'Sum'}. If it is ${found.recorded}, the download is bad: clear the module cache and change the proxy. If it is ${found.downloaded}, correct the line in ${found.sumFile}. Never delete go.sum to get past this.`,
      [`cd "$(mktemp -d)" && GOMODCACHE="$PWD/cache" ${command('go', 'mod', 'download', '-json', name)}`],
    ),
  })
}

interface SumLine {
  readonly location: Location
  readonly sum: FileFact<GoSumFile>
  readonly entry: GoSumLine
}

async function sumLine(found: Disagreement, facts: Facts): Promise<SumLine | undefined> {
  if (found.sumFile.endsWith('go.work.sum')) return undefined
  const sum = await facts.goSum()
  const entry = sum?.content.lines.find(
    (line) =>
      line.path === found.path &&
      line.version === found.version &&
      line.file === found.file &&
      line.hash === found.recorded,
  )
  return sum === undefined || entry === undefined
    ? undefined
    : { location: { file: sum.path, line: entry.line }, sum, entry }
}

function lineFix(summary: string, line: SumLine | undefined, hash: string): Fix {
  const diff = line === undefined ? undefined : sumDiff(line, hash)
  return diff === undefined ? advice(summary) : { ...advice(summary), diff }
}

/** A diff of one line of go.sum with up to three lines around it; undefined where the lines around were not understood. */
function sumDiff({ sum, entry }: SumLine, hash: string): string | undefined {
  const byLine = new Map(sum.content.lines.map((line) => [line.line, sumText(line)]))
  const last = Math.max(...byLine.keys())
  const from = Math.max(1, entry.line - 3)
  const to = Math.min(last, entry.line + 3)
  const body: string[] = []
  for (let number = from; number <= to; number++) {
    const text = byLine.get(number)
    if (text === undefined) return undefined
    if (number === entry.line) body.push(`-${text}`, `+${sumText({ ...entry, hash })}`)
    else body.push(` ${text}`)
  }
  const range = `${from},${to - from + 1}`
  return `--- a/${sum.path}\n+++ b/${sum.path}\n@@ -${range} +${range} @@\n${body.join('\n')}\n`
}

function sumText(line: GoSumLine): string {
  return `${line.path} ${line.version}${line.file === 'mod' ? '/go.mod' : ''} ${line.hash}`
}
