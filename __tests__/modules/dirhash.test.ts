import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { hash1, hashDir, hashGoMod, hashZip } from '../../src/modules/dirhash.ts'
import { readZip } from '../../src/modules/zip.ts'
import { createFiles } from '../../src/system/node/files.ts'
import { makeZip, type ZipFile } from '../helpers/make-zip.ts'

const files = createFiles()
let dir = ''
beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'dirhash-test-'))
})
afterAll(() => rmSync(dir, { recursive: true }))

const writeZip = (name: string, content: readonly ZipFile[]): string => {
  const at = path.join(dir, name)
  writeFileSync(at, makeZip(content))
  return at
}
const readAll = async (
  zip: string,
  limits?: { maxEntries: number; maxBytes: number },
): Promise<Record<string, string>> => {
  const found: Record<string, string> = {}
  await readZip(
    files,
    zip,
    async (entry, read) => {
      found[entry.name] = Buffer.from(await read()).toString()
    },
    limits,
  )
  return found
}

describe('h1', () => {
  test('an empty go.mod has the hash that Go knows', () => {
    expect(hashGoMod('')).toBe('h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=')
  })

  test('a known hash of golang.org/toolchain: its go.mod is one line', () => {
    // From the checksum database: golang.org/toolchain v0.0.1-go1.25.4.linux-amd64/go.mod
    expect(hashGoMod('module golang.org/toolchain\n')).toBe('h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0=')
  })

  test('zip and folder of the same module have the same hash, in the order of bytes', async () => {
    // U+FF5E sorts before U+1F600 by bytes and after it by UTF-16 units.
    const names = ['go.mod', 'B.go', 'a.go', 'sub/x.go', '\uff5e.txt', '\u{1f600}.txt']
    const prefix = 'example.com/M@v1.0.0'
    const zip = writeZip(
      'module.zip',
      names.map((name) => ({ name: `${prefix}/${name}`, content: `content of ${name}` })),
    )
    const unpacked = path.join(dir, 'unpacked')
    for (const name of names.toReversed()) {
      mkdirSync(path.dirname(path.join(unpacked, name)), { recursive: true })
      writeFileSync(path.join(unpacked, name), `content of ${name}`)
    }
    const hash = await hashZip(files, zip)
    expect(hash).toMatch(/^h1:.{43}=$/)
    expect(await hashDir(files, unpacked, prefix)).toBe(hash)
    const entries = [
      { name: '\u{1f600}', sha256: '00' },
      { name: '\uff5e', sha256: '11' },
    ]
    expect(hash1(entries)).toBe(hash1(entries.toReversed()))
    writeFileSync(path.join(unpacked, 'a.go'), 'changed')
    expect(await hashDir(files, unpacked, prefix)).not.toBe(hash)
  })

  test('a name with a line end has no hash', () => {
    expect(() => hash1([{ name: 'a\nb', sha256: '00' }])).toThrow('line end')
  })
})

describe('zip', () => {
  test('stored and packed, small, empty and large entries', async () => {
    const large = Buffer.alloc(3_000_000, 'large ')
    const zip = writeZip('mixed.zip', [
      { name: 'empty', content: '' },
      { name: 'stored', content: 'as it is', stored: true },
      { name: 'large', content: large },
      { name: 'large-stored', content: large, stored: true },
      { name: 'last', content: 'last' },
    ])
    const found = await readAll(zip)
    expect(Object.keys(found)).toEqual(['empty', 'stored', 'large', 'large-stored', 'last'])
    expect(found).toMatchObject({ empty: '', stored: 'as it is', last: 'last' })
    expect(found.large).toBe(large.toString())
    expect(found['large-stored']).toBe(large.toString())
  })

  test.each([
    ['../up', 'refused'],
    ['a/../../up', 'refused'],
    ['/abs', 'refused'],
    ['C:/windows', 'refused'],
    ['a\\b', 'refused'],
    ['a//b', 'refused'],
    ['./a', 'refused'],
  ])('a name that leads elsewhere: %s', async (name, message) => {
    await expect(readAll(writeZip('bad.zip', [{ name, content: 'x' }]))).rejects.toThrow(message)
  })

  test('a name that is not UTF-8, or comes twice', async () => {
    const latin = writeZip('latin.zip', [{ name: Buffer.of(0x61, 0xe4), content: 'x' }])
    await expect(readAll(latin)).rejects.toThrow('not UTF-8')
    const twice = writeZip('twice.zip', [
      { name: 'a', content: 'x' },
      { name: 'a', content: 'y' },
    ])
    await expect(readAll(twice)).rejects.toThrow('twice')
  })

  test('content that is not what the directory says', async () => {
    await expect(readAll(writeZip('crc.zip', [{ name: 'a', content: 'x', lie: { crc: 1 } }]))).rejects.toThrow(
      'damaged',
    )
    const bomb = writeZip('bomb.zip', [{ name: 'a', content: Buffer.alloc(1_000_000), lie: { bytes: 10 } }])
    await expect(readAll(bomb)).rejects.toThrow('damaged')
  })

  test('limits, and archives that are none', async () => {
    const zip = writeZip('two.zip', [
      { name: 'a', content: 'xx' },
      { name: 'b', content: 'yy' },
    ])
    await expect(readAll(zip, { maxEntries: 1, maxBytes: 100 })).rejects.toThrow('2 files')
    await expect(readAll(zip, { maxEntries: 2, maxBytes: 3 })).rejects.toThrow('larger than 3')
    writeFileSync(path.join(dir, 'no.zip'), 'no archive at all, but long enough to look into')
    await expect(readAll(path.join(dir, 'no.zip'))).rejects.toThrow()
    await expect(readAll(path.join(dir, 'absent.zip'))).rejects.toThrow('not there')
  })

  test('many entries are read in few reads', async () => {
    const many = Array.from({ length: 3000 }, (_, n) => ({
      name: `dir/file-${String(n)}`,
      content: `content ${String(n)}`,
    }))
    const zip = writeZip('many.zip', many)
    let reads = 0
    const counting = {
      stat: files.stat,
      readRange: (file: string, offset: number, length: number) => {
        reads++
        return files.readRange(file, offset, length)
      },
    }
    let entries = 0
    await readZip(counting, zip, async (_, read) => {
      entries += (await read()).length > 0 ? 1 : 0
    })
    expect(entries).toBe(3000)
    expect(reads).toBeLessThan(10)
  })
})
