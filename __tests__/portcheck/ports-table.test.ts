import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import type { Go } from '../../src/go/go.ts'
import { portsTable, type TableOptions } from '../../src/portcheck/ports-table.ts'
import { planSlots } from '../../src/portcheck/slots.ts'
import { makeFolder } from '../helpers/folder.ts'
import { goIn } from '../helpers/portcheck.ts'
import { testSystem } from '../helpers/probe-context.ts'

/** The real go command, with the commands that were run; `only` keeps the list of ports short. */
async function job(
  env: Readonly<Record<string, string>> = {},
  only: readonly string[] = ['linux/amd64', 'linux/arm', 'plan9/386', 'js/wasm', 'linux/loong64'],
): Promise<TableOptions & { readonly asked: string[] }> {
  const system = testSystem(env)
  const dir = await makeFolder()
  const { go, env: goEnv } = await goIn(system, dir)
  const asked: string[] = []
  const spying: Go = {
    ...go,
    async run(args, options) {
      asked.push(args.join(' '))
      const run = await go.run(args, options)
      if (args[0] !== 'tool') return run
      const ports = JSON.parse(run.result.stdout.text) as readonly { GOOS: string; GOARCH: string }[]
      const text = JSON.stringify(ports.filter(({ GOOS, GOARCH }) => only.includes(`${GOOS}/${GOARCH}`)))
      return { ...run, result: { ...run.result, stdout: { ...run.result.stdout, text } } }
    },
  }
  return { system, go: spying, env: goEnv, dir, asked }
}

describe('portsTable', () => {
  test('asks the toolchain once', async () => {
    const options = await job()
    const { rows } = await portsTable(options)
    expect(rows.map(({ goos, goarch, defaults }) => [`${goos}/${goarch}`, defaults])).toEqual([
      ['js/wasm', {}],
      ['linux/amd64', { GOAMD64: 'v1' }],
      ['linux/arm', { GOARM: expect.stringMatching(/^[5-7]/) }],
      ['linux/loong64', {}],
      ['plan9/386', { GO386: 'sse2' }],
    ])
    const [wasm, amd64, arm, , plan9] = rows
    expect(wasm?.cgoSupported).toBe(false)
    expect(amd64).toMatchObject({ cgoSupported: true, firstClass: true })
    expect(amd64?.toolTags).toContain('amd64.v1')
    expect(amd64?.toolTags).not.toContain('amd64.v2')
    expect(arm?.toolTags).toContain('arm.5')
    expect(plan9?.toolTags).toContain('386.sse2')

    const first = options.asked.length
    expect((await portsTable(options)).rows).toEqual(rows)
    expect(options.asked).toHaveLength(first)
  })

  test('a level of a target is asked for, once', async () => {
    const options = await job()
    const table = await portsTable(options)
    const target = { goos: 'linux', goarch: 'amd64', level: 'v3' }
    const tags = await table.toolTags(target)
    expect(tags).toEqual(expect.arrayContaining(['amd64.v1', 'amd64.v2', 'amd64.v3']))
    const count = options.asked.length
    expect(await (await portsTable(options)).toolTags(target)).toEqual(tags)
    expect(await table.toolTags({ ...target, level: 'v1' })).toEqual(table.rows[1]?.toolTags)
    expect(options.asked).toHaveLength(count)
  })

  test('a level in the environment is the default, and another table', async () => {
    const options = await job({ GOAMD64: 'v2' }, ['linux/amd64'])
    const [row] = (await portsTable(options)).rows
    expect(row?.defaults).toEqual({ GOAMD64: 'v2' })
    expect(row?.toolTags).toContain('amd64.v2')
    const system = testSystem()
    const [plain] = (await portsTable({ ...options, system, go: (await goIn(system, options.dir)).go })).rows
    expect(plain?.toolTags).not.toContain('amd64.v2')
    expect((await readdir(options.dir)).filter((name) => name.startsWith('ports-'))).toHaveLength(2)
  })

  test('a port or a level that the go command refuses says why', async () => {
    const options = await job({}, ['linux/mips', 'linux/amd64'])
    const bad = { GOEXPERIMENT: 'elsewhere' }
    const go: Go = {
      ...options.go,
      run: (args, more = {}) =>
        options.go.run(args, more.env?.GOARCH === 'mips' ? { ...more, env: { ...more.env, ...bad } } : more),
    }
    const table = await portsTable({ ...options, go })
    expect(table.rows.map(({ goarch, problem }) => [goarch, problem])).toEqual([
      ['amd64', undefined],
      ['mips', expect.stringContaining('elsewhere')],
    ])
    const targets = [
      { goos: 'linux', goarch: 'mips' },
      { goos: 'linux', goarch: 'amd64', level: 'v3' },
    ]
    const slots = await planSlots({ ...options, table, targets })
    expect(slots).toMatchObject([
      { name: 'linux/mips', unsupported: expect.stringContaining('elsewhere') },
      { name: 'linux/amd64/v3', wire: { toolTags: expect.arrayContaining(['amd64.v3']) } },
    ])
    const plain = await portsTable({ ...options, dir: await makeFolder() })
    const wrong = await planSlots({
      ...options,
      table: plain,
      targets: [{ goos: 'linux', goarch: 'mips', level: 'fast' }],
    })
    expect(wrong).toMatchObject([{ name: 'linux/mips/fast', unsupported: expect.stringContaining('GOMIPS') }])
  })

  test('a file that is no table is replaced, and flags of the user change nothing', async () => {
    const options = await job({ GOFLAGS: '-mod=vendor -race' }, ['linux/amd64'])
    const { rows } = await portsTable(options)
    expect(rows[0]?.toolTags).not.toContain('race')
    const [file = ''] = await readdir(options.dir)
    await writeFile(path.join(options.dir, file), '{"version":1,"rows":[')
    expect((await portsTable(options)).rows).toEqual(rows)
  })
})

