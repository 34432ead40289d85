import { readFile, symlink } from 'node:fs/promises'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'

import { ConfigurationError } from '../../src/config/error.ts'
import { loadPolicy } from '../../src/config/load-policy.ts'
import { parsePolicy } from '../../src/config/policy.ts'
import { declaredCpu, expectationFor } from '../../src/domain/policy.ts'
import { makeFolder } from '../helpers/folder.ts'
import { testSystem } from '../helpers/probe-context.ts'

const file = '.github/gopreflight.yml'
const { files } = testSystem()

const good = `# What we ship.
targets:
  first-class: must-build
  windows/*: must-build
  "*/arm": { may-fail: "the assembly needs 64 bits" }
  linux/arm/6: must-build
  plan9/*:
    may-fail: the terminal library has no Plan 9 part
    until: 2027-03-31
  js/wasm:
    must-not-build: >
      the server opens
      sockets
deploy:
  cpu:
    linux/amd64: v2
    "*/arm": 7
`

function problems(text: string): readonly string[] {
  try {
    parsePolicy(text, file)
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map((problem) => problem.replace(`${file}:`, ''))
    throw error
  }
  return []
}

describe('parsePolicy', () => {
  test('reads targets and processors, each with its line', () => {
    const policy = parsePolicy(good, file)
    expect(policy.targets.map(({ text, line, expectation }) => ({ text, line, ...expectation }))).toEqual([
      { text: 'first-class', line: 3, expect: 'must-build' },
      { text: 'windows/*', line: 4, expect: 'must-build' },
      { text: '*/arm', line: 5, expect: 'may-fail', reason: 'the assembly needs 64 bits' },
      { text: 'linux/arm/6', line: 6, expect: 'must-build' },
      {
        text: 'plan9/*',
        line: 7,
        expect: 'may-fail',
        reason: 'the terminal library has no Plan 9 part',
        until: '2027-03-31',
      },
      { text: 'js/wasm', line: 10, expect: 'must-not-build', reason: 'the server opens sockets' },
    ])
    expect(policy.cpu.map(({ text, line, level }) => [text, line, level])).toEqual([
      ['linux/amd64', 16, 'v2'],
      ['*/arm', 17, '7'],
    ])
  })

  test('an empty file, and one with comments only, expects nothing', () => {
    for (const text of ['', '# nothing\n', 'targets:\ndeploy:\n', '\ufefftargets: {}\n'])
      expect(parsePolicy(text, file)).toEqual({ path: file, targets: [], cpu: [] })
  })

  test('names everything that is wrong at once, each with its line', () => {
    const text = `target: {}
targets:
  windows: must-build
  host: must-build
  linux/amd64/v9: must-build
  linux/amd64: must-built
  linux/arm64: may-fail
  linux/386: { may-fail: "" }
  linux/arm: { may-fail: old, until: 2027-02-30 }
  linux/s390x: { must-not-build: x, may-fail: y }
  linux/mips: { reason: why }
  linux/ppc64: { must-build: true }
  linux/riscv64: { must-not-build: no, until: 2027-01-01 }
  aix/ppc64: [must-build]
  plan9/386:
  linux/amd64: must-build
deploy:
  cpus: {}
  cpu:
    linux: v1
    linux/amd64: 2
    linux/s390x: v1
    windows/*: v1
    linux/arm64:
`
    expect(problems(text)).toEqual([
      '1: the policy has no key "target"; there are targets, deploy',
      '3: "windows" is no target: write GOOS/GOARCH (linux/arm64), GOOS/*, "*/GOARCH", first-class or all',
      '4: "host" is another target on every machine; name the port, such as linux/amd64',
      '5: "linux/amd64/v9": v9 is not a GOAMD64 level (v1 to v4)',
      '6: linux/amd64: "must-built" is none of must-build, { may-fail: REASON } or { must-not-build: REASON }',
      '7: linux/arm64: say why: { may-fail: REASON }',
      '8: linux/386: may-fail needs a reason',
      '9: linux/arm: until is the last day on which it may fail, such as 2027-03-31, not "2027-02-30"',
      '10: linux/s390x: may-fail and must-not-build exclude each other',
      '11: linux/mips has no key "reason"; there are may-fail, must-not-build, until',
      '12: linux/ppc64: write "linux/ppc64: must-build"',
      '13: linux/riscv64: until goes with may-fail',
      '14: aix/ppc64: write must-build, { may-fail: REASON } or { must-not-build: REASON }',
      '15: plan9/386: write must-build, { may-fail: REASON } or { must-not-build: REASON }',
      '16: "linux/amd64" is there twice, in line 6 as well',
      '18: deploy has no key "cpus"; there is cpu',
      '20: "linux" is no target: write GOOS/GOARCH (linux/arm64), GOOS/*, "*/GOARCH", first-class or all',
      '21: deploy.cpu: linux/amd64: 2 is not a GOAMD64 level (v1 to v4)',
      '22: deploy.cpu: linux/s390x: s390x has no levels',
      '23: deploy.cpu: "windows/*" names no architecture: write linux/amd64 or "*/amd64"',
      '24: deploy.cpu: linux/arm64: a level is missing',
    ])
  })

  test.each([
    ['no YAML', 'targets: [\n', 2],
    ['a tab', 'targets:\n\tall: must-build\n', 2],
    ['a list', '- all\n', 1],
    ['a text', 'must-build\n', 1],
    ['a key that begins with * and has no quotes', 'targets:\n  */arm: must-build\n', 2],
    ['an alias', 'targets: &x\n  all: must-build\ndeploy: *x\n', 3],
    ['a bomb', `a: &a [x, x]\n${Array.from({ length: 40 }, (_, i) => `b${i}: &b${i} [*a, *a]`).join('\n')}\n`, 1],
    ['brackets without end', '{'.repeat(30_000), 1],
    ['lists in lists', '- '.repeat(30_000), 1],
    ['a map of maps', Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 202],
  ])('%s is a mistake with a line', (_, text, line) => {
    expect(problems(text)[0]).toMatch(new RegExp(`^${String(line)}: `))
  })

  test('names that Object has are keys like others', () => {
    expect(problems('__proto__: {}\nconstructor: {}\n')).toEqual([
      '1: the policy has no key "__proto__"; there are targets, deploy',
      '2: the policy has no key "constructor"; there are targets, deploy',
    ])
  })
})

