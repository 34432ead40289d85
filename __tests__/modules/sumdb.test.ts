import { describe, expect, test } from '@jest/globals'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

import { createChecksumDatabase, lookupChecksums } from '../../src/modules/sumdb/client.ts'
import {
  matchPrefixPatterns,
  parseGoSumDb,
  skipReason,
  toolchainNeedsDatabase,
} from '../../src/modules/sumdb/config.ts'
import { openNote, parseVerifier } from '../../src/modules/sumdb/note.ts'
import { checkInclusion, tilePath, tilesForProof } from '../../src/modules/sumdb/tiles.ts'
import { parseRecord, parseTreeHead, recordHash } from '../../src/modules/sumdb/tlog.ts'
import { createNodeSystem } from '../../src/system/node/system.ts'
import type { HttpOptions } from '../../src/system/types.ts'
import { serve, type LocalServer, type Reply } from '../helpers/serve.ts'
import { makeLog, recordFor, type TransparencyLog } from '../helpers/transparency-log.ts'

const real = createNodeSystem({ env: {} })
const system = { ...real, clock: { ...real.clock, sleep: async () => undefined } }
/** Hangs are given up after a moment instead of the product's twenty seconds. */
const impatient = {
  ...system,
  http: {
    ...system.http,
    get: (url: string, options: HttpOptions) => system.http.get(url, { ...options, timeoutSeconds: 0.3 }),
  },
}
const zip = `h1:${'Z'.repeat(42)}Y=`
const mod = `h1:${'M'.repeat(42)}8=`
const wanted = { path: 'example.com/Wanted', version: 'v1.2.3' }
const lookupPath = 'lookup/example.com/!wanted@v1.2.3'
const size = 600
const at = 300

const records = Array.from({ length: size }, (_, id) =>
  id === at
    ? recordFor(wanted.path, wanted.version, zip, mod)
    : recordFor('example.com/other', `v0.0.${String(id)}`, zip),
)
const lookups = { 'example.com/!wanted@v1.2.3': at }
const good = makeLog(records, lookups)

const withServer = async <T>(answer: (path: string) => Reply, use: (server: LocalServer) => Promise<T>): Promise<T> => {
  const server = await serve(answer)
  try {
    return await use(server)
  } finally {
    await server.close()
  }
}
const ask = (log: TransparencyLog, answer: (path: string) => Reply = log.serve, machine: typeof system = system) =>
  withServer(answer, (server) => lookupChecksums(machine, { gosumdb: `${log.key} ${server.url}` }, wanted))

