import path from 'node:path'

import { beforeAll, describe, expect, test } from '@jest/globals'

import type { PortCheckError } from '../../src/domain/port-check.ts'
import { checkPorts, PortcheckFailure, type CheckOptions } from '../../src/portcheck/check.ts'
import type { PortcheckTool } from '../../src/portcheck/ensure.ts'
import type { PortCheckRequest } from '../../src/portcheck/request.ts'
import type { Command, System } from '../../src/system/types.ts'
import { createNodeSystem } from '../../src/system/node/system.ts'
import { makeFolder } from '../helpers/folder.ts'
import { testSystem } from '../helpers/probe-context.ts'

/** Reads the request and answers with what `body` writes; `say` prints one line. */
const script = (body: string): string => `
  let text = ''
  process.stdin.on('data', (chunk) => (text += chunk)).on('end', () => {
    const request = JSON.parse(text)
    const say = (line) => process.stdout.write(JSON.stringify(line) + '\\n')
    ${body}
  })`

const done = `say({ t: 'done', errors: 0, packages: 0, seconds: 0, peakMegabytes: 12, cached: 3 })`
const passing = `request.slots.forEach((_, slot) => say({ t: 'slot', slot, status: 'pass', packages: 2, blocked: 0 }))`

interface Job extends CheckOptions {
  readonly commands: Command[]
  readonly rebuilds: string[]
}

let dir: string
beforeAll(async () => {
  dir = await makeFolder()
})

/** A check with a script in the place of portcheck; `rebuilt` is what a build makes of it. */
async function job(
  body: string,
  parts: { readonly watch?: readonly string[]; readonly slots?: readonly string[]; readonly rebuilt?: string } = {},
) {
  const folder = await makeFolder({ 'tool.cjs': body, 'rebuilt.cjs': parts.rebuilt ?? '' })
  const commands: Command[] = []
  const system = asNode(testSystem(), commands)
  const rebuilds: string[] = []
  const tool: PortcheckTool = {
    binary: path.join(folder, 'tool.cjs'),
    source: 'tool-cache',
    seconds: 0,
    dir: folder,
    resultsDir: path.join(folder, 'results'),
    async rebuild() {
      rebuilds.push(folder)
      return { ...tool, source: 'built', binary: path.join(folder, 'rebuilt.cjs') }
    },
  }
  const names = parts.slots ?? ['linux/amd64', 'windows/amd64', 'plan9/386']
  const request: PortCheckRequest = {
    wire: {
      version: 1,
      goroot: '/go',
      go: 'go1.26.8',
      dir,
      tags: [],
      main: [{ path: 'm', dir, go: '1.22' }],
      modules: [],
      patterns: ['./...'],
      tests: true,
      dependencyBodies: true,
      files: false,
      cacheDir: '',
      ...(parts.watch === undefined ? {} : { watch: parts.watch }),
    },
    slots: names.map((name) => {
      const [goos = '', goarch = '', level] = name.split('/')
      const target = { goos, goarch, cgo: false, ...(level === undefined ? {} : { level }) }
      return { name, target, wire: { name, goos, goarch, cgo: false, toolTags: [] } }
    }),
    notes: ['a note of the request'],
  }
  const made: Job = { system, tool, request, timeoutSeconds: 20, commands, rebuilds }
  return made
}

/** Scripts are run by Node on every system; a binary that is none of ours stays what it is. */
function asNode(system: System, commands: Command[]): System {
  return {
    ...system,
    processes: {
      ...system.processes,
      run(command) {
        commands.push(command)
        const [binary] = command.argv
        return system.processes.run(
          binary.endsWith('.cjs') ? { ...command, argv: [process.execPath, binary] } : command,
        )
      },
    },
  }
}

const error = (parts: Readonly<Record<string, unknown>>): string =>
  `say(${JSON.stringify({
    t: 'error',
    kind: 'type',
    package: 'm/a',
    variant: '',
    module: 'm',
    version: '',
    main: true,
    file: '/m/a.go',
    line: 3,
    column: 7,
    message: 'undefined: y',
    slots: [1],
    ...parts,
  })})`