describe('which line decides', () => {
  const policy = parsePolicy(good, file)
  const lineFor = (name: string, firstClass = false): string | undefined => {
    const [goos = '', goarch = '', level] = name.split('/')
    return expectationFor(policy, { goos, goarch, firstClass, ...(level === undefined ? {} : { level }) })?.text
  }

  test('the most exact one; of equally exact ones the one further down', () => {
    expect(lineFor('darwin/arm64', true)).toBe('first-class')
    expect(lineFor('freebsd/amd64')).toBeUndefined()
    expect(lineFor('windows/amd64', true)).toBe('windows/*')
    expect(lineFor('windows/arm')).toBe('*/arm')
    expect(lineFor('linux/arm', true)).toBe('*/arm')
    expect(lineFor('linux/arm/6', true)).toBe('linux/arm/6')
    expect(lineFor('linux/arm/7', true)).toBe('*/arm')
    expect(lineFor('plan9/arm')).toBe('plan9/*')
  })

  test('a level of a port that the policy names is meant too', () => {
    expect(lineFor('js/wasm/satconv')).toBe('js/wasm')
  })

  test('processors', () => {
    const target = (goos: string, goarch: string) => ({ goos, goarch, firstClass: false })
    expect(declaredCpu(policy, { ...target('linux', 'amd64'), level: 'v3' })?.level).toBe('v2')
    expect(declaredCpu(policy, target('windows', 'amd64'))).toBeUndefined()
    expect(declaredCpu(policy, target('freebsd', 'arm'))?.level).toBe('7')
  })
})

describe('loadPolicy', () => {
  const load = (root: string, named?: string) => loadPolicy(files, root, named)

  test('a repository without one has none', async () => {
    expect(await load(await makeFolder({ 'go.mod': 'module m\n' }))).toBeUndefined()
  })

  test('reads the default file, with either ending, or the one that is named', async () => {
    expect((await load(await makeFolder({ [file]: good })))?.path).toBe(file)
    expect((await load(await makeFolder({ '.github/gopreflight.yaml': good })))?.path).toBe('.github/gopreflight.yaml')
    const root = await makeFolder({ [file]: good, 'ci/ports.yml': 'targets: { all: must-build }' })
    expect((await load(root, './ci/ports.yml'))?.path).toBe('ci/ports.yml')
  })

  test.each([
    ['is named and not there', {}, 'none.yml', 'there is no file none.yml'],
    ['is there twice', { [file]: '', '.github/gopreflight.yaml': '' }, undefined, 'are both there'],
    ['is a folder', { [`${file}/x`]: '' }, undefined, 'is no file'],
    ['is too large', { [file]: '#'.repeat(70_000) }, undefined, 'has 70000 bytes'],
  ])('one that %s is a mistake', async (_, content, named, message) => {
    const root = await makeFolder(content)
    await expect(load(root, named)).rejects.toThrow(message)
    await expect(load(root, named)).rejects.toBeInstanceOf(ConfigurationError)
  })

  test('does not follow a link or a path out of the repository', async () => {
    const outside = await makeFolder({ 'secret.yml': 'password: x\n' })
    const root = await makeFolder({ '.github/x': '' })
    await symlink(path.join(outside, 'secret.yml'), path.join(root, file))
    await expect(load(root)).rejects.toThrow('is a link to a file outside the repository')
    await expect(load(root, `../${path.basename(outside)}/secret.yml`)).rejects.toThrow('outside the repository')
  })

  test('follows a link inside', async () => {
    const root = await makeFolder({ 'ci/policy.yml': good, '.github/x': '' })
    await symlink('../ci/policy.yml', path.join(root, file))
    expect((await load(root))?.targets).toHaveLength(6)
  })
})

describe('the schema', () => {
  test('takes what we take and refuses what we refuse', async () => {
    const schema = JSON.parse(await readFile('schema/policy.schema.json', 'utf8')) as Record<string, unknown>
    const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(schema)
    const valid = (text: string): boolean => validate(parse(text, { schema: 'core' }) ?? {})
    for (const text of [good, 'targets: { all: must-build }', 'deploy: { cpu: { linux/arm: 6 } }', '{}'])
      expect([text, valid(text), problems(text)]).toEqual([text, true, []])
    for (const text of [
      'target: {}',
      'targets: { windows: must-build }',
      'targets: { all: may-fail }',
      'targets: { all: { may-fail: "" } }',
      'targets: { all: { may-fail: x, until: soon } }',
      'targets: { all: { until: 2027-01-01 } }',
      'targets: { all: { may-fail: x, must-not-build: y } }',
      'targets: { all: { must-not-build: y, until: 2027-01-01 } }',
      'deploy: { gpu: {} }',
      'deploy: { cpu: { linux/*: v1 } }',
      'deploy: { cpu: { linux/amd64: v5 } }',
    ])
      expect([text, valid(text), problems(text).length > 0]).toEqual([text, false, true])
  })
})
