import { describe, expect, test } from '@jest/globals'

import { diagnose } from '../../src/diagnosis/diagnose.ts'
import { noFacts } from '../../src/diagnosis/facts/no-facts.ts'
import probeBroken from '../../src/diagnosis/rules/internal/probe-broken.ts'
import type { CommandObservation, Observation } from '../../src/domain/observation.ts'
import type { Diagnosis, Rule } from '../../src/domain/rule.ts'
import { readMessages } from '../../src/messages/reader.ts'
import { readLog } from '../../src/messages/read-log.ts'

function diagnosis(more: Partial<Diagnosis> = {}): Diagnosis {
  return {
    severity: 'error',
    confidence: 'certain',
    message: 'it is so',
    fix: { summary: 'do so', verified: false },
    locations: [],
    ...more,
  }
}

function rule(id: string, more: Partial<Rule>): Rule {
  return { id, area: 'code', title: id, what: id, why: `why ${id}`, fix: id, classes: [], ...more }
}

function failed(output: string, more: Partial<CommandObservation> = {}): CommandObservation {
  return {
    kind: 'command',
    probe: 'build',
    module: '.',
    command: 'go build ./...',
    exitCode: 1,
    failed: true,
    timedOut: false,
    messages: readMessages(output),
    tail: output.split('\n').slice(-20),
    advisory: false,
    ...more,
  }
}

const undefinedName = rule('undefined-name', {
  markers: ['undefined: '],
  message: ({ text, position, package: pkg }) =>
    diagnosis({
      message: text,
      key: text,
      locations: position === undefined ? [] : [{ file: position.file, line: position.line }],
      ...(pkg === undefined ? {} : { package: pkg }),
    }),
})
const general = rule('compile-error', {
  message: (message) =>
    message.printer === 'compile' && message.position !== undefined
      ? diagnosis({ message: 'does not compile', key: message.package ?? '' })
      : undefined,
})

function run(observations: readonly Observation[], rules: readonly Rule[], disabled: readonly string[] = []) {
  return diagnose(observations, () => noFacts, {
    rules,
    disabled: new Set(disabled),
    docsUrl: (id) => `https://docs/${id}`,
  })
}

const undefinedX = '# example.com/m\n./a.go:5:25: undefined: c.F'

