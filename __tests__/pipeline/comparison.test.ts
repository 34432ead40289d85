import path from 'node:path'

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { loadInputs } from '../../src/config/load.ts'
import type { Report } from '../../src/domain/report.ts'
import { hostTarget } from '../../src/go/host.ts'
import { namedBase, type BaseSource } from '../../src/pipeline/base.ts'
import { run } from '../../src/pipeline/run.ts'
import { fakePorts } from '../helpers/fake-ports.ts'
import { makeFolder, writeFiles } from '../helpers/folder.ts'
import {
  fingerprint,
  git,
  makeRepository,
  serveRepository,
  type GitServer,
  type TestRepository,
} from '../helpers/git-repository.ts'
import { testSystem } from '../helpers/probe-context.ts'
import { goIn } from '../helpers/portcheck.ts'

const goMod = 'module example.com/m\n\ngo 1.22\n'
const policyFile = '.github/gopreflight.yml'

interface Wanted {
  readonly base?: string | BaseSource
  readonly inputs?: Readonly<Record<string, string>>
  /** Today. */
  readonly now?: string
}

async function check(dir: string, { base, inputs = {}, now }: Wanted = {}): Promise<Report> {
  const real = testSystem()
  const system = now === undefined ? real : { ...real, clock: { ...real.clock, now: () => Date.parse(now) } }
  const settings = loadInputs({ entry: 'cli', value: (name) => inputs[name] ?? '', probes: ['ports'], rules: [] })
  const source = typeof base === 'string' ? namedBase(base) : base
  return run({
    system,
    settings,
    dir,
    toolCacheRoot: await makeFolder(),
    probes: [fakePorts],
    docsUrl: (rule) => rule,
    base: () => Promise.resolve(source),
  })
}

/** What the compile errors of the fake come to. */
const causes = ['name-undefined', 'port-undefined']

/** `error windows/amd64: b.go:2` for every finding; the rule is there when it is not the cause of a compile error. */
function told(report: Report): readonly string[] {
  return report.findings.map((finding) => {
    const at = finding.locations[0]
    return `${finding.severity} ${causes.includes(finding.rule) ? '' : `${finding.rule} `}${finding.targets.join(' ')}: ${at === undefined ? '-' : `${path.basename(at.file)}:${at.line}`}`
  })
}

let host = ''
beforeAll(async () => {
  const system = testSystem()
  const { goos, goarch } = await hostTarget((await goIn(system, await makeFolder())).go)
  host = `${goos}/${goarch}`
})

const windows = (text: string): string => `package m\n//fails windows/amd64: ${text}\n`

let server: GitServer | undefined
afterAll(() => server?.close())

