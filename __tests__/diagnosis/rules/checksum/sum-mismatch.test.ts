import { describe, expect, test } from '@jest/globals'
import type { ChecksumAnswer } from '../../../../src/domain/facts.ts'
import type { SumsObservation } from '../../../../src/domain/observation.ts'
import { checkout, explain, observe, rulesOf } from '../../../helpers/rule-case.ts'

const served = 'h1:MWrsb+MdYGFVoVAWThwosSi5u4gGoooaXj08PPMUDbw='
const recorded = 'h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
const modHash = 'h1:AhEHES9DrCB9xHcHc7+OtNtUEuN0z4wvrrUCNMTrrdo='

const printed = `go: downloading example.com/lib v1.0.0
verifying example.com/lib@v1.0.0: checksum mismatch
	downloaded: h1:MWrsb+MdYGFVoVAWThwosSi5u4gGoooaXj08PPMUDbw=
	go.sum:     h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=

SECURITY ERROR
This download does NOT match an earlier download recorded in go.sum.
The bits may have been replaced on the origin server, or an attacker may
have intercepted the download attempt.

For more information, see 'go help module-auth'.`

const emptyMod = `verifying example.com/lib@v1.0.0/go.mod: checksum mismatch
	downloaded: h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=
	go.sum:     h1:AhEHES9DrCB9xHcHc7+OtNtUEuN0z4wvrrUCNMTrrdo=`

const mod = 'module example.com/app\n\nrequire example.com/lib v1.0.0\n'
const sum = `example.com/lib v1.0.0 ${recorded}\nexample.com/lib v1.0.0/go.mod ${modHash}\n`
const answering = (answer: ChecksumAnswer) => checkout({ mod, sum, checksums: () => Promise.resolve(answer) })
const record = (zip: string): ChecksumAnswer => ({ kind: 'record', zip, mod: modHash, database: 'sum.golang.org' })

describe('sum-mismatch', () => {
  test('with context: blames the download when the database agrees with go.sum, and changes nothing in go.sum', async () => {
    const [finding] = await explain(printed, { facts: answering(record(recorded)) })
    expect(finding).toMatchObject({
      rule: 'sum-mismatch',
      severity: 'error',
      confidence: 'certain',
      module: 'example.com/lib',
      version: 'v1.0.0',
      locations: [{ file: 'go.sum', line: 1 }],
      fix: { commands: ['go clean -modcache', 'go mod download example.com/lib@v1.0.0'] },
    })
    expect(finding?.message).toContain('sum.golang.org confirms go.sum')
    expect(finding?.fix.diff).toBeUndefined()
  })

  test('prints the right line when the database agrees with the download', async () => {
    const [finding] = await explain(printed, { facts: answering(record(served)) })
    expect(finding).toMatchObject({ rule: 'sum-mismatch', confidence: 'certain' })
    expect(finding?.message).toContain('the line in go.sum is wrong')
    expect(finding?.fix.summary).toContain(`example.com/lib v1.0.0 ${served}`)
    expect(finding?.fix.diff).toBe(
      `--- a/go.sum\n+++ b/go.sum\n@@ -1,2 +1,2 @@\n-example.com/lib v1.0.0 ${recorded}\n+example.com/lib v1.0.0 ${served}\n example.com/lib v1.0.0/go.mod ${modHash}\n`,
    )
  })

  test('stops everything when the database agrees with neither', async () => {
    const [finding] = await explain(printed, {
      facts: answering(record('h1:8bFSgm62HmIvYoywbNSFYOa9ZQB3oLVCIP+iNmhXVYg=')),
    })
    expect(finding?.message).toContain('security incident')
    expect(finding?.fix.summary).toMatch(/^Stop: /)
    expect(finding?.fix.commands).toBeUndefined()
  })

  test('takes a module that the database does not know for one whose tag was moved', async () => {
    const [finding] = await explain(printed, { facts: answering({ kind: 'missing', database: 'sum.golang.org' }) })
    expect(finding).toMatchObject({ confidence: 'likely', module: 'example.com/lib' })
    expect(finding?.fix.summary).toContain('GOPRIVATE=example.com/lib')
  })

  test('names the causes that remain of a pasted log, and the command that tells them apart', async () => {
    const [finding] = await explain(printed)
    expect(finding).toMatchObject({ rule: 'sum-mismatch', confidence: 'likely', locations: [] })
    expect(finding?.message).toContain('Likeliest first')
    expect(finding?.fix.commands).toEqual([
      'cd "$(mktemp -d)" && GOMODCACHE="$PWD/cache" go mod download -json example.com/lib@v1.0.0',
    ])
  })

  test('knows the hash of an empty go.mod', async () => {
    const [finding] = await explain(emptyMod)
    expect(finding).toMatchObject({ rule: 'sum-mismatch', confidence: 'certain' })
    expect(finding?.message).toContain('empty go.mod')
  })

  test('judges what the module cache holds in the same way', async () => {
    const observation: SumsObservation = {
      kind: 'sums',
      probe: 'verify',
      module: '.',
      checked: 3,
      mismatches: [
        {
          path: 'example.com/lib',
          version: 'v1.0.0',
          file: 'zip',
          goSumPath: 'sub/go.sum',
          goSum: { path: 'example.com/lib', version: 'v1.0.0', file: 'zip', hash: recorded, line: 7 },
          cached: served,
        },
      ],
      notDownloaded: [],
      unhashed: [],
    }
    const [finding] = await observe(observation, answering(record(recorded)))
    expect(finding).toMatchObject({
      rule: 'sum-mismatch',
      severity: 'error',
      locations: [{ file: 'sub/go.sum', line: 7 }],
    })
    expect(finding?.message).toContain('the module cache is not the module that was published')
    expect(await observe({ ...observation, mismatches: [] })).toEqual([])
  })

  test('leaves a difference from the database to its own rule', async () => {
    const other = `go: example.com/lib@v1.0.0: verifying module: checksum mismatch
	downloaded: h1:MWrsb+MdYGFVoVAWThwosSi5u4gGoooaXj08PPMUDbw=
	sum.test: h1:8bFSgm62HmIvYoywbNSFYOa9ZQB3oLVCIP+iNmhXVYg=`
    expect(rulesOf(await explain(other))).toEqual(['sum-mismatch-database'])
  })
})
