import { describe, expect, test } from '@jest/globals'
import { renderDiagnosis, renderRules, renderTerminal } from '../../src/reporters/terminal.ts'
import type { Finding } from '../../src/domain/finding.ts'
import { golden } from '../helpers/golden.ts'
import { hostileStrings } from '../helpers/hostile.ts'
import {
  everyPortReport,
  makeFinding,
  makeReport,
  makeTarget,
  mkcertReport,
  workspaceReport,
} from '../helpers/report.ts'

const bare = { colour: false, width: 100 }

function hostileFinding(text: string): Finding {
  return makeFinding({
    title: text,
    message: text,
    why: text,
    rule: text,
    docs: text,
    targets: [text],
    locations: [{ file: text, line: 1 }],
    fix: { summary: text, commands: [text], diff: text, verified: false },
    evidence: { command: text, excerpt: text },
  })
}

describe('renderTerminal', () => {
  test('shows verdict, grid and findings', () => {
    const text = renderTerminal(mkcertReport(), bare)
    expect(text).toBe(golden('mkcert.golden.txt', text))
  })

  test('shows every port in a hundred columns, and each cause with its ports', () => {
    const text = renderTerminal(everyPortReport(), bare)
    expect(text).toBe(golden('every-port.golden.txt', text))
  })

  test('of several modules those where all is well have a line', () => {
    const text = renderTerminal(workspaceReport(), bare)
    expect(text).toContain('cmd: 3 of 3 targets build')
    expect(text).toMatch(/^core\n +amd64 /m)
  })

  test('leaves no target out on a narrow terminal', () => {
    const narrow = renderTerminal(everyPortReport(), { ...bare, width: 40 })
    const freebsd = narrow.split('\n').find((line) => line.startsWith('  freebsd'))
    expect(freebsd).toMatch(/ok {5}ok {3}fail {3}fail$/)
    const openbsd = narrow.split('\n').find((line) => line.startsWith('  openbsd'))
    expect(openbsd).toMatch(/ok.*ok.*fail.*fail.*ok.*fail/)
  })

  test('ends with the verdict when there is something above it', () => {
    const lines = renderTerminal(mkcertReport(), bare).trimEnd().split('\n')
    expect(lines.at(-1)).toBe(lines[0])
    expect(renderTerminal(makeReport(), bare).match(/Passed/g)).toHaveLength(1)
  })

  test('has escape sequences only when asked, and says the same', () => {
    const coloured = renderTerminal(mkcertReport(), { ...bare, colour: true })
    const plain = renderTerminal(mkcertReport(), bare)
    expect(plain).not.toContain('\u001b')
    expect(coloured).toContain('\u001b[31m')
    // eslint-disable-next-line no-control-regex -- the sequences are what it looks for
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain)
  })

  test('nothing of the module moves the cursor or becomes a command', () => {
    for (const text of hostileStrings) {
      const report = makeReport({
        modules: [{ dir: text, path: text }],
        targets: [makeTarget('linux/amd64', { module: text }), makeTarget(`linux/${text}`)],
        toolchain: { version: text, source: 'path', verified: text, reason: text },
        probes: [{ probe: text, module: text, outcome: 'skipped', reason: text, seconds: 0 }],
        notes: [text],
        findings: [
          hostileFinding(text),
          makeFinding({ message: text, causes: [1, 2].map(() => hostileFinding(text)) }),
        ],
      })
      const shown =
        renderTerminal(report, bare) +
        renderDiagnosis({ findings: report.findings, unexplained: [{ excerpt: text }] }, bare)
      expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
      expect(shown).not.toContain('##[')
      const commands = shown.split('\n').filter((line) => line.trimStart().startsWith('::'))
      expect({ text, commands }).toEqual({ text, commands: [] })
    }
  })

  test('wraps prose and leaves long words whole', () => {
    const message = `see ${'a/'.repeat(60)}x and then some more words that go on for quite a while until they wrap`
    const lines = renderTerminal(makeReport({ findings: [makeFinding({ message })] }), {
      colour: false,
      width: 60,
    }).split('\n')
    expect(lines.some((line) => line.includes('a/'.repeat(60)))).toBe(true)
    expect(lines.filter((line) => /more words|until they/.test(line)).every((line) => line.length <= 60)).toBe(true)
  })

  test('a hundred thousand findings are counted, not printed', () => {
    const findings = Array.from({ length: 100_000 }, () => makeFinding())
    const text = renderTerminal(makeReport({ findings }), bare)
    expect(text.length).toBeLessThan(500_000)
    expect(text).toContain('99800 more: 99800 errors')
  })
})

describe('renderDiagnosis', () => {
  test('shows causes, then what nobody explained', () => {
    const text = renderDiagnosis(
      { findings: [makeFinding()], unexplained: [{ excerpt: 'odd line', location: { file: 'a.go', line: 2 } }] },
      bare,
    )
    expect(text).toContain('error: Code that only some systems have [port-missing-symbol]')
    expect(text).toContain('not explained at a.go:2\n  | odd line')
  })

  test('says when there is nothing', () => {
    expect(renderDiagnosis({ findings: [], unexplained: [] }, bare)).toBe('No failure was recognised in this log.\n')
  })
})

test('renderRules lists each rule with the first sentence of what it is', () => {
  const rule = { id: 'sum-mismatch', title: 'Checksum mismatch', what: 'Go says so. And more.', why: '', fix: '' }
  expect(renderRules([rule], bare)).toBe('sum-mismatch  Checksum mismatch\n  Go says so.\n\n1 rule\n')
})