describe('with a base', () => {
  let repository: TestRepository
  beforeEach(async () => {
    repository = await makeRepository({ 'go.mod': goMod, 'old.go': windows('undefined: old') })
  })

  test('what failed there fails nothing, what is new does, wherever lines have moved to', async () => {
    await writeFiles(repository.dir, {
      'old.go': `package m\n\n\n${windows('undefined: old').split('\n')[1] ?? ''}\n`,
      'new.go': 'package m\n//fails plan9/386 windows/amd64: undefined: new\n',
    })
    const before = fingerprint(repository.dir)
    const report = await check(repository.dir, { base: 'HEAD' })
    expect(told(report)).toEqual([
      'error plan9/386 windows/amd64: new.go:2',
      'notice ports-fail windows/amd64: old.go:4',
    ])
    const short = repository.git('rev-parse', 'HEAD').slice(0, 12)
    expect(report.findings[0]?.message).toContain(`New since the base (${short}).`)
    expect(report.findings[1]?.message).toContain(`nothing fails for it: failed at the base (${short}) already.`)
    expect(report.verdict).toBe('fail')
    expect(report.notes).toEqual([])
    expect(fingerprint(repository.dir)).toBe(before)
  })

  test('the same words in another package or on another port are new', async () => {
    await writeFiles(repository.dir, { 'old.go': 'package m\n//fails windows/amd64 windows/386: undefined: old\n' })
    expect(told(await check(repository.dir, { base: 'HEAD' }))).toEqual(['error windows/386 windows/amd64: old.go:2'])
  })

  test('the host and named ports too are compared when nothing builds them', async () => {
    const text = `package m\n//fails ${host} linux/s390x: undefined: x\n`
    const own = await makeRepository({ 'go.mod': goMod, 'x.go': text })
    expect((await check(own.dir, { base: 'HEAD' })).verdict).toBe('pass')
    expect((await check(own.dir, { inputs: { targets: 'linux/s390x' } })).verdict).toBe('fail')
  })

  test('a module that was not there cannot fail newly; others are compared all the same', async () => {
    const own = await makeRepository({ 'a/go.mod': 'module example.com/a\n', 'a/a.go': windows('undefined: a') })
    await writeFiles(own.dir, {
      'a/new.go': windows('undefined: new'),
      'b/go.mod': 'module example.com/b\n',
      'b/b.go': windows('undefined: b'),
    })
    const report = await check(own.dir, { base: 'HEAD' })
    expect(told(report)).toEqual(['error windows/amd64: new.go:2', 'notice ports-fail windows/amd64: a.go:2'])
    expect(report.findings[1]?.causes).toHaveLength(2)
    const short = own.git('rev-parse', 'HEAD').slice(0, 12)
    expect(report.notes).toEqual([
      `The module in b is not there at the base (${short}), so the rules without a base hold for it.`,
    ])
  })

  test('a port that newly needs cgo is an error; one that did before is none; who asks for cgo needs it', async () => {
    const text = `package m\n//cgo ${host}: build constraints exclude all Go files\n`
    const own = await makeRepository({ 'go.mod': goMod, 'a.go': 'package m\n' })
    await writeFiles(own.dir, { 'a.go': text })
    const report = await check(own.dir, { base: 'HEAD' })
    expect(told(report)).toEqual([`error cgo-newly-needed ${host}: a.go:2`])
    expect((await check(own.dir)).findings).toEqual([])
    expect((await check(own.dir, { base: 'HEAD', inputs: { cgo: 'true' } })).findings).toEqual([])
    own.git('commit', '--quiet', '--all', '--message=x')
    expect((await check(own.dir, { base: 'HEAD' })).findings).toEqual([])
  })

  test('it is fetched into a folder of its own when the checkout is shallow', async () => {
    const first = repository.git('rev-parse', 'HEAD')
    await repository.commit({ 'new.go': 'package m\n//fails plan9/386: undefined: new\n' })
    server = await serveRepository(repository.dir, 'token')
    const folder = await makeFolder()
    git(folder, 'clone', '--quiet', '--depth=1', `file://${repository.dir}`, 'c')
    const checkout = path.join(folder, 'c')
    const before = fingerprint(checkout)
    const source = (token: string) => ({
      name: first,
      what: 'the base commit',
      remote: { url: server?.url ?? '', token },
    })
    expect(told(await check(checkout, { base: source('token') }))).toEqual([
      'error plan9/386: new.go:2',
      'notice ports-fail windows/amd64: old.go:2',
    ])
    const without = await check(checkout, { base: source('wrong') })
    expect(told(without)).toEqual(['notice ports-fail plan9/386 windows/amd64: new.go:2'])
    expect(without.notes).toEqual([
      expect.stringMatching(
        /^Nothing was compared with the base commit \([0-9a-f]{12}\), for it cannot be had: .*\. So the rules without a base hold\.$/,
      ),
    ])
    expect(fingerprint(checkout)).toBe(before)
  })

  test('nothing fails: nobody looks for it', async () => {
    const own = await makeRepository({ 'go.mod': goMod, 'a.go': 'package m\n' })
    const base = { name: '1'.repeat(40), what: 'the base', remote: { url: 'http://127.0.0.1:9/a/b', token: '' } }
    expect((await check(own.dir, { base })).notes).toEqual([])
    expect((await check(own.dir, { base: { none: 'There is none.' } })).notes).toEqual([])
    await writeFiles(own.dir, { 'a.go': windows('undefined: a') })
    expect((await check(own.dir, { base: { none: 'There is none.' } })).notes).toEqual(['There is none.'])
  })
})