describe('a look-up', () => {
  test('returns what the record holds, proven', async () => {
    expect(await ask(good)).toEqual({ kind: 'record', zip, mod, database: 'sum.example' })
  })

  test('a wrong signature is refused', async () => {
    const forged = makeLog(records, lookups, {
      note: (text, signed) => signed(text).replace(String(size), String(size + 1)),
    })
    expect(await ask(forged)).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('the signature of sum.example is wrong'),
    })
  })

  test('a note that another key signed is refused, whatever it proves', async () => {
    const other = makeLog(records, lookups)
    expect(await ask({ ...other, key: good.key })).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('not signed by sum.example'),
    })
  })

  test('a record that is not in the tree is refused', async () => {
    const answer = (path: string): Reply => {
      const true_ = good.serve(path)
      return path === lookupPath ? true_?.toString().replace('ZZZZ', 'XXXX') : true_
    }
    expect(await ask(good, answer)).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('not the one in the tree'),
    })
    const beyond = (path: string): Reply =>
      path === lookupPath ? good.serve(path)?.toString().replace('300\n', '600\n') : good.serve(path)
    expect(await ask(good, beyond)).toMatchObject({ reason: expect.stringContaining('not in the tree') })
  })

  test('a proven record without the wanted line is no answer (CVE-2026-42501)', async () => {
    const misled = makeLog(records, { 'example.com/!wanted@v1.2.3': 17 })
    expect(await ask(misled)).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('exactly one hash for the zip'),
    })
  })

  test('a wanted line outside the proven record does not count (CVE-2026-56864)', async () => {
    const misled = makeLog(
      records,
      { 'example.com/!wanted@v1.2.3': 17 },
      // Signed text may go on after the three lines of the head.
      { note: (text, signed) => signed(text + recordFor(wanted.path, wanted.version, zip, mod)) },
    )
    expect(await ask(misled)).toMatchObject({ kind: 'unavailable' })
  })

  test.each([
    [
      'two hashes for the zip',
      `${recordFor(wanted.path, wanted.version, zip, mod)}${wanted.path} ${wanted.version} ${mod}\n`,
    ],
    ['no hash for go.mod', `${wanted.path} ${wanted.version} ${zip}\n`],
    ['a longer line', `${wanted.path} ${wanted.version} ${zip} x\n${wanted.path} ${wanted.version}/go.mod ${mod}\n`],
    ['another algorithm', `${wanted.path} ${wanted.version} h2:x\n${wanted.path} ${wanted.version}/go.mod ${mod}\n`],
  ])('a record with %s is no answer', async (_, record) => {
    expect(await ask(makeLog([record, 'a\n', 'b\n'], { 'example.com/!wanted@v1.2.3': 0 }))).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('exactly one hash'),
    })
  })

  test('a tampered tile is refused', async () => {
    const broken = (path: string): Reply => {
      const content = good.serve(path)
      if (content === undefined || !path.startsWith('tile/8/1/')) return content
      const copy = Buffer.from(content)
      copy[3] = (copy[3] ?? 0) ^ 1
      return copy
    }
    expect(await ask(good, broken)).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('refused') })
    const short = (path: string): Reply => (path.startsWith('tile/') ? good.serve(path)?.subarray(1) : good.serve(path))
    expect(await ask(good, short)).toMatchObject({ reason: expect.stringContaining('wrong length') })
  })

  test('a tile that has grown full is cut to what the tree has of it', async () => {
    const more = makeLog([...records, ...Array.from({ length: 200 }, (_, id) => `later ${String(id)}\n`)], {})
    const grown = (path: string): Reply => {
      if (path === 'tile/8/0/002.p/88') return undefined
      return path === 'tile/8/0/002' ? more.tiles.get(path) : good.serve(path)
    }
    expect(await ask(good, grown)).toMatchObject({ kind: 'record', zip })
  })

  test('404 and 410 mean that there is no record', async () => {
    expect(await ask(good, (path) => (path === lookupPath ? 404 : good.serve(path)))).toEqual({
      kind: 'missing',
      database: 'sum.example',
    })
    expect(await ask(good, () => 410)).toMatchObject({ kind: 'missing' })
  })

  test('a missing tile, a failing or a hanging server and nonsense are no answer', async () => {
    const withoutTiles = (path: string): Reply => (path.startsWith('tile/') ? undefined : good.serve(path))
    expect(await ask(good, withoutTiles)).toMatchObject({ reason: expect.stringContaining('which the proof needs') })
    expect(await ask(good, () => 500)).toMatchObject({ reason: 'sum.example answers with HTTP status 500' })
    expect(await ask(good, () => ({ hang: true }), impatient)).toMatchObject({
      reason: expect.stringContaining('no answer within'),
    })
    expect(await ask(good, () => '<html>Please sign in</html>')).toMatchObject({
      reason: expect.stringContaining('no record'),
    })
    expect(await ask(good, () => Buffer.of(0xff, 0x0a))).toMatchObject({ reason: expect.stringContaining('not UTF-8') })
  })

  test('a second look-up asks for no tile that the first has proven', async () => {
    await withServer(good.serve, async (server) => {
      const database = createChecksumDatabase(system, { gosumdb: `${good.key} ${server.url}` })
      expect((await database.lookup(wanted)).kind).toBe('record')
      const before = server.asked.length
      expect((await database.lookup(wanted)).kind).toBe('record')
      expect(server.asked.slice(before)).toEqual([lookupPath])
    })
  })

  test('a tile is proven before it is kept', async () => {
    let lie = true
    const answer = (path: string): Reply => {
      const content = good.serve(path)
      return lie && path === 'tile/8/0/001' ? Buffer.alloc(256 * 32) : content
    }
    await withServer(answer, async (server) => {
      const database = createChecksumDatabase(system, { gosumdb: `${good.key} ${server.url}` })
      expect((await database.lookup(wanted)).kind).toBe('unavailable')
      lie = false
      expect((await database.lookup(wanted)).kind).toBe('record')
    })
  })
})

