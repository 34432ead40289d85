import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { renderDiagnosisJson, renderDiagnosisLine, renderJson, renderRulesJson } from '../../src/reporters/json.ts'
import { makeFinding, makeReport, makeTarget, mkcertReport } from '../helpers/report.ts'

const schema = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../../schema/${name}.schema.json`, import.meta.url), 'utf8')) as Record<
    string,
    unknown
  >

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false })
ajv.addSchema(schema('report'), 'report.schema.json')
const validateReport = ajv.getSchema('report.schema.json')
const validateDiagnosis = ajv.compile(schema('diagnosis'))

function problems(json: string): unknown {
  return validateReport?.(JSON.parse(json)) === true ? [] : validateReport?.errors
}

describe('renderJson', () => {
  test('is what the schema says, full and empty', () => {
    expect(problems(renderJson(mkcertReport()))).toEqual([])
    expect(problems(renderJson(makeReport({ modules: [], probes: [], targets: [] })))).toEqual([])
  })

  test('keeps every optional member', () => {
    const report = makeReport({
      partial: true,
      toolchain: { version: 'go1.26.8', source: 'path', verified: 'not downloaded', goroot: '/opt/go', reason: 'PATH' },
      modules: [
        {
          dir: 'a',
          path: 'example.com/a',
          goVersion: '1.26',
          toolchain: 'go1.26.8',
          workspace: '.',
          graph: {
            modules: [
              {
                path: 'example.com/b',
                version: 'v1.0.0',
                main: false,
                indirect: true,
                goVersion: '1.20',
                replacement: { path: '../b' },
                retracted: ['broken'],
                deprecated: 'use c',
                update: 'v1.1.0',
                error: 'gone',
              },
            ],
            edges: [['example.com/a', 'example.com/b@v1.0.0']],
          },
        },
      ],
      probes: [{ probe: 'build', module: 'a', outcome: 'skipped', reason: 'cancelled', seconds: 0.25 }],
      targets: [
        makeTarget('linux/amd64/v3', {
          build: 'fail',
          reason: 'because',
          errors: [{ package: 'p', file: 'a.go', line: 1, column: 2, message: 'm', by: 'types' }],
          truncated: true,
        }),
      ],
      findings: [
        makeFinding({
          fix: { summary: 's', commands: ['c'], diff: 'd', verified: true },
          locations: [{ file: 'a.go', line: 1, column: 2, endLine: 1, endColumn: 3 }],
          module: 'example.com/b',
          version: 'v1.0.0',
          package: 'example.com/a',
          targets: ['linux/amd64/v3'],
        }),
      ],
    })
    const json = renderJson(report)
    expect(JSON.parse(json)).toEqual(report)
    expect(problems(json)).toEqual([])
  })

  test('drops members that are not in the contract', () => {
    const stray = { ...makeReport(), secret: 'x' }
    expect(renderJson(stray)).not.toContain('secret')
  })

  test('orders findings worst and surest first', () => {
    const findings = [
      makeFinding({ severity: 'notice', fingerprint: 'c' }),
      makeFinding({ confidence: 'guess', fingerprint: 'b' }),
      makeFinding({ fingerprint: 'a' }),
    ]
    const parsed = JSON.parse(renderJson(makeReport({ findings }))) as { findings: { fingerprint: string }[] }
    expect(parsed.findings.map((finding) => finding.fingerprint)).toEqual(['a', 'b', 'c'])
  })

  test('holds no character that acts on a terminal or a runner, and reads back the same', () => {
    const message = '##[error]x \u001b[31m \u202e \u2028 \u009b31m ::error::x\n::error::y'
    const json = renderJson(makeReport({ findings: [makeFinding({ message })] }))
    expect(json).not.toMatch(/##\[/)
    expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u)
    expect(json.split('\n').some((line) => line.trimStart().startsWith('::'))).toBe(false)
    expect((JSON.parse(json) as { findings: { message: string }[] }).findings[0]?.message).toBe(message)
  })

  test('the schema refuses what the contract does not have', () => {
    const good = JSON.parse(renderJson(mkcertReport())) as Record<string, unknown>
    expect(validateReport?.({ ...good, extra: 1 })).toBe(false)
    expect(validateReport?.({ ...good, verdict: 'maybe' })).toBe(false)
    expect(validateReport?.({ ...good, probes: [{ probe: 'p', module: '.', outcome: 'skipped', seconds: 1 }] })).toBe(
      false,
    )
  })
})

describe('renderDiagnosisJson', () => {
  const diagnosis = { findings: [makeFinding()], unexplained: [{ excerpt: 'x', location: { file: 'a', line: 1 } }] }

  test('is what the schema says', () => {
    expect(validateDiagnosis(JSON.parse(renderDiagnosisJson(diagnosis)))).toBe(true)
    expect(JSON.parse(renderDiagnosisJson(diagnosis))).toEqual(diagnosis)
  })

  test('is one line with the id for --jsonl', () => {
    const line = renderDiagnosisLine('log-7', diagnosis)
    expect(line.indexOf('\n')).toBe(line.length - 1)
    expect(validateDiagnosis(JSON.parse(line))).toBe(true)
    expect(JSON.parse(line)).toEqual({ id: 'log-7', ...diagnosis })
  })
})

test('renderRulesJson lists the texts of each rule', () => {
  const rule = { id: 'a', area: 'cgo', title: 't', what: 'w', why: 'y', fix: 'f', docs: 'd' }
  expect(JSON.parse(renderRulesJson([rule]))).toEqual([rule])
})