describe('without a base', () => {
  test('the host and what goreleaser builds fail; all others are one notice', async () => {
    const dir = await makeFolder({
      'go.mod': goMod,
      'a.go': `package m\n//fails plan9/386 aix/ppc64: undefined: a\n`,
      'b.go': `package m\n//fails freebsd/arm64 plan9/arm: undefined: b\n`,
    })
    expect(told(await check(dir))).toEqual([expect.stringMatching(/^notice ports-fail aix\/ppc64 freebsd\/arm64 /)])
    await writeFiles(dir, { '.goreleaser.yaml': 'builds: [{ goos: [freebsd, plan9], goarch: [arm64] }]\n' })
    expect(told(await check(dir))).toEqual([
      'error freebsd/arm64 plan9/arm: b.go:2',
      'notice ports-fail aix/ppc64 plan9/386: a.go:2',
    ])
    await writeFiles(dir, {
      '.goreleaser.yaml': 'builds: [{ dir: elsewhere, goos: [freebsd, plan9], goarch: [arm64] }]\n',
    })
    expect((await check(path.join(dir))).verdict).toBe('fail')
  })

  test('what cannot be read of goreleaser is a note', async () => {
    const dir = await makeFolder({ 'go.mod': goMod, '.goreleaser.yml': 'builds: [{ goos: "{{ .Os }}" }]\n' })
    expect((await check(dir)).notes).toEqual([
      '.goreleaser.yml: goos has a template, which only goreleaser can fill in; it is left out.',
    ])
  })
})