describe('the way to the database', () => {
  const name = 'sum.example'
  const passOn = (path: string): Reply => {
    if (path === `sumdb/${name}/supported`) return ''
    return path.startsWith(`sumdb/${name}/`) ? good.serve(path.slice(`sumdb/${name}/`.length)) : undefined
  }

  test('the first proxy that passes look-ups on is used, the others are asked in turn', async () => {
    await withServer(passOn, (yes) =>
      withServer(
        () => 404,
        async (no) => {
          const config = { gosumdb: good.key, goproxy: `${no.url}/,${yes.url},direct` }
          expect(await lookupChecksums(system, config, wanted)).toMatchObject({ kind: 'record', zip })
          expect(no.asked).toEqual([`sumdb/${name}/supported`])
        },
      ),
    )
  })

  test('a proxy that fails ends the search, unless it is written with |', async () => {
    await withServer(passOn, (yes) =>
      withServer(
        () => 403,
        async (broken) => {
          const strict = { gosumdb: good.key, goproxy: `${broken.url},${yes.url}` }
          expect(await lookupChecksums(system, strict, wanted)).toMatchObject({
            kind: 'unavailable',
            reason: expect.stringContaining('403'),
          })
          expect(yes.asked).toEqual([])
          const lenient = { gosumdb: good.key, goproxy: `${broken.url}|${yes.url}` }
          expect(await lookupChecksums(system, lenient, wanted)).toMatchObject({ kind: 'record' })
        },
      ),
    )
  })

  test('without such a proxy the database itself is asked', async () => {
    const asked: string[] = []
    const http = {
      ...system.http,
      get: async (url: string) => {
        asked.push(url)
        throw new Error('no network here')
      },
    }
    await lookupChecksums({ ...system, http }, { gosumdb: good.key, goproxy: 'direct' }, wanted)
    await lookupChecksums({ ...system, http }, { goproxy: 'off' }, wanted)
    expect(asked).toEqual([`https://${name}/${lookupPath}`, `https://sum.golang.org/${lookupPath}`])
  })

  test('a folder can be the database', async () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'sumdb-test-'))
    try {
      for (const [file, content] of [...good.tiles, [lookupPath, good.serve(lookupPath) ?? Buffer.of()] as const]) {
        mkdirSync(path.dirname(path.join(dir, 'sumdb', name, file)), { recursive: true })
        writeFileSync(path.join(dir, 'sumdb', name, file), content)
      }
      writeFileSync(path.join(dir, 'sumdb', name, 'supported'), '')
      const config = { gosumdb: good.key, goproxy: pathToFileURL(dir).href }
      expect(await lookupChecksums(system, config, wanted)).toMatchObject({ kind: 'record', zip })
    } finally {
      rmSync(dir, { recursive: true })
    }
  })
})

