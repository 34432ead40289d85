import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { noFacts } from '../../src/diagnosis/facts/no-facts.ts'
import { rules } from '../../src/diagnosis/rules/index.ts'
import type { Message } from '../../src/domain/message.ts'
import type { CommandObservation } from '../../src/domain/observation.ts'
import type { Rule } from '../../src/domain/rule.ts'
import { cpuTime } from '../helpers/cpu-time.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const rulesDir = path.join(root, 'src/diagnosis/rules')

const files = readdirSync(rulesDir, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: area }) =>
    readdirSync(path.join(rulesDir, area)).map((file) => ({
      area,
      id: file.replace(/\.ts$/, ''),
      file: `${area}/${file}`,
    })),
  )

/** They take what no other rule knows, so they cannot say beforehand what it holds. */
const general: readonly string[] = ['compile-error', 'vet-finding']

/** They see nothing themselves: findings of other rules are folded under them. */
const folded: readonly string[] = ['ports-fail']

/** What no fix of ours may ever propose (docs/rules are made of the same texts). */
const forbidden: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['GOFLAGS=-insecure', /GOFLAGS=\S*-insecure/],
  ['GONOSUMDB for everything', /GONOSUMDB=["']?\*/],
  ['GONOSUMCHECK', /GONOSUMCHECK/],
  ['GOPRIVATE for everything', /GOPRIVATE=["']?\*/],
  ['GOINSECURE for everything', /GOINSECURE=["']?\*/],
  ['GOSUMDB=off', /\bset GOSUMDB=off|-w GOSUMDB=off/],
  ['-checklinkname=0', /-checklinkname=0/],
  ['deleting go.sum', /\brm (?:-f )?go\.sum/],
  ['switching TLS off', /http\.sslVerify[ =]false|GIT_SSL_NO_VERIFY/],
]

describe('the catalogue of rules', () => {
  test('holds every file of the folder once, under its own name and area', () => {
    expect(rules.map((rule) => rule.id)).toEqual([...new Set(rules.map((rule) => rule.id))].sort())
    expect(rules.map((rule) => `${rule.area}/${rule.id}.ts`).sort()).toEqual(files.map(({ file }) => file).sort())
    expect(rules.length).toBeGreaterThanOrEqual(100)
  })

  test.each(files)('$id has a test and a page', ({ area, id }) => {
    const written = readFileSync(path.join(root, `__tests__/diagnosis/rules/${area}/${id}.test.ts`), 'utf8')
    expect(written).toContain(id)
    const page = readFileSync(path.join(root, `docs/rules/${id}.md`), 'utf8')
    expect(page).toContain(`\`${id}\``)
  })

  test('has no page of a rule that is gone', () => {
    const pages = readdirSync(path.join(root, 'docs/rules')).filter((name) => name !== 'README.md')
    expect(pages.sort()).toEqual(rules.map((rule) => `${rule.id}.md`).sort())
  })

  test.each(rules.map((rule): [string, Rule] => [rule.id, rule]))('%s is complete', (id, rule) => {
    expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
    for (const text of [rule.title, rule.what, rule.why, rule.fix]) expect(text.trim().length).toBeGreaterThan(10)
    expect(rule.title).not.toMatch(/[.!]$/)
    const finds = rule.message !== undefined || Object.keys(rule.observe ?? {}).length > 0
    expect(finds || rule.area === 'internal' || folded.includes(id)).toBe(true)
    if (rule.message !== undefined && !general.includes(id)) {
      expect(rule.markers?.length ?? 0).toBeGreaterThan(0)
      for (const marker of rule.markers ?? []) expect(marker.length).toBeGreaterThan(2)
    }
    for (const known of rule.classes) expect(known).toMatch(/^[A-Z]\d\d[a-z]?$/)
  })

  test.each(forbidden)('no text proposes %s', (_, pattern) => {
    const guilty = files
      .filter(({ file }) => pattern.test(readFileSync(path.join(rulesDir, file), 'utf8')))
      .map(({ id }) => id)
    expect(guilty).toEqual([])
  })

  // What a hostile module can print: long runs of whatever the patterns look for. One that tried again from every
  // character took 40 s on such a line; what is here takes a few milliseconds, a second only on a machine that is busy.
  const fills = ['a', 'a@', '/', 'a.b@v1 ', 'a: ', '(', '"', ' ', 'open ', 'a/b.c@v1.0.0: ']
  test.each(rules.filter((rule) => rule.message !== undefined).map((rule): [string, Rule] => [rule.id, rule]))(
    '%s is quick on hostile lines',
    async (_, rule) => {
      for (const fill of fills) {
        const body = fill.repeat(Math.ceil(4000 / fill.length)).slice(0, 4000)
        for (const marker of rule.markers ?? ['x']) {
          for (const printer of ['go', 'compile', 'ld'] as const) {
            const message: Message = {
              printer,
              kind: 'error',
              text: `${body.slice(0, 2000)}${marker}${body.slice(2000)}`,
              detail: Array<string>(50).fill(body.slice(0, 1000)),
              position: { file: 'a.go', line: 1 },
              line: 1,
            }
            const spent = await cpuTime(() => rule.message?.(message, { facts: noFacts, command: commandOf(message) }))
            expect(spent).toBeLessThan(8000)
          }
        }
      }
    },
  )
})

function commandOf(message: Message): CommandObservation {
  return {
    kind: 'command',
    probe: 'diagnose',
    command: 'go build ./...',
    exitCode: 1,
    failed: true,
    timedOut: false,
    messages: [message],
    tail: [],
    advisory: false,
  }
}
