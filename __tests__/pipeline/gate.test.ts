import { describe, expect, test } from '@jest/globals'

import { gateFindings, namedTargets, type Gate } from '../../src/pipeline/gate.ts'
import { makeFinding } from '../helpers/report.ts'

const checked = ['linux/amd64', 'linux/riscv64', 'plan9/386', 'plan9/amd64', 'plan9/arm', 'windows/amd64']

function gateOf(...gating: readonly string[]): Gate {
  return { gates: (_, target) => gating.includes(target), checked, docsUrl: (rule) => `https://example.com/${rule}.md` }
}

describe('gateFindings', () => {
  test('what fails on targets that nobody named becomes one notice with every cause in it', () => {
    const plan9 = makeFinding({
      message: 'syscall.Kill is declared only for unix.',
      targets: ['plan9/386', 'plan9/amd64', 'plan9/arm'],
      locations: [
        { file: 'kill.go', line: 7 },
        { file: 'kill.go', line: 9 },
      ],
      fingerprint: 'b',
    })
    const riscv = makeFinding({
      message: 'maxMapSize is declared only for others.',
      targets: ['linux/riscv64'],
      locations: [{ file: 'go.mod', line: 5 }],
      fingerprint: 'a',
    })
    const [notice, ...rest] = gateFindings([riscv, plan9], gateOf('linux/amd64'))
    expect(rest).toEqual([])
    expect(notice).toMatchObject({
      rule: 'ports-fail',
      severity: 'notice',
      targets: ['linux/riscv64', 'plan9/386', 'plan9/amd64', 'plan9/arm'],
      locations: [
        { file: 'kill.go', line: 7 },
        { file: 'go.mod', line: 5 },
      ],
      docs: 'https://example.com/ports-fail.md',
    })
    expect(notice?.message.split('\n').slice(1)).toEqual([
      'plan9 (3 targets): syscall.Kill is declared only for unix.',
      'linux/riscv64: maxMapSize is declared only for others.',
    ])
    expect(notice?.causes?.map(({ fingerprint, severity }) => `${fingerprint} ${severity}`)).toEqual([
      'b notice',
      'a notice',
    ])
  })

  test('the order in which causes were found does not matter for the fingerprint, their number does', () => {
    const causes = ['a', 'b'].map((fingerprint) => makeFinding({ fingerprint, targets: ['plan9/arm'] }))
    const fingerprintOf = (...of: typeof causes): string | undefined => gateFindings(of, gateOf())[0]?.fingerprint
    expect(fingerprintOf(...causes)).toBe(fingerprintOf(...[...causes].reverse()))
    expect(fingerprintOf(...causes)).not.toBe(fingerprintOf(...causes.slice(1)))
  })

  test('a finding that holds on one gating target keeps its severity and all its targets', () => {
    const finding = makeFinding({ targets: ['linux/amd64', 'plan9/arm'] })
    expect(gateFindings([finding], gateOf('linux/amd64'))).toEqual([finding])
  })

  test('findings without targets, warnings and notices are left alone', () => {
    const module = makeFinding({ targets: [] })
    const warning = makeFinding({ severity: 'warning', targets: ['plan9/arm'] })
    const notice = makeFinding({ severity: 'notice', targets: ['plan9/arm'] })
    expect(gateFindings([notice, warning, module], gateOf())).toEqual([module, warning, notice])
  })

  test('a single cause lends its own why, fix and evidence', () => {
    const finding = makeFinding({ targets: ['plan9/arm'] })
    expect(gateFindings([finding], gateOf())[0]).toMatchObject({
      rule: 'ports-fail',
      why: finding.why,
      fix: finding.fix,
      evidence: finding.evidence,
    })
  })

  test('many causes are listed to a limit, and all are there', () => {
    const many = Array.from({ length: 50 }, (_, index) =>
      makeFinding({ message: `cause ${index}\nmore`, targets: ['plan9/arm'], fingerprint: String(index) }),
    )
    const notice = gateFindings(many, gateOf())[0]
    expect(notice?.message).toMatch(/\nand 20 more reasons$/)
    expect(notice?.causes).toHaveLength(50)
  })
})

test('the host and the planned targets gate, by name', () => {
  const host = { goos: 'linux', goarch: 'amd64', cgo: true }
  const named = namedTargets(host, [{ target: { goos: 'linux', goarch: 'arm', level: '6' } }])
  expect([...named]).toEqual(['linux/amd64', 'linux/arm/6'])
})
