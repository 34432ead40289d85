import { describe, expect, test } from '@jest/globals'

import { compareBinary } from '../../src/binary/compare.ts'
import { inspectBinary } from '../../src/binary/inspect.ts'
import type { BinaryFacts } from '../../src/binary/types.ts'
import { elf, fat, javaClass, machO, pe, plan9, put, wasm, xcoff } from '../helpers/executables.ts'

function inspect(content: Buffer): Promise<BinaryFacts> {
  return inspectBinary(
    {
      stat: () => Promise.resolve({ kind: 'file', bytes: content.length, modified: 0, mode: 0o755 }),
      readRange: (_path, offset, length) => Promise.resolve(content.subarray(offset, offset + length)),
    },
    '/program',
  )
}

describe('ELF', () => {
  test.each([
    [3, 32, 'little', '386'],
    [62, 64, 'little', 'amd64'],
    [40, 32, 'little', 'arm'],
    [183, 64, 'little', 'arm64'],
    [258, 64, 'little', 'loong64'],
    [8, 32, 'big', 'mips'],
    [8, 32, 'little', 'mipsle'],
    [8, 64, 'big', 'mips64'],
    [8, 64, 'little', 'mips64le'],
    [21, 64, 'big', 'ppc64'],
    [21, 64, 'little', 'ppc64le'],
    [243, 64, 'little', 'riscv64'],
    [22, 64, 'big', 's390x'],
  ] as const)('machine %i with %i bits, %s-endian is %s', async (machine, bits, endian, goarch) => {
    const facts = await inspect(elf({ machine, bits, endian, settings: { GOOS: 'linux', GOARCH: goarch } }))
    expect(facts).toMatchObject({ format: 'elf', kind: 'executable', bits, endian, goarch, linkage: 'static' })
    expect(facts.problem).toBeUndefined()
    expect(compareBinary(facts, { goos: 'linux', goarch })).toEqual([])
  })

  test('32 bits where 64 are needed, and a machine that Go does not know', async () => {
    const x32 = await inspect(elf({ machine: 62, bits: 32, endian: 'little' }))
    expect(compareBinary(x32, { goos: 'linux', goarch: 'amd64' })).toContain(
      'Its header says EM_X86_64 with 32 bits, little-endian, and linux/amd64 needs amd64.',
    )
    const odd = await inspect(elf({ machine: 4711, bits: 64, endian: 'big' }))
    expect(odd.machine).toBe('machine 4711')
  })

  test.each([
    [9, 'freebsd'],
    [2, 'netbsd'],
    [12, 'openbsd'],
  ])('OS ABI %i is %s', async (osAbi, goos) => {
    const facts = await inspect(elf({ osAbi, settings: { GOOS: goos, GOARCH: 'amd64', CGO_ENABLED: '0' } }))
    expect(compareBinary(facts, { goos, goarch: 'amd64' })).toEqual([])
    expect(compareBinary(facts, { goos: 'linux', goarch: 'amd64' })[0]).toBe(
      `Its header says that it is for ${goos}, and linux/amd64 needs linux.`,
    )
  })

  test('what the C linker writes is allowed with cgo alone', async () => {
    const target = { goos: 'freebsd', goarch: 'amd64' }
    const cgo = await inspect(elf({ settings: { GOOS: 'freebsd', GOARCH: 'amd64', CGO_ENABLED: '1' } }))
    const pure = await inspect(elf({ settings: { GOOS: 'freebsd', GOARCH: 'amd64', CGO_ENABLED: '0' } }))
    expect(compareBinary(cgo, target)).toEqual([])
    expect(compareBinary(pure, target)).toEqual(['Its header has the OS ABI 0, and freebsd/amd64 needs 9.'])
  })

  test.each([
    ['/lib64/ld-linux-x86-64.so.2', ['linux']],
    ['/lib/ld-musl-x86_64.so.1', ['linux']],
    ['/usr/libexec/ld.so', ['openbsd']],
    ['/lib/amd64/ld.so.1', ['solaris', 'illumos']],
    ['/system/bin/linker64', ['android']],
    ['/nix/store/x/ld.so', undefined],
  ])('interpreter %s', async (interpreter, systems) => {
    const facts = await inspect(elf({ type: 3, interpreter, libraries: ['libc.so.6', 'libdl.so.2'] }))
    expect(facts).toMatchObject({ kind: 'executable', linkage: 'dynamic', interpreter })
    expect(facts.systems).toEqual(systems)
    expect(facts.libraries).toEqual(['libc.so.6', 'libdl.so.2'])
  })

  test('a library is no program, unless the build asked for one', async () => {
    const plain = await inspect(elf({ type: 3, settings: { GOOS: 'linux', GOARCH: 'amd64', '-buildmode': 'exe' } }))
    expect(compareBinary(plain, { goos: 'linux', goarch: 'amd64' })).toEqual([
      'Its header says that it is no program but a file of the kind library.',
    ])
    const wanted = await inspect(
      elf({ type: 3, settings: { GOOS: 'linux', GOARCH: 'amd64', '-buildmode': 'c-shared' } }),
    )
    expect(compareBinary(wanted, { goos: 'linux', goarch: 'amd64' })).toEqual([])
  })

  test('levels and trimpath come from the build info', async () => {
    const facts = await inspect(elf({ settings: { GOOS: 'linux', GOARCH: 'amd64', GOAMD64: 'v2' } }))
    expect(compareBinary(facts, { goos: 'linux', goarch: 'amd64', level: 'v3' }, { trimpath: true })).toEqual([
      'Its build info says GOAMD64=v2, and it was to be built with GOAMD64=v3.',
      'Its build info does not say -trimpath=true.',
    ])
    expect(compareBinary(facts, { goos: 'linux', goarch: 'amd64', level: 'v2' }, { trimpath: false })).toEqual([])
  })

  test('settings in quotes, and names that mean something to JavaScript', async () => {
    const facts = await inspect(
      elf({ lines: ['build\t-ldflags="-X a=\\"b\\""', 'build\t"-a b"=c', 'build\t__proto__=x', 'build\tbad'] }),
    )
    expect(Object.entries(facts.buildInfo?.settings ?? {})).toEqual([
      ['-ldflags', '-X a="b"'],
      ['-a b', 'c'],
      ['__proto__', 'x'],
    ])
  })

  test('build info of Go before 1.18, behind pointers', async () => {
    const facts = await inspect(elf({ pointers: true, lines: ['path\tx', 'mod\tx\tv1.0.0\th1:sum'] }))
    expect(facts.buildInfo).toEqual({
      goVersion: 'go1.26.1',
      path: 'x',
      main: { path: 'x', version: 'v1.0.0', sum: 'h1:sum' },
      settings: {},
    })
    expect(compareBinary(facts, { goos: 'linux', goarch: 'amd64' }, { cgo: false })).toEqual([])
  })

  test('without build info', async () => {
    const facts = await inspect(elf({ noBuildInfo: true }))
    expect(facts.buildInfo).toBeUndefined()
    expect(compareBinary(facts, { goos: 'linux', goarch: 'amd64' })).toEqual(['It holds no Go build info.'])
  })

  test.each([
    ['class', 4, 1, 9],
    ['byte order', 5, 1, 9],
    ['program header size', 54, 2, 8],
    ['program header count', 56, 2, 0xffff],
    ['program header offset', 32, 4, 0x7fffffff],
  ] as const)('a wrong %s is a problem', async (_name, at, width, value) => {
    const facts = await inspect(put(elf({}), at, width, value))
    expect(facts).toMatchObject({ format: 'elf', problem: expect.any(String) })
    expect(compareBinary(facts, { goos: 'linux', goarch: 'amd64' })).toEqual([
      expect.stringMatching(/^It could not be read to its end: /),
    ])
  })
})

