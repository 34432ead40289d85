import { describe, expect, test } from '@jest/globals'
import { checkout, explain } from '../../../helpers/rule-case.ts'

const printed = `package example.com/app
	imports example.com/app/disk: build constraints exclude all Go files in /src/app/disk`
const js = `package example.com/app
	imports syscall/js: build constraints exclude all Go files in /usr/local/go/src/syscall/js`
const windows = { target: { goos: 'windows', goarch: 'amd64' }, probe: 'build' } as const

describe('port-files-excluded', () => {
  test('names the files, their constraints and who imports the package', async () => {
    const facts = checkout({
      excludedFiles: () =>
        Promise.resolve([{ file: 'disk/free_unix.go', reason: 'port', constraint: '//go:build unix' }]),
    })
    expect(await explain(printed, { facts, ...windows })).toMatchObject([
      {
        rule: 'port-files-excluded',
        confidence: 'certain',
        message:
          'example.com/app/disk has no file on windows/amd64: free_unix.go (//go:build unix); example.com/app imports it.',
        package: 'example.com/app/disk',
      },
    ])
  })

  test('knows a build tag that is not set', async () => {
    const facts = checkout({
      excludedFiles: () =>
        Promise.resolve([{ file: 'disk/free.go', reason: 'tag', constraint: '//go:build enterprise' }]),
    })
    const [finding] = await explain(printed, { facts, ...windows })
    expect(finding?.message).toContain('asks for a build tag that is not set: free.go (//go:build enterprise)')
  })

  test('knows packages of the standard library', async () => {
    expect(await explain(js)).toMatchObject([
      {
        rule: 'port-files-excluded',
        confidence: 'certain',
        message:
          'syscall/js of the standard library does not exist on this port (only on js/wasm); example.com/app imports it.',
      },
    ])
  })

  test('is only likely when nobody looked at the files', async () => {
    expect(await explain(printed, windows)).toMatchObject([{ rule: 'port-files-excluded', confidence: 'likely' }])
  })

  test('is silent when the files need cgo', async () => {
    const facts = checkout({
      excludedFiles: () => Promise.resolve([{ file: 'disk/free.go', reason: 'cgo', constraint: 'import "C"' }]),
    })
    expect(await explain(printed, { facts, ...windows })).toMatchObject([{ rule: 'cgo-files-excluded' }])
  })
})
