import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { rules } from '../../src/diagnosis/rules/index.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)
let dir = ''

const cases = [
  {
    id: 'a',
    class: 'go-mod-not-found',
    log: "go: go.mod file not found in current directory or any parent directory; see 'go help modules'",
  },
  { id: 'a', class: 'go-mod-not-found', log: 'fork/exec /tmp/go-build1/b001/exe/main: exec format error' },
  { id: 'b', class: 'exec-format-error', log: 'all is well' },
  { id: 'c', class: 'no-such-class', log: 'fork/exec /tmp/go-build1/b001/exe/main: exec format error' },
]

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'gopreflight-eval-'))
})
afterAll(() => rm(dir, { recursive: true }))

async function evaluate(
  lines: readonly unknown[],
  ...flags: readonly string[]
): Promise<{ code: unknown; out: string; err: string }> {
  const file = path.join(dir, 'cases.jsonl')
  await writeFile(file, lines.map((line) => JSON.stringify(line)).join('\n'))
  try {
    const { stdout, stderr } = await run(process.execPath, [path.join(root, 'eval/eval.mjs'), file, ...flags])
    return { code: 0, out: stdout, err: stderr }
  } catch (error) {
    const failed = error as { code: unknown; stdout: string; stderr: string }
    return { code: failed.code, out: failed.stdout, err: failed.stderr }
  }
}

describe('the evaluation', () => {
  test('counts per class what was right, what fired instead and what stayed unexplained', async () => {
    const { code, out } = await evaluate(cases, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual({
      classes: {
        'exec-format-error': { cases: 1, first: 0, among: 0, instead: {}, unexplained: 1, known: true },
        'go-mod-not-found': {
          cases: 2,
          first: 1,
          among: 1,
          instead: { 'exec-format': 1 },
          unexplained: 0,
          known: true,
        },
        'no-such-class': { cases: 1, first: 0, among: 0, instead: { 'exec-format': 1 }, unexplained: 0, known: false },
      },
      total: { cases: 4, first: 1, among: 1, instead: { 'exec-format': 2 }, unexplained: 1 },
    })
  })

  test('prints a table with totals, and the misses when asked', async () => {
    const { out } = await evaluate(cases, '--misses')
    expect(out).toMatch(/^go-mod-not-found +2 +1 +1 +0 +exec-format$/m)
    expect(out).toMatch(/^no-such-class \(not in classes\)/m)
    expect(out).toContain('first finding right: 25.0 %')
    expect(out).toMatch(/^b \(exec-format-error\): unexplained$/m)
  })

  test('names a line that is no case', async () => {
    const { code, err } = await evaluate([cases[0], { id: 'x', log: 'y' }])
    expect(code).toBe(2)
    expect(err).toContain('cases.jsonl:2: a case has the members "id", "log" and "class"')
  })

  test('its classes name rules that exist, four at most', async () => {
    const classes = JSON.parse(await readFile(path.join(root, 'eval/classes.json'), 'utf8')) as Record<string, string[]>
    const known = new Set(rules.map((rule) => rule.id))
    expect(
      Object.entries(classes).flatMap(([name, ids]) =>
        ids.filter((id) => !known.has(id)).map((id) => `${name}: ${id}`),
      ),
    ).toEqual([])
    expect(Object.entries(classes).filter(([, ids]) => ids.length < 1 || ids.length > 4)).toEqual([])
  })
})