describe('Mach-O', () => {
  const darwin = { GOOS: 'darwin', GOARCH: 'arm64' }

  test('thin', async () => {
    const facts = await inspect(machO({ cpu: 0x100000c, signed: true, settings: darwin }))
    expect(facts).toMatchObject({
      format: 'mach-o',
      goarch: 'arm64',
      systems: ['darwin'],
      minimumSystem: '12.3.1',
      signed: true,
      libraries: ['/usr/lib/libSystem.B.dylib'],
      linkage: 'dynamic',
    })
    expect(compareBinary(facts, { goos: 'darwin', goarch: 'arm64' })).toEqual([])
    expect(compareBinary(facts, { goos: 'ios', goarch: 'arm64' })).toContain(
      'Its header says that it is for darwin, and ios/arm64 needs ios.',
    )
  })

  test('without a signature', async () => {
    const arm = await inspect(machO({ cpu: 0x100000c, signed: false, settings: darwin }))
    expect(compareBinary(arm, { goos: 'darwin', goarch: 'arm64' })).toEqual([
      'It has no code signature, and darwin/arm64 kills programs without one.',
    ])
    const amd = await inspect(machO({ cpu: 0x1000007, signed: false, settings: { GOOS: 'darwin', GOARCH: 'amd64' } }))
    expect(compareBinary(amd, { goos: 'darwin', goarch: 'amd64' })).toEqual([])
  })

  test('fat', async () => {
    const parts = [
      machO({ cpu: 0x1000007, signed: true, settings: { GOOS: 'darwin', GOARCH: 'amd64' } }),
      machO({ cpu: 0x100000c, signed: true, settings: darwin }),
    ]
    const facts = await inspect(fat([0x1000007, 0x100000c], parts))
    expect(facts).toMatchObject({ goarch: 'amd64', architectures: ['amd64', 'arm64'] })
    expect(facts.buildInfo?.settings.GOARCH).toBe('amd64')
  })

  test('a Java class file begins alike and is none', async () => {
    expect(await inspect(javaClass())).toMatchObject({ problem: expect.stringContaining('number of parts') })
  })

  test.each([
    ['size of the load commands', 20, 4, 0xffffffff],
    ['size of a load command', 36, 4, 0],
  ] as const)('a wrong %s is a problem', async (_name, at, width, value) => {
    const facts = await inspect(put(machO({ cpu: 0x100000c, signed: true, settings: darwin }), at, width, value))
    expect(facts.problem).toMatch(/load commands/)
  })

  test('a million load commands that are not there do not keep it busy', async () => {
    const facts = await inspect(put(machO({ cpu: 0x100000c, signed: true, settings: darwin }), 16, 4, 0xffffffff))
    expect(facts.problem).toBeUndefined()
  })
})

