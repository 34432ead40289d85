import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { rules } from '../../src/diagnosis/rules/index.ts'
import type { Rule } from '../../src/domain/rule.ts'

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
    expect(finds || rule.area === 'internal').toBe(true)
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
})
