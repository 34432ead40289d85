import { describe, expect, test } from '@jest/globals'
import { renderAnnotations } from '../../src/reporters/annotations.ts'
import { hostileStrings } from '../helpers/hostile.ts'
import { makeFinding, makeReport, makeTarget, mkcertReport } from '../helpers/report.ts'

const only = (parts: Parameters<typeof makeFinding>[0], report: Parameters<typeof makeReport>[0] = {}) =>
  renderAnnotations(makeReport({ ...report, findings: [makeFinding(parts)] }))[0]

describe('renderAnnotations', () => {
  test('says what, where, on which targets, why and how to fix it', () => {
    const [first, second, third] = renderAnnotations(mkcertReport())
    expect(first).toMatchObject({
      level: 'error',
      title: 'Some systems have no file that declares this',
      file: 'main.go',
      line: 193,
      column: 39,
    })
    expect(first?.message.split('\n').slice(0, 5)).toEqual([
      '`CertutilInstallHelp` and 3 more symbols are used on every system, and declared only for linux, darwin and windows.',
      'On freebsd/*; 2 targets.',
      'Also at main.go:195:77, main.go:272:9.',
      'Why: truststore_linux.go, truststore_darwin.go and truststore_windows.go declare them; their names leave them out on freebsd, and no other file stands in.',
      'Fix (tried on a copy: it works): Add a file for the other systems that declares the same symbols, or build for freebsd no longer.',
    ])
    expect(second?.message).toContain('\n  go get golang.org/x/crypto@latest\n  go mod tidy')
    expect(third?.level).toBe('notice')
  })

  test('keeps to 8 of a level and counts the rest', () => {
    const findings = (['error', 'warning', 'notice'] as const).flatMap((severity) =>
      Array.from({ length: 20 }, (_, index) => makeFinding({ severity, message: `m${index}` })),
    )
    const all = renderAnnotations(makeReport({ findings }))
    for (const level of ['error', 'warning', 'notice'] as const) {
      const of = all.filter((annotation) => annotation.level === level)
      expect(of).toHaveLength(9)
      expect(of[8]).toEqual({
        level,
        title: `gopreflight: 12 more ${level}s`,
        message: `12 more ${level}s: see the job summary.`,
      })
    }
    expect(renderAnnotations(makeReport({ findings }), { perLevel: 2 })).toHaveLength(9)
    expect(renderAnnotations(makeReport({ findings: findings.slice(0, 8) }))).toHaveLength(8)
  })

  test('puts the surest of the worst first', () => {
    const findings = [
      makeFinding({ severity: 'warning', title: 'c' }),
      makeFinding({ confidence: 'guess', title: 'b' }),
      makeFinding({ title: 'a' }),
    ]
    expect(renderAnnotations(makeReport({ findings })).map((annotation) => annotation.title)).toEqual(['a', 'b', 'c'])
  })

  test('names targets by groups only when the group is complete', () => {
    const names = ['linux/amd64', 'windows/386', 'windows/amd64', 'windows/arm64', 'plan9/386', 'plan9/amd64']
    const targets = names.map((name) => makeTarget(name))
    const on = (held: readonly string[]): string | undefined =>
      only({ targets: held }, { targets })?.message.split('\n')[1]
    expect(on(names.slice(1))).toBe('On windows/*, plan9/*; 5 targets.')
    expect(on(['windows/386', 'plan9/386'])).toBe('On */386; 2 targets.')
    expect(on(['windows/386', 'windows/amd64'])).toBe('On windows/386, windows/amd64; 2 targets.')
    expect(on(names)).toBe('On all 6 targets.')
    expect(on(['linux/amd64'])).toBe('On linux/amd64.')
    expect(on([])).not.toMatch(/^On/)
  })

  test('puts the folder of a checkout before the path', () => {
    const findings = [makeFinding()]
    expect(renderAnnotations(makeReport({ findings }), { workspacePrefix: 'sub/dir/' })[0]?.file).toBe(
      'sub/dir/main.go',
    )
    expect(renderAnnotations(makeReport({ findings }), { workspacePrefix: '' })[0]?.file).toBe('main.go')
  })

  test('a place in a dependency or outside the repository is said, not pointed at', () => {
    for (const file of ['golang.org/x/sys@v0.1.0/unix/a.go', '/usr/lib/go/a.go', 'C:\\go\\a.go', '../a.go']) {
      const annotation = only({ locations: [{ file, line: 3 }] })
      expect(annotation).not.toHaveProperty('file')
      expect(annotation).not.toHaveProperty('line')
      expect(annotation?.message).toContain(`At ${file}:3.`)
    }
    const both = only({
      locations: [
        { file: 'golang.org/x/sys@v0.1.0/a.go', line: 3 },
        { file: 'go.mod', line: 7 },
      ],
    })
    expect(both).toMatchObject({ file: 'go.mod', line: 7 })
    expect(only({ locations: [{ file: 'web/@types/v1/a.go', line: 3 }] })?.file).toBe('web/@types/v1/a.go')
  })

  test('gives columns only on one line, and no range that goes back', () => {
    const at = (location: object) => only({ locations: [{ file: 'a.go', line: 5, ...location }] })
    expect(at({ column: 2, endLine: 5, endColumn: 4 })).toMatchObject({ column: 2, endLine: 5, endColumn: 4 })
    expect(at({ column: 2, endLine: 6, endColumn: 4 })).not.toHaveProperty('column')
    expect(at({ column: 4, endColumn: 2 })).not.toHaveProperty('endColumn')
    expect(at({ endLine: 3 })).not.toHaveProperty('endLine')
  })

  test('stays within the limits of the runner and keeps the fix', () => {
    const long = '::x\u202e '.repeat(100_000)
    const annotation = only({
      title: long,
      message: long,
      why: long,
      targets: Array.from({ length: 5000 }, (_, index) => `os${index}/${long.slice(0, 200)}`),
      locations: Array.from({ length: 50 }, () => ({ file: `a.go${long.slice(0, 900)}`, line: 1 })),
      fix: {
        summary: `do this ${long}`,
        commands: [long, long, long, long, long, long, long],
        diff: long,
        verified: true,
      },
    })
    expect(annotation?.message.length).toBeLessThanOrEqual(4096)
    expect(annotation?.title?.length).toBeLessThanOrEqual(255)
    expect(annotation?.message).toContain('Fix (tried on a copy: it works): do this')
  })

  test('no text of it can become a command', () => {
    for (const text of hostileStrings) {
      const annotation = only({
        title: text,
        message: `m ${text}`,
        why: text,
        locations: [
          { file: `${text}.go`, line: 1 },
          { file: text, line: 2 },
        ],
        targets: [text],
        fix: { summary: text, commands: [text], diff: text, verified: false },
      })
      for (const said of [annotation?.title, annotation?.message, annotation?.file]) {
        expect(said ?? '').not.toMatch(/::|##\[/)
        expect((said ?? '').replace(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
      }
      expect(annotation?.title).not.toMatch(/\n/)
      expect(annotation?.file ?? '').not.toMatch(/\n/)
    }
  })
})