describe('which rule speaks', () => {
  test('one that names what it looks for before one that takes everything', async () => {
    const guessing = rule('guessing', { markers: ['undefined'], message: () => diagnosis({ confidence: 'guess' }) })
    const { findings } = await run([failed(undefinedX)], [general, guessing])
    expect(findings.map((finding) => finding.rule)).toEqual(['guessing'])
  })

  test('the surer one, then the one with the longer marker', async () => {
    const likely = rule('likely', { markers: ['undefined: c.F'], message: () => diagnosis({ confidence: 'likely' }) })
    const short = rule('short', { markers: ['undef'], message: () => diagnosis() })
    expect(
      (await run([failed(undefinedX)], [likely, short, undefinedName])).findings.map(({ rule: id }) => id),
    ).toEqual(['undefined-name'])
  })

  test('the general one where no other wants to', async () => {
    const silent = rule('silent', { markers: ['undefined'], message: () => undefined })
    const { findings, unexplained } = await run([failed(undefinedX)], [silent, general])
    expect(findings.map((finding) => finding.rule)).toEqual(['compile-error'])
    expect(unexplained).toEqual([])
  })

  test('a finding has the texts of its rule and what showed it', async () => {
    const { findings } = await run([failed(undefinedX)], [undefinedName])
    expect(findings).toEqual([
      {
        rule: 'undefined-name',
        severity: 'error',
        confidence: 'certain',
        title: 'undefined-name',
        message: 'undefined: c.F',
        why: 'why undefined-name',
        fix: { summary: 'do so', verified: false },
        locations: [{ file: './a.go', line: 5 }],
        package: 'example.com/m',
        targets: [],
        evidence: { command: 'go build ./...', excerpt: './a.go:5:25: undefined: c.F' },
        docs: 'https://docs/undefined-name',
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
    ])
  })

  test('one that throws is reported, and the others are asked', async () => {
    const throwing = rule('throwing', {
      markers: ['undefined'],
      message: () => {
        throw new Error('no such luck')
      },
      observe: { command: () => Promise.reject(new Error('nor here')) },
    })
    const { findings } = await run([failed(undefinedX)], [throwing, undefinedName])
    expect(findings.map((finding) => finding.rule).sort()).toEqual(['probe-broken', 'undefined-name'])
    expect(findings.find((finding) => finding.rule === 'probe-broken')?.message).toContain('throwing')
  })

  test('a disabled one counts as having explained', async () => {
    expect(await run([failed(undefinedX)], [undefinedName], ['undefined-name'])).toEqual({
      findings: [],
      unexplained: [],
    })
  })

  test('observations go to the rules that observe them', async () => {
    const observation: Observation = { kind: 'broken-probe', probe: 'graph', module: '.', error: 'EACCES' }
    const { findings } = await run([observation], [probeBroken, undefinedName])
    expect(findings).toMatchObject([{ rule: 'probe-broken', severity: 'error' }])
    expect(findings[0]?.message).toContain('EACCES')
  })
})

describe('folding', () => {
  test('one cause on several targets and lines is one finding', async () => {
    const target = (goos: string) => ({ target: { goos, goarch: 'amd64' } })
    const { findings } = await run(
      [
        failed(undefinedX, target('windows')),
        failed(`${undefinedX}\n./b.go:7:1: undefined: c.F`, target('freebsd')),
        failed('# example.com/m\n./a.go:5:25: undefined: other', target('freebsd')),
      ],
      [undefinedName],
    )
    expect(findings.map(({ message, targets, locations }) => [message, targets, locations.length])).toEqual([
      ['undefined: c.F', ['freebsd/amd64', 'windows/amd64'], 2],
      ['undefined: other', ['freebsd/amd64'], 1],
    ])
  })

  test('the fingerprint outlives moved lines and tells causes apart', async () => {
    const print = async (output: string) =>
      (
        await run(
          [failed(output)],
          [
            rule('r', {
              markers: ['undefined'],
              message: (m) =>
                diagnosis({ message: m.text, locations: [{ file: 'a.go', line: m.position?.line ?? 0 }] }),
            }),
          ],
        )
      ).findings.map((finding) => finding.fingerprint)
    const [before] = await print('./a.go:5:25: undefined: x')
    expect(await print('./a.go:9:1: undefined: x')).toEqual([before])
    expect(await print('./a.go:5:25: undefined: y')).not.toEqual([before])
    expect(new Set(await print('./a.go:5:25: undefined: x\n./a.go:6:25: undefined: x')).size).toBe(2)
  })
})

describe('what follows from a cause', () => {
  const cascade = `${undefinedX}\n./a.go:6:1: too many errors\nexit status 1\nmake: *** [build] Error 1`

  test('is swallowed once there is one', async () => {
    const { findings, unexplained } = await run([failed(cascade)], [undefinedName])
    expect(findings.map((finding) => finding.rule)).toEqual(['undefined-name'])
    expect(unexplained).toEqual([])
  })

  test('a rule about a consequence is asked only for want of a cause', async () => {
    const linking = rule('linking', { markers: ['link: running'], message: () => diagnosis({ confidence: 'guess' }) })
    const output = '# example.com/m\n/go/link: running gcc failed: exit status 1\n/usr/bin/ld: cannot find -lx'
    const missing = rule('missing', { markers: ['cannot find -l'], message: () => diagnosis() })
    expect((await run([failed(output)], [linking, missing])).findings.map(({ rule: id }) => id)).toEqual(['missing'])
    const alone = '# example.com/m\n/go/link: running gcc failed: exit status 1'
    expect((await run([failed(alone)], [linking, missing])).findings.map(({ rule: id }) => id)).toEqual(['linking'])
  })

  test('a consequence by the word of a rule needs a cause anywhere in the run', async () => {
    const follows = rule('follows', { markers: ['no packages'], message: () => 'consequence' })
    const second = failed('no packages to vet', { command: 'go vet ./...' })
    expect((await run([failed(undefinedX), second], [undefinedName, follows])).findings).toHaveLength(1)
    expect((await run([second], [undefinedName, follows])).findings).toMatchObject([{ rule: 'unexplained' }])
  })

  test('one mistake in C is one cause, however many lines it takes', async () => {
    const output = '# a.b/c\nx.c:1:10: fatal error: x.h: No such file or directory\nx.c:2:1: error: unknown type name'
    const header = rule('header', { markers: ['fatal error'], message: () => diagnosis() })
    expect((await run([failed(output)], [header])).findings.map(({ rule: id }) => id)).toEqual(['header'])
  })
})

describe('what no rule explains', () => {
  test('is an error with the lines that matter', async () => {
    const { findings, unexplained } = await run(
      [failed('go: something new went wrong\n\tin detail\nexit status 1')],
      [undefinedName],
    )
    expect(findings).toMatchObject([
      {
        rule: 'unexplained',
        severity: 'error',
        evidence: { command: 'go build ./...', excerpt: 'something new went wrong\n  in detail' },
      },
    ])
    expect(unexplained).toEqual([{ excerpt: 'something new went wrong\n  in detail' }])
  })

  test('a command that failed without a word', async () => {
    const { findings } = await run([failed('', { messages: [], tail: [] })], [undefinedName])
    expect(findings).toMatchObject([{ rule: 'unexplained', severity: 'error' }])
    expect(findings[0]?.message).toBe(
      '`go build ./...` failed with exit code 1, and no rule explains it. It said nothing.',
    )
    const [stopped] = (await run([failed('', { exitCode: null, timedOut: true })], [])).findings
    expect(stopped?.message).toContain('did not end in time')
  })

  test('beside a cause: an error of its own is reported, a test result is not', async () => {
    const output = `${undefinedX}\ngo: something new went wrong\nFAIL\texample.com/m [build failed]\n--- FAIL: TestX (0.00s)`
    const { findings } = await run([failed(output)], [undefinedName])
    expect(findings.map(({ rule: id }) => id)).toEqual(['undefined-name', 'unexplained'])
    expect(findings[1]?.evidence.excerpt).toBe('something new went wrong')
  })

  test('only a warning explained is not explained', async () => {
    const warning = rule('warning', { markers: ['deprecated'], message: () => diagnosis({ severity: 'warning' }) })
    const { findings } = await run([failed('go: module a.b/c is deprecated: no\n???')], [warning])
    expect(findings.map(({ rule: id }) => id)).toEqual(['warning', 'unexplained'])
  })

  test('the same on several targets is one', async () => {
    const target = (goos: string) => ({ target: { goos, goarch: 'amd64' } })
    const output = './a.go:5:25: odd'
    const { findings } = await run([failed(output, target('linux')), failed(output, target('aix'))], [])
    expect(findings).toMatchObject([{ rule: 'unexplained', targets: ['aix/amd64', 'linux/amd64'] }])
  })
})

describe('what is no failure', () => {
  test('a look-up that nobody needs gives warnings at most', async () => {
    const [finding] = (await run([failed(undefinedX, { advisory: true })], [undefinedName])).findings
    expect(finding).toMatchObject({ severity: 'warning' })
    expect(finding?.message).toMatch(/look-up/)
    expect((await run([failed('go: odd', { advisory: true })], [])).findings).toMatchObject([
      { rule: 'unexplained', severity: 'warning' },
    ])
  })

  test('the exit code decides, not the text', async () => {
    const ended = { failed: false, exitCode: 0 }
    expect((await run([failed(undefinedX, ended)], [undefinedName])).findings).toMatchObject([{ severity: 'warning' }])
    expect(await run([failed('go: odd', ended)], [undefinedName])).toEqual({ findings: [], unexplained: [] })
  })
})

describe('a pasted log', () => {
  test('rules see the command echoed before the message', async () => {
    const seen: string[] = []
    const spy = rule('spy', {
      markers: ['undefined'],
      message: (_, { command }) => {
        seen.push(command.command)
        return diagnosis()
      },
    })
    const { findings } = await run([readLog(`$ go env\n$ GOOS=windows go build\n${undefinedX}`)], [spy])
    expect(seen).toEqual(['GOOS=windows go build'])
    expect(findings[0]?.evidence.command).toBe('GOOS=windows go build')
  })

  test('lines of unknown programs are shown to the rules', async () => {
    const stub = rule('stub', { markers: ['requires cgo to work'], message: () => diagnosis() })
    const { findings } = await run([readLog('2018 x: go-sqlite3 requires cgo to work. This is a stub')], [stub])
    expect(findings).toMatchObject([{ rule: 'stub', severity: 'error' }])
  })

  test('without a failure it gives nothing; a bare complaint is unexplained', async () => {
    expect(await run([readLog('go: downloading a.b/c v1.0.0\nok  \ta.b/c\t0.1s\nan error was avoided')], [])).toEqual({
      findings: [],
      unexplained: [],
    })
    expect((await run([readLog('Could not dial broker: odd')], [])).unexplained).toEqual([
      { excerpt: 'Could not dial broker: odd' },
    ])
  })
})
