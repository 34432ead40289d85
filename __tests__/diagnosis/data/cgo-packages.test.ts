import { describe, expect, test } from '@jest/globals'

import { knownCgoPackage, knownCgoPackages } from '../../../src/diagnosis/data/cgo-packages.ts'

const importPath = /^[a-z0-9.-]+\.[a-z]+\/[\w./-]+[\w-]$/i

describe('the known packages that need cgo', () => {
  test('each is there once', () => {
    const paths = knownCgoPackages.map(({ path }) => path)
    expect(paths).toEqual([...new Set(paths)])
    expect(paths.length).toBeGreaterThan(25)
  })

  test.each(knownCgoPackages)('$path: what becomes of it, where that was seen, what to use', (one) => {
    expect(one.path).toMatch(importPath)
    expect(one.checked).toMatch(/^v\d+\.\d+\.\d+/)
    const url = new URL(one.source)
    expect(url.protocol).toBe('https:')
    // The file at the version that was looked at, so that what it says stays what it said.
    expect(url.pathname).toMatch(/^\/[\w.-]+\/[\w.-]+\/blob\/[\w.-]+\/.+\.go$/)
    expect(one.checked).toContain(url.pathname.split('/')[4])
    for (const other of one.instead) {
      expect(other).toMatch(importPath)
      expect(knownCgoPackage(other)).toBeUndefined()
    }
    expect(new Set(one.instead).size).toBe(one.instead.length)
    if (one.note !== undefined) expect(one.note).toMatch(/^\S.*\.$/)
  })

  test('are found by package, by file, and by the longest path', () => {
    expect(knownCgoPackage('github.com/mattn/go-sqlite3')?.without).toBe('stub')
    expect(knownCgoPackage('github.com/mattn/go-sqlite3@v1.14.22/sqlite3.go')?.without).toBe('stub')
    expect(knownCgoPackage('github.com/confluentinc/confluent-kafka-go/v2/kafka')?.without).toBe('broken')
    expect(knownCgoPackage('github.com/coreos/go-systemd/v22/sdjournal')?.without).toBe('gone')
    expect(knownCgoPackage('github.com/ethereum/go-ethereum/crypto/secp256k1')?.without).toBe('broken')
    expect(knownCgoPackage('github.com/ethereum/go-ethereum/crypto')?.without).toBe('fallback')
  })

  test('are not found by a part of a name', () => {
    expect(knownCgoPackage('github.com/mattn/go-sqlite3x')).toBeUndefined()
    expect(knownCgoPackage('example.com/github.com/mattn/go-sqlite3')).toBeUndefined()
    expect(knownCgoPackage('github.com/coreos/go-systemd/v22/journal')).toBeUndefined()
  })
})
