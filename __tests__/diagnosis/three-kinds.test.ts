import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { rules } from '../../src/diagnosis/rules/index.ts'
import { factCases } from './context/facts.ts'
import { selfContained } from './context/self-contained.ts'
import { surroundings } from './context/surroundings.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Rules whose findings are made of other findings, or of what no rule claims: there is no output of their own. */
const madeOfOthers: readonly string[] = ['ports-fail', 'probe-broken', 'unexplained', 'policy-loosened']

const texts = new Map(
  rules.map(({ id, area }) => [
    id,
    readFileSync(path.join(root, `__tests__/diagnosis/rules/${area}/${id}.test.ts`), 'utf8'),
  ]),
)
const inTables = new Set([...factCases, ...surroundings].map((one) => one.rule))

/**
 * Each rule has three tests: on what a program printed (or what a probe observed), one in which it says nothing, and one in
 * which context changes the answer. The third is a record in context/, a test of the rule whose name begins with
 * `with context: `, the several observations of a rule that sees no messages, or a reason why there is none.
 */
describe('every rule has a test', () => {
  test('on real output', () => {
    const missing = rules.filter(({ id }) => {
      const text = texts.get(id) ?? ''
      return !madeOfOthers.includes(id) && !/\bprinted\b|\bexplain\(|\bobserve\(/.test(text)
    })
    expect(missing.map(({ id }) => id)).toEqual([])
  })

  test('in which it says nothing', () => {
    const silent =
      /toEqual\(\[\]\)|not\.toContain\(|'leaves |'is silent|is not about|is not what|only guesses|to its own rule/
    const missing = rules.filter(({ id }) => !madeOfOthers.includes(id) && !silent.test(texts.get(id) ?? ''))
    expect(missing.map(({ id }) => id)).toEqual([])
  })

  test('in which context changes the answer, or a reason why nothing can', () => {
    const observed = new Set(
      rules
        .filter(
          (rule) => rule.message === undefined && (texts.get(rule.id) ?? '').split(/\btest(?:\.each)?\(/).length > 2,
        )
        .map(({ id }) => id),
    )
    const has = (id: string): boolean =>
      inTables.has(id) || observed.has(id) || (texts.get(id) ?? '').includes("'with context: ")
    const missing = rules.filter(({ id }) => !madeOfOthers.includes(id) && !has(id) && selfContained[id] === undefined)
    expect(missing.map(({ id }) => id)).toEqual([])
    expect(Object.keys(selfContained).filter((id) => has(id) || !texts.has(id))).toEqual([])
  })

  test('that rules which ask facts do not go without', () => {
    const asking = rules.filter(({ id, area }) => {
      const source = readFileSync(path.join(root, `src/diagnosis/rules/${area}/${id}.ts`), 'utf8')
      return selfContained[id] !== undefined && /\bfacts\.(?:goEnv|goMod|goSum|goWork|vendor)\(/.test(source)
    })
    expect(asking.map(({ id }) => id)).toEqual([])
  })
})