describe('an answer', () => {
  test('uses of watched names, by target name, each place once over the parts of a check', async () => {
    const slots = Array.from({ length: 65 }, (_, index) => `linux/a${index}`)
    const one = await job(
      script(`
        say({ t: 'start', version: 1, slots: request.slots.length })
        say({ t: 'use', package: 'm/a', file: '/m/a.go', line: 3, column: 7, symbol: request.watch[0], slots: [0],
          programs: ['m/cmd' + request.slots.length] })
        ${passing}
        ${done}`),
      { slots, watch: ['net.Dial'] },
    )
    expect((await checkPorts(one)).uses).toEqual([
      {
        package: 'm/a',
        file: '/m/a.go',
        line: 3,
        column: 7,
        symbol: 'net.Dial',
        slots: ['linux/a0', 'linux/a64'],
        programs: ['m/cmd64', 'm/cmd1'],
      },
    ])
  })

  test('verdicts, errors by target name, figures; the request arrives whole', async () => {
    const one = await job(
      script(`
        say({ t: 'start', version: 1, slots: request.slots.length })
        say({ t: 'progress', phase: 'main', done: 1, total: 2 })
        ${error({ slots: [2, 1] })}
        say({ t: 'slot', slot: 0, status: 'pass', packages: 3, blocked: 0 })
        say({ t: 'slot', slot: 1, status: 'fail', packages: 3, blocked: 1 })
        say({ t: 'slot', slot: 2, status: 'refused', reason: JSON.stringify(request.main), packages: 0, blocked: 0 })
        say({ t: 'uncertain', package: 'm/c', reason: 'cgo', slots: [0] })
        say({ t: 'ignored', package: 'm/a', file: '/m/never.go', constraint: 'never' })
        say({ t: 'files', package: 'm/a', dir: '/m', module: 'm', main: true, std: false, name: 'a', slots: [0, 1],
          files: [{ name: 'x_linux.go', slots: [0], cgo: true, test: false, constraint: 'linux' }],
          imports: [{ path: 'net', slots: [1] }] })
        say({ t: 'something new' })
        ${done}`),
    )
    const progress: unknown[] = []
    const seen: PortCheckError[] = []
    const check = await checkPorts({
      ...one,
      onProgress: (p) => progress.push(p),
      onError: (found) => seen.push(found),
    })
    const expected = {
      kind: 'type',
      package: 'm/a',
      variant: '',
      module: 'm',
      version: '',
      main: true,
      file: '/m/a.go',
      line: 3,
      column: 7,
      message: 'undefined: y',
      slots: ['windows/amd64', 'plan9/386'],
      chain: ['m/a'],
    }
    expect(check).toEqual({
      slots: [
        { target: one.request.slots[0]?.target, name: 'linux/amd64', status: 'pass', packages: 3, blocked: 0 },
        { target: one.request.slots[1]?.target, name: 'windows/amd64', status: 'fail', packages: 3, blocked: 1 },
        {
          target: one.request.slots[2]?.target,
          name: 'plan9/386',
          status: 'refused',
          reason: JSON.stringify(one.request.wire.main),
          packages: 0,
          blocked: 0,
        },
      ],
      errors: [expected],
      uncertain: [{ package: 'm/c', reason: 'cgo', slots: ['linux/amd64'] }],
      ignored: [{ package: 'm/a', file: '/m/never.go', constraint: 'never' }],
      files: [
        {
          package: 'm/a',
          dir: '/m',
          module: 'm',
          main: true,
          std: false,
          name: 'a',
          slots: ['linux/amd64', 'windows/amd64'],
          files: [{ name: 'x_linux.go', slots: ['linux/amd64'], cgo: true, test: false, constraint: 'linux' }],
          imports: [{ path: 'net', slots: ['windows/amd64'] }],
        },
      ],
      seconds: expect.any(Number),
      peakMegabytes: 12,
      cached: 3,
      notes: ['a note of the request'],
    })
    expect(progress).toEqual([{ phase: 'main', done: 1, total: 2 }])
    expect(seen).toEqual([expected])
  })

  test('the same error of two classes is one; with tests it is not said again; what was withdrawn goes', async () => {
    const one = await job(
      script(`
        say({ t: 'start', version: 1 })
        ${error({ slots: [0] })}
        ${error({ slots: [2] })}
        ${error({ slots: [0, 1, 2], variant: 'test' })}
        ${error({ slots: [1], package: 'm/b', message: 'undefined: z' })}
        ${error({ slots: [0, 1], package: 'm/c', message: 'undefined: w' })}
        say({ t: 'withdraw', package: 'm/b', variant: '', slots: [1] })
        say({ t: 'withdraw', package: 'm/c', variant: '', slots: [0] })
        ${error({ slots: [0], package: 'm/c', message: 'what holds instead' })}
        ${passing}
        ${done}`),
    )
    const { errors } = await checkPorts(one)
    expect(errors.map((found) => [found.package, found.variant, found.slots])).toEqual([
      ['m/a', '', ['linux/amd64', 'plan9/386']],
      ['m/a', 'test', ['windows/amd64']],
      ['m/c', '', ['windows/amd64']],
      ['m/c', '', ['linux/amd64']],
    ])
  })

  test('a chain belongs to all errors of its package', async () => {
    const one = await job(
      script(`
        say({ t: 'start', version: 1 })
        ${error({ package: 'dep/b', main: false, module: 'dep', version: 'v1.0.0' })}
        say({ t: 'package', package: 'dep/b', variant: '', module: 'dep', main: false, slots: [1], chain: ['m/cmd', 'dep/a', 'dep/b'] })
        ${passing}
        ${done}`),
    )
    const { errors, slots } = await checkPorts(one)
    expect(errors.map(({ chain, version }) => [version, chain])).toEqual([['v1.0.0', ['m/cmd', 'dep/a', 'dep/b']]])
    // It was said to pass, and an error is there.
    expect(slots.map(({ status }) => status)).toEqual(['pass', 'fail', 'pass'])
  })

  test('hostile and wrong members do no harm', async () => {
    const message = `\u001b[31m::error::x\n\`\`\`<script>${'y'.repeat(5000)}`
    const one = await job(
      script(`
        process.stdout.write('not JSON\\n{"t":1}\\n[1]\\nnull\\n{"t":"slot"}\\n')
        say({ t: 'start' })
        ${error({ message, file: '../../\u0000', slots: [0, 0, -1, 1.5, 99, '1', null] })}
        ${error({ kind: 'nonsense' })}
        ${error({ slots: 'all' })}
        ${error({ line: 'x', column: -1, message: { toString: 1 }, variant: '__proto__', slots: [0] })}
        say({ t: 'slot', slot: '__proto__', status: 'pass' })
        say({ t: 'slot', slot: 0, status: 'excellent' })
        say({ t: 'progress', phase: 'x', done: 1, total: 1 })
        say({ t: 'files', files: [null, 1, { name: 'a.go', slots: [7] }], imports: 'x' })
        say({ t: 'done', peakMegabytes: 'much' })`),
    )
    const check = await checkPorts(one)
    expect(check.errors.map(({ slots }) => slots)).toEqual([['linux/amd64'], ['linux/amd64']])
    expect(check.errors.map((found) => found.message.length)).toEqual([4001, 0])
    expect(check.errors.at(0)?.message.startsWith(message.slice(0, 4000))).toBe(true)
    expect(check.errors.at(1)).not.toHaveProperty('column')
    expect(check.slots.map(({ status, reason }) => [status, reason])).toEqual(
      Array(3).fill(['unsupported', 'portcheck gave no verdict on it.']),
    )
    expect(check.files).toMatchObject([{ package: '', files: [{ name: 'a.go', slots: [] }], imports: [] }])
    expect(check.peakMegabytes).toBe(0)
  })

  test('a line of a megabyte arrives whole, and errors without end are counted', async () => {
    const one = await job(
      script(`
        say({ t: 'start' })
        const file = (n) => ({ name: 'zerrors_' + n + '.go', slots: [0, 1, 2], cgo: false, test: false, constraint: 'linux && amd64' })
        say({ t: 'files', package: 'big', files: Array.from({ length: 10000 }, (_, n) => file(n)), imports: [] })
        for (let n = 1; n <= 1200; n++) say({ t: 'error', kind: 'body', package: 'm/a', file: 'a.go', line: n, message: 'x', slots: [0] })
        say({ t: 'error', kind: 'body', package: 'm/b', file: 'b.go', line: 1, message: 'x', slots: [0] })
        ${passing}
        ${done}`),
    )
    const check = await checkPorts(one)
    expect(check.files[0]?.files).toHaveLength(10_000)
    expect(check.errors).toHaveLength(1001)
    expect(check.errors.at(-1)?.package).toBe('m/b')
    expect(check.notes).toContainEqual(expect.stringMatching(/^200 errors beyond 1000 a package/))
  })
})