describe('other formats', () => {
  test.each([
    [0x14c, '386'],
    [0x8664, 'amd64'],
    [0xaa64, 'arm64'],
  ])('PE machine %i is %s', async (machine, goarch) => {
    const facts = await inspect(pe({ machine, settings: { GOOS: 'windows', GOARCH: goarch } }))
    expect(facts).toMatchObject({
      format: 'pe',
      goarch,
      kind: 'executable',
      libraries: ['kernel32.dll'],
      linkage: 'dynamic',
      minimumSystem: '10.0',
    })
    expect(compareBinary(facts, { goos: 'windows', goarch })).toEqual([])
    expect(compareBinary(facts, { goos: 'windows', goarch: 'arm' })[0]).toContain(`says ${goarch}`)
  })

  test('MZ without PE is a problem', async () => {
    expect((await inspect(Buffer.from(`MZ${'\0'.repeat(200)}`, 'latin1'))).problem).toMatch(/no PE header/)
  })

  test('XCOFF', async () => {
    const facts = await inspect(xcoff({ GOOS: 'aix', GOARCH: 'ppc64' }))
    expect(facts).toMatchObject({
      format: 'xcoff',
      goarch: 'ppc64',
      bits: 64,
      linkage: 'dynamic',
      libraries: ['libc.a(shr_64.o)'],
    })
    expect(compareBinary(facts, { goos: 'aix', goarch: 'ppc64' })).toEqual([])
  })

  test.each([
    [0x1eb, '386'],
    [0x8a97, 'amd64'],
    [0x647, 'arm'],
  ])('Plan 9 magic %i is %s', async (magic, goarch) => {
    const facts = await inspect(plan9(magic, { GOOS: 'plan9', GOARCH: goarch }))
    expect(facts).toMatchObject({ format: 'plan9', goarch, linkage: 'static' })
    expect(compareBinary(facts, { goos: 'plan9', goarch })).toEqual([])
  })

  test.each([
    ['gojs', 'js', 'wasip1'],
    ['wasi_snapshot_preview1', 'wasip1', 'js'],
  ])('WebAssembly that imports %s is for %s', async (imported, goos, other) => {
    const facts = await inspect(wasm(imported))
    expect(facts).toMatchObject({ format: 'wasm', goarch: 'wasm', systems: [goos] })
    expect(facts.buildInfo).toBeUndefined()
    expect(compareBinary(facts, { goos, goarch: 'wasm' })).toEqual([])
    expect(compareBinary(facts, { goos: other, goarch: 'wasm' })).toHaveLength(1)
  })

  test('WebAssembly without imports, or cut inside them, tells no system', async () => {
    expect((await inspect(wasm('gojs').subarray(0, 20))).systems).toBeUndefined()
    expect((await inspect(put(wasm('gojs'), 4, 4, 2))).problem).toContain('unknown version 2')
  })

  test('a script, an empty file and a missing one', async () => {
    const script = await inspect(Buffer.from('#!/bin/sh\necho hello\n'))
    expect(script).toMatchObject({ format: 'unknown', bytes: 21, problem: expect.stringContaining('no executable') })
    expect(compareBinary(script, { goos: 'linux', goarch: 'amd64' })).toEqual([
      expect.stringMatching(/^It is no known executable, and linux\/amd64 needs an ELF file/),
    ])
    expect((await inspect(Buffer.alloc(0))).problem).toContain('no executable')
    const none = { stat: () => Promise.resolve(undefined), readRange: () => Promise.reject(new Error('unused')) }
    expect((await inspectBinary(none, '/x')).problem).toBe('there is no such file')
  })

  test('a file that may not be read is a problem with its code', async () => {
    const closed = {
      stat: () => Promise.resolve({ kind: 'file' as const, bytes: 100, modified: 0, mode: 0 }),
      readRange: () => Promise.reject(Object.assign(new Error('no'), { code: 'EACCES' })),
    }
    expect((await inspectBinary(closed, '/x')).problem).toBe('it could not be read (EACCES)')
  })

  test('every prefix of every format gives a result', async () => {
    const programs = [
      elf({ type: 3, interpreter: '/lib64/ld', libraries: ['a', 'b'] }),
      machO({ cpu: 0x100000c, signed: true, settings: {} }),
      pe({ machine: 0x8664, settings: {} }),
      xcoff({}),
      plan9(0x8a97, {}),
      wasm('gojs'),
    ]
    for (const program of programs) {
      for (let length = 0; length < program.length; length += 7) {
        expect((await inspect(program.subarray(0, length))).bytes).toBe(length)
      }
    }
  })

  test('a data segment of terabytes is not searched to its end', async () => {
    let read = 0
    const program = elf({ noBuildInfo: true, dataSize: 2 ** 42 })
    const facts = await inspectBinary(
      {
        stat: () => Promise.resolve({ kind: 'file', bytes: 2 ** 43, modified: 0, mode: 0o755 }),
        readRange: (_path, offset, length) => {
          read += length
          const piece = Buffer.alloc(length)
          if (offset < program.length) program.copy(piece, 0, offset)
          return Promise.resolve(piece)
        },
      },
      '/huge',
    )
    expect(facts.buildInfo).toBeUndefined()
    expect(read).toBeLessThan(100 * 1024 * 1024)
  })
})
