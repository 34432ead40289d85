import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import { compareNames, readNameCalls } from '../../src/binary/name-calls.ts'
import type { BinaryFacts } from '../../src/binary/types.ts'
import { makeFolder } from '../helpers/folder.ts'
import { testSystem } from '../helpers/probe-context.ts'

const { files } = testSystem()

async function seen(text: string, settings: Readonly<Record<string, string>> = {}) {
  const folder = await makeFolder({ program: text })
  const file = path.join(folder, 'program')
  const facts: BinaryFacts = {
    format: 'elf',
    kind: 'executable',
    linkage: 'dynamic',
    libraries: [],
    bytes: Buffer.byteLength(text),
    buildInfo: { goVersion: 'go1.26.8', settings },
  }
  return readNameCalls(files, file, facts)
}

const pad = '.'.repeat(1024 * 1024 - 10)

describe('readNameCalls', () => {
  test('the functions that are linked tell who looks up', async () => {
    expect(await seen('goLookupIPCNAMEOrder\0net._C2func_getaddrinfo\0os/user._Cfunc_mygetpwuid_r')).toEqual({
      resolver: 'go-or-libc',
      users: 'libc',
    })
    expect(await seen('net.(*Resolver).goLookupIPCNAMEOrder\0os/user.readColonFile')).toEqual({
      resolver: 'go',
      users: 'files',
    })
    expect(await seen('goLookupIPCNAMEOrder\0syscall.GetAddrInfoW\0os/user.getCurrentToken')).toEqual({
      resolver: 'system',
      users: 'system',
    })
    expect(await seen('net._C2func_getaddrinfo', { '-tags': 'x,netcgo' })).toEqual({ resolver: 'libc' })
  })

  test('a name that C code imports for itself is no proof, and no name is no answer', async () => {
    expect(await seen('\0getaddrinfo\0getpwuid_r\0')).toEqual({})
  })

  test('a name across two pieces of the file is found', async () => {
    expect(await seen(`${pad}net._C2func_getaddrinfo${pad}`)).toEqual({ resolver: 'go-or-libc' })
  })
})

describe('compareNames', () => {
  test('a program that does as its packages say, or shows nothing, is no mismatch', () => {
    const pure = { resolver: 'go', users: 'files' } as const
    expect(compareNames(pure, pure, { CGO_ENABLED: '0' })).toEqual([])
    expect(compareNames({ resolver: 'go-or-libc', users: 'libc' }, {}, { CGO_ENABLED: '1' })).toEqual([])
    // Linked for other look-ups than those of addresses, perhaps.
    expect(compareNames({ resolver: 'go-or-libc' }, { resolver: 'go' }, { CGO_ENABLED: '1' })).toEqual([])
  })

  test('a program that does otherwise is one', () => {
    expect(compareNames({ resolver: 'go', users: 'files' }, { resolver: 'go-or-libc', users: 'libc' }, {})).toEqual([
      "It calls libc to look up hosts, and its packages are those of Go's own resolver.",
      'It asks libc for users, and its packages are those that read /etc/passwd.',
    ])
    const tags = { '-tags': 'netgo,osusergo', CGO_ENABLED: '1' }
    expect(
      compareNames({ resolver: 'go-or-libc', users: 'libc' }, { resolver: 'go', users: 'files' }, tags),
    ).toHaveLength(2)
  })
})