describe('more slots than bits', () => {
  test('are checked in turns; an error on both sides is one, a file is ignored when no side compiles it', async () => {
    const slots = [...Array.from({ length: 65 }, (_, n) => `os${n}/arch`), 'linux/none']
    const one = await job(
      script(`
        say({ t: 'start' })
        ${error({ slots: [0] })}
        say({ t: 'ignored', package: 'm', file: '/m/never.go', constraint: 'never' })
        say({ t: 'uncertain', package: 'm/c', reason: 'cgo', slots: [0] })
        say({ t: 'files', package: 'm', name: 'm', slots: [0], imports: [{ path: 'net', slots: [0] }],
          files: [{ name: 'all.go', slots: [0] }, { name: request.slots[0].goos + '.go', slots: [0] }] })
        if (request.slots.length > 2) say({ t: 'ignored', package: 'm', file: '/m/late.go', constraint: 'os65' })
        ${passing}
        ${done}`),
      { slots },
    )
    const request: PortCheckRequest = {
      ...one.request,
      slots: one.request.slots.map(({ name, target, ...rest }) =>
        name === 'linux/none'
          ? { name, target, unsupported: 'This Go has no port linux/none.' }
          : { name, target, ...rest },
      ),
    }
    const check = await checkPorts({ ...one, request })
    expect(one.commands.map(({ stdin = '{}' }) => (JSON.parse(stdin) as { slots: unknown[] }).slots.length)).toEqual([
      64, 1,
    ])
    expect(check.slots.map(({ name }) => name)).toEqual(slots)
    expect(check.slots.at(-1)).toMatchObject({ status: 'unsupported', reason: 'This Go has no port linux/none.' })
    expect(check.errors.map((found) => found.slots)).toEqual([['os0/arch', 'os64/arch']])
    expect(check.ignored.map(({ file }) => file)).toEqual(['/m/never.go'])
    expect(check.uncertain).toEqual([{ package: 'm/c', reason: 'cgo', slots: ['os0/arch', 'os64/arch'] }])
    expect(check.files).toMatchObject([
      {
        package: 'm',
        slots: ['os0/arch', 'os64/arch'],
        files: [
          { name: 'all.go', slots: ['os0/arch', 'os64/arch'] },
          { name: 'os0.go', slots: ['os0/arch'] },
          { name: 'os64.go', slots: ['os64/arch'] },
        ],
        imports: [{ path: 'net', slots: ['os0/arch', 'os64/arch'] }],
      },
    ])
    expect(check.cached).toBe(6)
  })
})