describe('with a policy', () => {
  const failing = { 'go.mod': goMod, 'a.go': 'package m\n//fails plan9/386 plan9/arm windows/amd64: undefined: a\n' }
  const withPolicy = (targets: string, files: Readonly<Record<string, string>> = failing) =>
    makeFolder({ ...files, [policyFile]: `targets:\n${targets}` })

  test('must-build is an error, may-fail is quiet with its reason', async () => {
    const dir = await withPolicy('  windows/*: must-build\n  plan9/*: { may-fail: no terminal }\n')
    const report = await check(dir)
    expect(told(report)).toContain('error plan9/386 plan9/arm windows/amd64: a.go:2')
    expect(report.findings[0]?.message).toContain(`windows/amd64: must build (${policyFile}, line 2).`)
    const quiet = await check(await withPolicy('  all: { may-fail: no terminal }\n'))
    expect(quiet.verdict).toBe('pass')
    expect(quiet.findings.find((finding) => finding.rule === 'ports-fail')?.message).toContain(
      `nothing fails for it: may fail: no terminal (${policyFile}, line 2).`,
    )
  })

  test('a level that a line names is checked', async () => {
    const level = { 'go.mod': goMod, 'a.go': 'package m\n//fails linux/arm/6: undefined: a\n' }
    expect(told(await check(await withPolicy('  linux/arm/6: must-build\n', level)))).toEqual([
      'error linux/arm/6: a.go:2',
    ])
  })

  test('an exception ends with its day', async () => {
    const dir = await withPolicy('  windows/*: { may-fail: x, until: 2026-11-24 }\n')
    expect((await check(dir, { now: '2026-11-24T23:59:59Z' })).verdict).toBe('pass')
    const late = await check(dir, { now: '2026-11-25T00:00:00Z' })
    expect(late.verdict).toBe('fail')
    expect(late.findings[0]?.message).toContain('might fail until 2026-11-24, which is over')
  })

  test('a demand holds whatever the base is like; so does an exception', async () => {
    const repository = await makeRepository({ ...failing, [policyFile]: 'targets: { windows/*: must-build }\n' })
    expect((await check(repository.dir, { base: 'HEAD' })).verdict).toBe('fail')
    const quiet = await makeRepository({ 'go.mod': goMod, [policyFile]: 'targets: { all: { may-fail: x } }\n' })
    await writeFiles(quiet.dir, failing)
    const report = await check(quiet.dir, { base: 'HEAD' })
    expect(report.verdict).toBe('pass')
    expect(told(report)).toContain('notice ports-fail plan9/386 plan9/arm windows/amd64: a.go:2')
  })

  test('an exception that fails no longer is a notice at its line; a ban that is not kept an error', async () => {
    const dir = await withPolicy('  linux/386: { may-fail: x }\n  js/wasm:\n    must-not-build: sockets\n')
    expect(told(await check(dir))).toEqual([
      'error must-not-build js/wasm: gopreflight.yml:3',
      'notice may-fail-builds linux/386: gopreflight.yml:2',
      'notice ports-fail plan9/386 plan9/arm windows/amd64: a.go:2',
    ])
  })

  test('a change cannot allow itself something, and is told that it tries', async () => {
    const repository = await makeRepository({
      'go.mod': goMod,
      'a.go': 'package m\n',
      [policyFile]: 'targets: { first-class: must-build }\n',
    })
    await writeFiles(repository.dir, {
      ...failing,
      [policyFile]:
        'targets:\n  first-class: must-build\n  windows/*: { may-fail: hard }\n  plan9/*: { may-fail: hard }\n',
    })
    const report = await check(repository.dir, { base: 'HEAD' })
    expect(told(report).filter((line) => !line.includes('may-fail-builds'))).toEqual([
      'error plan9/386 plan9/arm windows/amd64: a.go:2',
      'notice policy-loosened : gopreflight.yml:3',
      'notice policy-loosened : gopreflight.yml:4',
    ])
    expect(report.findings[0]?.message).toContain(`windows/amd64: must build (${policyFile} at the base, line 1).`)
    repository.git('rm', '--quiet', '--force', policyFile)
    const gone = await check(repository.dir, { base: 'HEAD' })
    expect(told(gone)).toContain('notice policy-loosened : -')
    expect(gone.verdict).toBe('fail')
  })

  test('what is wrong stops the run with all lines; what only the base has wrong is a note', async () => {
    await expect(check(await withPolicy('  windws/*: must-build\n  linux/x86: must-build\n'))).rejects.toThrow(
      /gopreflight\.yml:2: "windws\/\*": go\S+ has no system windws;[^]*:3: "linux\/x86": go\S+ has no architecture x86;/,
    )
    await expect(check(await withPolicy('  all: maybe\n'))).rejects.toThrow(`${policyFile}:2: all: "maybe" is none of`)
    const repository = await makeRepository({ ...failing, [policyFile]: 'targets: [\n' })
    await writeFiles(repository.dir, { [policyFile]: 'targets: { windows/*: must-build }\n' })
    const report = await check(repository.dir, { base: 'HEAD' })
    expect(report.verdict).toBe('fail')
    expect(report.notes).toEqual([
      expect.stringMatching(/^The policy of the base is not looked at: .*:\d+: this is not YAML/),
    ])
  })

  test('a port that only this Go lacks is a note; a file elsewhere is named', async () => {
    const dir = await makeFolder({ 'go.mod': goMod, 'ci/ports.yml': 'targets: { darwin/386: must-build }\n' })
    expect((await check(dir, { inputs: { policy: 'ci/ports.yml' } })).notes).toEqual([
      expect.stringMatching(/^ci\/ports\.yml:1: "darwin\/386" has no effect: go\S+ has no such port\.$/),
    ])
  })
})
