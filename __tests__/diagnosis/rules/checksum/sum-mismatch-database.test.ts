import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: example.com/lib@v1.0.0: verifying module: checksum mismatch
	downloaded: h1:MWrsb+MdYGFVoVAWThwosSi5u4gGoooaXj08PPMUDbw=
	sum.test: h1:8bFSgm62HmIvYoywbNSFYOa9ZQB3oLVCIP+iNmhXVYg=

SECURITY ERROR
This download does NOT match the one reported by the checksum server.
The bits may have been replaced on the origin server, or an attacker may
have intercepted the download attempt.

For more information, see 'go help module-auth'.`

const other = `go: downloading example.com/lib v1.0.0
verifying example.com/lib@v1.0.0: checksum mismatch
	downloaded: h1:MWrsb+MdYGFVoVAWThwosSi5u4gGoooaXj08PPMUDbw=
	go.sum:     h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=

SECURITY ERROR
This download does NOT match an earlier download recorded in go.sum.
The bits may have been replaced on the origin server, or an attacker may
have intercepted the download attempt.

For more information, see 'go help module-auth'.`

describe('sum-mismatch-database', () => {
  test('names module, hashes and the database', async () => {
    expect(
      await explain(printed, {
        facts: checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' }),
      }),
    ).toMatchObject([
      {
        rule: 'sum-mismatch-database',
        severity: 'error',
        confidence: 'likely',
        message:
          'example.com/lib@v1.0.0 was downloaded as h1:MWrsb+MdYGFVoVAWThwosSi5u4gGoooaXj08PPMUDbw=, but sum.test recorded h1:8bFSgm62HmIvYoywbNSFYOa9ZQB3oLVCIP+iNmhXVYg= when it was first published: the tag was moved, or the proxy serves other bytes.',
        fix: { commands: ['go list -m -versions example.com/lib', 'go get example.com/lib@latest'] },
        locations: [{ file: 'go.mod', line: 5 }],
        module: 'example.com/lib',
        version: 'v1.0.0',
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['sum-mismatch'])
  })
})
