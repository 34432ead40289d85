import { describe, expect, test } from '@jest/globals'

import { cgoSeen, dbCheckout, difference, imported, mainImport } from '../../../helpers/cgo-case.ts'
import { observe, rulesOf } from '../../../helpers/rule-case.ts'

const stub = { change: 'swapped', stub: true, replacementFiles: ['stub.go'] } as const

describe('hidden-stub', () => {
  test('warns of a package that builds and does not work, in its own words', async () => {
    const seen = cgoSeen({ differences: [difference({ ...stub, stubSays: 'sqlite: built without cgo' })] })
    expect(await observe(seen, dbCheckout)).toMatchObject([
      {
        rule: 'hidden-stub',
        severity: 'warning',
        confidence: 'likely',
        message:
          'example.com/db/sqlite (example.com/db@v1.0.0) is a stub (stub.go) that builds and only returns errors: “sqlite: built without cgo”; cgo is off, as by default for a cross build.',
        locations: [mainImport, { file: 'go.mod', line: 3 }],
        evidence: { excerpt: expect.stringContaining('CGO_ENABLED=0 go list: stub.go') },
      },
    ])
  })

  test('is certain of a package that somebody has looked at, and names what to use', async () => {
    const module = { path: 'github.com/mattn/go-sqlite3', version: 'v1.14.53' }
    const [finding] = await observe(cgoSeen({ differences: [difference({ ...stub, package: module.path, module })] }))
    expect(finding).toMatchObject({ severity: 'warning', confidence: 'certain', module: module.path })
    expect(finding?.message).toMatch(/^github\.com\/mattn\/go-sqlite3@v1\.14\.53 is a stub/)
    expect(finding?.fix.summary).toContain('modernc.org/sqlite')
  })

  test('a part that refuses is a notice, and so is a stub that only a dependency imports', async () => {
    const [part] = await observe(cgoSeen({ differences: [difference({ ...stub, stubNames: ['Watch', 'Close'] })] }))
    expect(part).toMatchObject({
      severity: 'notice',
      title: 'Without cgo a part of example.com/db/sqlite only returns errors',
    })
    expect(part?.message).toContain('stays, but Watch and Close only return errors (stub.go)')
    const chain = ['example.com/app', 'example.com/orm', 'github.com/mattn/go-sqlite3']
    expect(await observe(cgoSeen({ differences: [difference({ ...stub, chain })] }))).toMatchObject([
      { severity: 'notice' },
    ])
    // One that is known to leave programs dead is told all the same.
    const known = difference({ ...stub, chain, package: 'github.com/mattn/go-sqlite3' })
    expect(await observe(cgoSeen({ differences: [known] }))).toMatchObject([{ severity: 'warning' }])
  })

  test('with cgo on it is a notice, once no other target has it', async () => {
    const on = { enabled: true, reason: 'set' as const }
    expect(await observe(cgoSeen({ ...on, differences: [difference(stub)] }))).toMatchObject([{ severity: 'notice' }])
    expect(await observe(cgoSeen({ ...on, differences: [difference({ ...stub, offOn: ['linux/386'] })] }))).toEqual([])
  })

  test('says nothing of a stand-in that works', async () => {
    const seen = cgoSeen({ differences: [difference({ ...stub, stub: false })], imports: [imported({ stub: false })] })
    expect(rulesOf(await observe(seen))).toEqual(['cgo-fallback'])
  })
})