describe('the proof', () => {
  test('holds for every record of trees of every shape, and for no other record', () => {
    for (const count of [1, 2, 3, 7, 255, 256, 257, 511, 512, 513, 600]) {
      const texts = Array.from({ length: count }, (_, id) => `record ${String(id)}\n`)
      const log = makeLog(texts, {})
      const tree = { size: count, hash: log.root }
      const read = (tile: Parameters<typeof tilePath>[0]): Uint8Array => log.tiles.get(tilePath(tile)) ?? Buffer.of()
      for (let id = 0; id < count; id += count > 100 ? 37 : 1) {
        expect(() => checkInclusion(tree, id, recordHash(Buffer.from(`record ${String(id)}\n`)), read)).not.toThrow()
        expect(() => checkInclusion(tree, id, recordHash(Buffer.from('another\n')), read)).toThrow()
      }
      const last = count - 1
      expect(() => checkInclusion(tree, last, recordHash(Buffer.from(`record ${String(last)}\n`)), read)).not.toThrow()
    }
  })

  test('depends on every hash of every tile it fetches (CVE-2026-56865)', () => {
    const log = makeLog(
      Array.from({ length: 65_536 + 700 }, (_, id) => `record ${String(id)}\n`),
      {},
    )
    const tree = { size: 65_536 + 700, hash: log.root }
    for (const id of [5, 40_000, 65_536 + 300, 65_536 + 699]) {
      const leaf = recordHash(Buffer.from(`record ${String(id)}\n`))
      const tiles = tilesForProof(tree.size, id)
      const contents = new Map(tiles.map((tile) => [tilePath(tile), Buffer.from(log.tiles.get(tilePath(tile)) ?? '')]))
      const check = (): void => checkInclusion(tree, id, leaf, (tile) => contents.get(tilePath(tile)) ?? Buffer.of())
      expect(check).not.toThrow()
      expect(tiles.length).toBeGreaterThanOrEqual(3)
      for (const [name, content] of contents) {
        // Each seventh: all of them take ten seconds and have been seen to pass.
        for (let hash = 0; hash < content.length; hash += 32 * 7) {
          content[hash] = (content[hash] ?? 0) ^ 1
          let refused = false
          try {
            check()
          } catch {
            refused = true
          }
          content[hash] = (content[hash] ?? 0) ^ 1
          if (!refused)
            throw new Error(`a change of hash ${String(hash / 32)} of ${name} went unseen for record ${String(id)}`)
        }
      }
    }
  })

  test('paths of tiles', () => {
    expect(tilePath({ level: 0, index: 5, width: 256 })).toBe('tile/8/0/005')
    expect(tilePath({ level: 2, index: 1_234_067, width: 7 })).toBe('tile/8/2/x001/x234/067.p/7')
    expect(tilePath({ level: 1, index: 1000, width: 256 })).toBe('tile/8/1/x001/000')
  })
})

describe('notes, heads and records', () => {
  // The signed head of a real answer of the Go checksum database.
  const head = [
    'go.sum database tree',
    '66398721',
    '5oXTdOltbW8oy+WAHSPYkUE7FskIY/5ZJCYGy+buJ3g=',
    '',
    '\u2014 sum.golang.org Az3grkwAPWdf0j0QaqFdZ3Hg/pDusO9we04GR+upDAujfj+kau8VzeyO7Xqw0j0qZNnwMvwiV98DluG2iyB8t4v4WQU=',
    '',
  ].join('\n')
  const { verifier } = parseGoSumDb('sum.golang.org')

  test("Go's own database", () => {
    expect(parseTreeHead(openNote(Buffer.from(head), verifier)).size).toBe(66_398_721)
    expect(() => openNote(Buffer.from(head.replace('66398721', '66398722')), verifier)).toThrow('is wrong')
  })

  test('a signature of somebody else beside it does no harm, nor any good', () => {
    const other = `\u2014 other.example ${Buffer.alloc(68).toString('base64')}\n`
    expect(openNote(Buffer.from(head + other), verifier)).toContain('66398721')
    const { verifier: stranger } = parseGoSumDb(makeLog(['x\n'], {}).key)
    expect(() => openNote(Buffer.from(head + other), stranger)).toThrow('not signed by sum.example')
  })

  test.each([
    ['no blank line', 'text\n\u2014 a b\n'],
    ['no end of line', head.slice(0, -1)],
    ['a control character', head.replace('tree', 'tree\t')],
    ['no signature line', 'text\n\n'],
  ])('a note with %s is refused', (_, note) => {
    expect(() => openNote(Buffer.from(note), verifier)).toThrow()
  })

  test.each(['', 'sum.example', 'sum.example+00000000+AQ==', 'a b+00000000+AQ==', good.key.replace(/.$/, 'x')])(
    'a key that is none: %j',
    (key) => {
      expect(() => parseVerifier(key)).toThrow()
    },
  )

  test('malformed heads and records', () => {
    for (const bad of [
      '',
      'go.sum database tree\n5\n',
      'other\n5\nAAAA\n',
      `go.sum database tree\n05\n${'A'.repeat(43)}=\n`,
    ]) {
      expect(() => parseTreeHead(bad)).toThrow('no tree head')
    }
    for (const bad of ['', '5', '5\nx\n', '-5\nx\n\n', 'x\n\n', '5e3\nx\n\n']) {
      expect(() => parseRecord(Buffer.from(bad))).toThrow()
    }
    expect(parseRecord(Buffer.from('5\na\nb\n\nnote\n'))).toEqual({
      id: 5,
      text: 'a\nb\n',
      note: Buffer.from('note\n'),
    })
  })
})

