import type { Facts } from '../../../domain/facts.ts'
import type { Message } from '../../../domain/message.ts'
import type { Diagnosis, Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { exclusionOf, importerOf, isStandard } from '../../rule-helpers/excluded.ts'
import { packageExperiment, packageSince } from '../../rule-helpers/std-packages.ts'
import { plain } from '../../rule-helpers/text.ts'
import { messageLocations, moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'std-package-missing',
  area: 'version',
  title: 'An import is not in the standard library of this Go',
  what: 'An import without a dot in its first element is looked for in the standard library, and this Go has no such package.',
  why: 'The package came with a newer Go, the path is misspelt, or it is a package of your own written without the module path before it.',
  fix: 'Use a newer Go, or correct the import path.',
  classes: ['V15'],
  example: 'main.go:3:8: package net/htpp is not in std (/usr/local/go/src/net/htpp)',
  markers: ['is not in std', 'is not in GOROOT', 'build constraints exclude all Go files'],
  message: async (message, context) => {
    const { facts } = context
    const block = plain(message)
    const excluded = await exclusionOf(message, context)
    if (excluded !== undefined) return isStandard(excluded) ? experimental(excluded.package, message, facts) : undefined
    const [, path, root] = /package ([^\s]+) is not in (?:std|GOROOT)(?: \(([^)\n]*)\))?/.exec(block) ?? []
    if (path === undefined) return undefined
    const needs = packageSince[path] ?? /requires go (1\.[^\s)]+)/.exec(block)?.[1]
    const running = /go(1\.\d+(?:\.\d+)?)/.exec(root ?? '')?.[1] ?? (await facts.goEnv())?.GOVERSION?.replace(/^go/, '')
    const own = await messageLocations(message, facts)
    const main = (await facts.goMod())?.content.module?.value
    const first = path.split('/')[0] ?? path
    const shared = {
      locations: own.length > 0 ? own : await moduleLocations(message.module?.path, facts),
      package: message.package === path ? undefined : message.package,
      key: path,
    }
    if (needs !== undefined) {
      const by = message.module
      return diagnosis({
        ...shared,
        message: `The package ${path} came with Go ${needs}${running === undefined ? '; the Go that runs is older' : `, and Go ${running} runs`}${by === undefined ? '' : `; ${by.path}@${by.version} imports it`}.`,
        fix: advice(
          `Use Go ${needs} or newer here${by === undefined ? '' : `, or require the last version of ${by.path} that runs on yours`}.`,
        ),
        module: by?.path,
        version: by?.version,
      })
    }
    const near = nearestKnown(path)
    return diagnosis({
      ...shared,
      confidence: near === undefined ? 'likely' : 'certain',
      message: `${path} is no package of the standard library, where every import goes whose first element (${first}) has no dot${near === undefined ? '' : `; most likely ${near} is meant`}.`,
      fix: advice(
        near === undefined
          ? `If it is a package of this module, import it as ${main ?? 'MODULE'}/${main !== undefined && path.startsWith(`${main.split('/').pop() ?? ''}/`) ? path.split('/').slice(1).join('/') : path}. If it lives in another module on disk, bring it in with a replace line or a workspace.`
          : `Import ${near}.`,
        near === undefined ? [command('go', 'list', '-m')] : [],
      ),
    })
  },
}

/** A package that is in GOROOT, but whose files this Go compiles only as an experiment. */
async function experimental(path: string, message: Message, facts: Facts): Promise<Diagnosis | undefined> {
  const since = packageSince[path]
  const known = packageExperiment[path]
  if (since === undefined && known === undefined) return undefined
  const importer = importerOf(message)
  const running = (await facts.goEnv())?.GOVERSION?.replace(/^go/, '')
  return diagnosis({
    message: `${path} is ${known === undefined ? 'not yet a package' : 'only an experiment'} in ${running === undefined ? 'the Go that runs' : `Go ${running}`}${importer === undefined ? '' : `; ${importer} imports it`}.`,
    fix:
      since === undefined
        ? advice(
            `Build with GOEXPERIMENT=${known?.experiment ?? ''}, or do not import it: an experiment may change or go.`,
          )
        : advice(
            `Use Go ${since} or newer here${known === undefined ? '' : `, or build with GOEXPERIMENT=${known.experiment} (Go ${known.from} and newer)`}.`,
          ),
    locations: await messageLocations(message, facts),
    package: message.package,
    key: path,
  })
}

const wellKnown = [
  'bufio',
  'bytes',
  'context',
  'crypto/sha256',
  'database/sql',
  'encoding/base64',
  'encoding/json',
  'encoding/xml',
  'errors',
  'flag',
  'fmt',
  'html/template',
  'io',
  'io/ioutil',
  'log',
  'log/slog',
  'maps',
  'math',
  'math/rand',
  'net',
  'net/http',
  'net/http/httptest',
  'net/url',
  'os',
  'os/exec',
  'os/signal',
  'path',
  'path/filepath',
  'reflect',
  'regexp',
  'runtime',
  'slices',
  'sort',
  'strconv',
  'strings',
  'sync',
  'sync/atomic',
  'syscall',
  'testing',
  'text/template',
  'time',
  'unicode',
  'unicode/utf8',
  'unsafe',
]

/** A package of the standard library that differs by one slip of the finger: a letter more, less, other or swapped. */
function nearestKnown(path: string): string | undefined {
  return path.length > 3 ? wellKnown.find((known) => oneSlip(known, path)) : undefined
}

function oneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const [left, right] = [a.length - start - end, b.length - start - end]
  if (left <= 1 && right <= 1) return true
  return left === 2 && right === 2 && a[start] === b[start + 1] && a[start + 1] === b[start]
}

export default rule
