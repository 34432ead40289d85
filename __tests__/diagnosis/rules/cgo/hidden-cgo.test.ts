import { describe, expect, test } from '@jest/globals'

import { cgoSeen, dbCheckout, difference, imported, mainImport } from '../../../helpers/cgo-case.ts'
import { observe, rulesOf } from '../../../helpers/rule-case.ts'

describe('hidden-cgo', () => {
  test('is an error where nothing is left of a package, at its import and its require line', async () => {
    expect(await observe(cgoSeen({ differences: [difference()] }), dbCheckout)).toMatchObject([
      {
        rule: 'hidden-cgo',
        severity: 'error',
        confidence: 'certain',
        title: 'example.com/db/sqlite is gone without cgo',
        message:
          'example.com/db/sqlite (example.com/db@v1.0.0) consists of files that need cgo alone (sqlite.go), and cgo is off, as by default for a cross build: nothing is left of it.',
        locations: [mainImport, { file: 'go.mod', line: 3 }],
        targets: ['linux/arm64'],
        module: 'example.com/db',
        version: 'v1.0.0',
        fix: { commands: ['GOOS=linux GOARCH=arm64 CGO_ENABLED=1 CC=<C compiler for linux/arm64> go build ./...'] },
      },
    ])
  })

  test('names the way through dependencies, and what is known to take the place', async () => {
    const chain = ['example.com/app/store', 'example.com/orm', 'github.com/DataDog/zstd']
    const module = { path: 'github.com/DataDog/zstd', version: 'v1.5.7' }
    const seen = cgoSeen({ differences: [difference({ package: 'github.com/DataDog/zstd', module, chain })] })
    const [finding] = await observe(seen, dbCheckout)
    expect(finding?.message).toContain('The way there: example.com/app/store → example.com/orm.')
    expect(finding?.fix.summary).toContain('github.com/klauspost/compress/zstd')
  })

  test('files that are missed are an error, files that nobody misses are none', async () => {
    const shrunk = { change: 'shrunk' as const, cgoFiles: ['c.go'] }
    const missed = await observe(cgoSeen({ differences: [difference({ ...shrunk, stillUsed: ['open (db.go)'] })] }))
    expect(missed).toMatchObject([{ rule: 'hidden-cgo', severity: 'error', confidence: 'likely' }])
    expect(missed[0]?.message).toContain('What they declare is used: open (db.go), so it does not compile.')
    expect(await observe(cgoSeen({ differences: [difference(shrunk)] }))).toMatchObject([
      { rule: 'hidden-cgo', severity: 'notice' },
    ])
  })

  test('a program of the module that is silently not built is a warning, a package that nothing imports a notice', async () => {
    const { module: _, chain: __, ...own } = difference({ package: 'example.com/app/cmd/tool', passedOver: true })
    const program = await observe(cgoSeen({ differences: [{ ...own, program: true }] }))
    expect(program).toMatchObject([{ severity: 'warning', title: 'example.com/app/cmd/tool is not built without cgo' }])
    expect(program[0]?.message).toContain('the program is not built, and no command says so')
    expect(await observe(cgoSeen({ differences: [own] }))).toMatchObject([{ severity: 'notice' }])
    // With cgo on, a library of the module that nothing imports is nobody's loss.
    expect(await observe(cgoSeen({ enabled: true, reason: 'set', differences: [own] }))).toEqual([])
  })

  test('with cgo on it only says what would be, and nothing when another target shows it', async () => {
    const on = { enabled: true, reason: 'set' as const }
    expect(await observe(cgoSeen({ ...on, differences: [difference()] }))).toMatchObject([{ severity: 'notice' }])
    expect(await observe(cgoSeen({ ...on, differences: [difference({ offOn: ['linux/arm64'] })] }))).toEqual([])
  })

  test('a port without cgo is not told to switch it on', async () => {
    const seen = cgoSeen({
      target: { goos: 'js', goarch: 'wasm' },
      reason: 'unsupported',
      differences: [difference()],
    })
    const [finding] = await observe(seen, dbCheckout)
    expect(finding?.message).toContain('js/wasm has no cgo')
    expect(finding?.fix.commands ?? []).toEqual([])
    expect(finding?.fix.summary).not.toContain('CGO_ENABLED=1')
  })

  test('leaves stubs, fallbacks and ignored files to their rules', async () => {
    const others = await observe(
      cgoSeen({
        differences: [
          difference({ change: 'swapped', stub: true, replacementFiles: ['stub.go'] }),
          difference({ package: 'example.com/b', change: 'swapped', replacementFiles: ['pure.go'] }),
          difference({ package: 'example.com/c', change: 'ignored', cgoFiles: [], otherFiles: ['x.c'] }),
        ],
        imports: [imported({})],
      }),
    )
    expect([...rulesOf(others)].sort()).toEqual(['c-files-ignored', 'cgo-fallback', 'hidden-stub', 'plugin-stub'])
  })
})