describe('what is looked up', () => {
  test('private paths are not, toolchains always are', () => {
    expect(skipReason({}, 'example.com/a')).toBeUndefined()
    expect(skipReason({ gosumdb: 'off' }, 'example.com/a')).toContain('GOSUMDB=off')
    expect(skipReason({ goprivate: '*.corp.example,example.com/a' }, 'example.com/a/b')).toContain('GOPRIVATE')
    expect(skipReason({ goprivate: 'example.com', gonosumdb: 'other.example' }, 'example.com/a')).toBeUndefined()
    expect(skipReason({ gonosumdb: '*' }, 'golang.org/toolchain')).toBeUndefined()
    expect(skipReason({ gosumdb: 'off' }, 'golang.org/toolchain')).toContain('GOSUMDB=off')
  })

  test('a toolchain is taken without the database from a single file proxy alone', () => {
    expect(toolchainNeedsDatabase({ goproxy: 'file:///mirror' })).toBe(false)
    for (const goproxy of ['file:///mirror,direct', 'file:///a|file:///b', 'https://p.example', '']) {
      expect(toolchainNeedsDatabase({ goproxy })).toBe(true)
    }
  })

  test.each([
    ['*.example.com', 'git.example.com/x', true],
    ['*.example.com', 'example.com/x', false],
    ['example.com/a', 'example.com/ab', false],
    ['example.com/a/', 'example.com/a/b', true],
    ['example.com/?', 'example.com/ab', false],
    ['example.com/[a-c]*', 'example.com/bcd/e', true],
    ['example.com/[^a-c]', 'example.com/b', false],
    ['example.com/*/c', 'example.com/b/c/d', true],
    ['example.com/\\*', 'example.com/x', false],
    [' example.com , other.example', 'other.example/x', true],
    ['', 'example.com', false],
    [',,', 'example.com', false],
    ['a*a*a*a*a*a*a*a*a*b', 'a'.repeat(5000), false],
  ])('%s and %s', (patterns, target, matches) => {
    expect(matchPrefixPatterns(patterns, target)).toBe(matches)
  })

  test('GOSUMDB', () => {
    expect(parseGoSumDb('').verifier.name).toBe('sum.golang.org')
    expect(parseGoSumDb('sum.golang.google.cn')).toMatchObject({ base: 'https://sum.golang.google.cn' })
    expect(parseGoSumDb(`${good.key} https://mirror.example/db/`).base).toBe('https://mirror.example/db')
    for (const bad of ['sum.unknown.example', `${good.key} x y`, `${good.key} ftp://x`]) {
      expect(() => parseGoSumDb(bad)).toThrow('GOSUMDB')
    }
  })
})