describe('planSlots', () => {
  const names = async (
    env: Readonly<Record<string, string>>,
    targets: Parameters<typeof planSlots>[0]['targets'],
    goEnv: Readonly<Record<string, string>> = {},
  ) => {
    const options = await job(env, ['linux/amd64', 'windows/amd64', 'plan9/386'])
    const slots = await planSlots({
      ...options,
      env: { ...options.env, GOHOSTOS: 'linux', GOHOSTARCH: 'amd64', ...goEnv },
      table: await portsTable(options),
      targets,
    })
    return slots.map(({ name, wire, unsupported }) => [name, wire?.cgo, unsupported])
  }
  const linux = { goos: 'linux', goarch: 'amd64' }
  const windows = { goos: 'windows', goarch: 'amd64' }
  const plan9 = { goos: 'plan9', goarch: '386' }

  test('cgo is that of the go command: the host alone, and only with a compiler', async () => {
    const targets = [linux, windows, plan9]
    expect(await names({}, targets, { CGO_ENABLED: '1' })).toEqual([
      ['linux/amd64', true, undefined],
      ['windows/amd64', false, undefined],
      ['plan9/386', false, undefined],
    ])
    expect((await names({}, targets, { CGO_ENABLED: '0' })).map(([, cgo]) => cgo)).toEqual([false, false, false])
    expect((await names({ CGO_ENABLED: '1' }, targets)).map(([, cgo]) => cgo)).toEqual([true, true, false])
  })

  test('what was persisted counts, and what the target says counts more', async () => {
    const file = path.join(await makeFolder({ env: 'CGO_ENABLED=1\n' }), 'env')
    expect((await names({ GOENV: file }, [windows, { ...linux, cgo: false }])).map(([, cgo]) => cgo)).toEqual([
      true,
      false,
    ])
    expect((await names({}, [{ ...plan9, cgo: true }])).map(([, cgo]) => cgo)).toEqual([false])
  })

  test('targets that differ in cgo alone have names of their own, the same one is there once', async () => {
    expect(
      await names({}, [
        { ...linux, cgo: true },
        { ...linux, cgo: false },
        { ...linux, cgo: true },
        windows,
        { ...windows, cgo: false },
        { goos: 'amiga', goarch: 'm68k' },
      ]),
    ).toEqual([
      ['linux/amd64 cgo', true, undefined],
      ['linux/amd64 no cgo', false, undefined],
      ['windows/amd64', false, undefined],
      ['amiga/m68k', undefined, 'This Go has no port amiga/m68k.'],
    ])
  })
})
