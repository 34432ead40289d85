import { describe, expect, test } from '@jest/globals'
import type { CgoDifference, CgoObservation } from '../../../../src/domain/observation.ts'
import { checkout, observe } from '../../../helpers/rule-case.ts'

const facts = checkout({ mod: 'module example.com/app\n\nrequire example.com/sqlite v1.0.0\n' })
const seen = (enabled: boolean, difference: Partial<CgoDifference>): CgoObservation => ({
  kind: 'cgo',
  probe: 'cgo',
  target: { goos: 'linux', goarch: 'arm64' },
  enabled,
  differences: [
    {
      package: 'example.com/sqlite',
      module: { path: 'example.com/sqlite', version: 'v1.0.0' },
      change: 'gone',
      cgoFiles: ['sqlite.go'],
      replacementFiles: [],
      stub: false,
      ...difference,
    },
  ],
})

describe('hidden-cgo', () => {
  test('is an error when nothing is left of a package', async () => {
    expect(await observe(seen(false, { importedAt: { file: 'main.go', line: 4 } }), facts)).toMatchObject([
      {
        rule: 'hidden-cgo',
        severity: 'error',
        confidence: 'certain',
        message:
          'example.com/sqlite (example.com/sqlite@v1.0.0) consists of cgo files alone, and cgo is off for this target: nothing is left of it.',
        locations: [{ file: 'main.go', line: 4 }],
        targets: ['linux/arm64'],
      },
    ])
  })

  test('warns of a stub that builds and does not work', async () => {
    const [finding] = await observe(
      seen(false, { change: 'swapped', stub: true, replacementFiles: ['static_mock.go'] }),
      facts,
    )
    expect(finding).toMatchObject({
      severity: 'warning',
      confidence: 'likely',
      locations: [{ file: 'go.mod', line: 3 }],
    })
    expect(finding?.message).toContain('a stub (static_mock.go) that builds and only returns errors')
  })

  test('only mentions what would happen where cgo is on', async () => {
    expect(await observe(seen(true, {}), facts)).toMatchObject([{ severity: 'notice' }])
  })

  test('is silent about a real replacement', async () => {
    expect(await observe(seen(false, { change: 'swapped', replacementFiles: ['pure.go'] }), facts)).toEqual([])
  })
})