describe('when portcheck itself fails', () => {
  const failureOf = (check: Promise<unknown>): Promise<PortcheckFailure> =>
    check.then(
      () => Promise.reject(new Error('it did not fail')),
      (failure: unknown) => failure as PortcheckFailure,
    )

  test('what it says of itself is the message', async () => {
    const one = await job(script(`say({ t: 'fatal', message: 'GOROOT is no GOROOT' }); process.exitCode = 2`))
    const failure = await failureOf(checkPorts(one))
    expect(failure).toBeInstanceOf(PortcheckFailure)
    expect(failure.message).toBe('portcheck could not run: GOROOT is no GOROOT')
    expect(one.rebuilds).toEqual([])
  })

  test('a crash is told with the head of what it printed, and is not built anew', async () => {
    const one = await job(
      script(`
        say({ t: 'start' })
        process.stderr.write('panic: index out of range\\n' + 'goroutine 1\\n'.repeat(100))
        process.exitCode = 2`),
    )
    const failure = await failureOf(checkPorts(one))
    expect(failure.message).toMatch(
      /^portcheck ended with exit code 2 and without a verdict:\npanic: index out of range\n/,
    )
    expect(failure.message.split('\n').length).toBeLessThan(20)
    expect(one.rebuilds).toEqual([])
  })

  test('an answer without its end is a crash whatever the exit code', async () => {
    const one = await job(script(`say({ t: 'start' })`))
    expect((await failureOf(checkPorts(one))).message).toMatch(/exit code 0 and without a verdict/)
  })

  test('a binary that does not start is built anew, once', async () => {
    const good = script(`say({ t: 'start' }); ${passing}; ${done}`)
    const one = await job('this is no program', { rebuilt: good })
    expect((await checkPorts(one)).slots.map(({ status }) => status)).toEqual(['pass', 'pass', 'pass'])
    expect(one.rebuilds).toHaveLength(1)

    const missing = await job('', { rebuilt: good })
    const tool = { ...missing.tool, binary: path.join(dir, 'nothing here') }
    expect((await checkPorts({ ...missing, tool })).errors).toEqual([])
    expect(missing.rebuilds).toHaveLength(1)

    const hopeless = await job('this is no program', { rebuilt: 'nor is this' })
    expect((await failureOf(checkPorts(hopeless))).message).toMatch(/^portcheck ended with exit code/)
    expect(hopeless.rebuilds).toHaveLength(1)
  })

  test('one that cannot be built anew says why', async () => {
    const one = await job('this is no program')
    const tool = { ...one.tool, rebuild: () => Promise.resolve({ unsupported: 'no disk' }) }
    expect((await failureOf(checkPorts({ ...one, tool }))).message).toBe('no disk')
  })

  test('the time is up', async () => {
    const one = await job(script(`say({ t: 'start' }); setTimeout(() => {}, 60000)`))
    const failure = await failureOf(checkPorts({ ...one, timeoutSeconds: 1 }))
    expect(failure).toMatchObject({ message: 'portcheck ran into the timeout', timedOut: true })
    expect(one.rebuilds).toEqual([])
  })

  test('a cancelled run', async () => {
    const abort = new AbortController()
    const one = await job(script(`say({ t: 'start' }); setTimeout(() => {}, 60000)`))
    const system = asNode(createNodeSystem({ signal: abort.signal, log: one.system.log }), [])
    const tool = { ...one.tool, rebuild: () => Promise.reject(new Error('built anew')) }
    const running = failureOf(checkPorts({ ...one, tool, system, onProgress: () => undefined }))
    abort.abort()
    expect(await running).toMatchObject({ cancelled: true })
  })
})

test('settings of the user that would change the check do not reach it', async () => {
  const one = await job(
    script(`
      say({ t: 'start' })
      const { GODEBUG, GOGC, GOMEMLIMIT, GOMAXPROCS } = process.env
      say({ t: 'uncertain', package: 'env', reason: JSON.stringify({ GODEBUG, GOGC, GOMEMLIMIT, GOMAXPROCS }), slots: [] })
      ${done}`),
  )
  const env = { ...process.env, GODEBUG: 'gotypesalias=0', GOGC: 'off', GOMEMLIMIT: '', GOMAXPROCS: '' }
  const machine = createNodeSystem({ env, log: one.system.log })
  const host = { ...machine.host, cores: 3, memory: 1000 * 1024 * 1024 }
  const { uncertain } = await checkPorts({ ...one, system: asNode({ ...machine, host, env }, []) })
  expect(uncertain[0]?.reason).toBe(JSON.stringify({ GOMEMLIMIT: '700MiB', GOMAXPROCS: '3' }))
})
