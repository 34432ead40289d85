import { describe, expect, test } from '@jest/globals'

import { formatTarget } from '../../src/domain/port.ts'
import { releasedPorts } from '../../src/pipeline/policies.ts'
import { makeFolder } from '../helpers/folder.ts'
import { testSystem } from '../helpers/probe-context.ts'

describe('releasedPorts', () => {
  test('the targets of a release, with the levels that it names and without ports that Go has not', async () => {
    const root = await makeFolder({
      '.goreleaser.yml':
        'builds:\n  - goos: [linux, plan10]\n    goarch: [amd64, arm64]\n    goamd64: [v1, v3]\n  - dir: other\n    targets: [js_wasm]\n',
    })
    const port = (goos: string, goarch: string) => ({ goos, goarch, cgoSupported: true, firstClass: true })
    const ports = [port('linux', 'amd64'), port('linux', 'arm64'), port('js', 'wasm')]
    const { files } = testSystem()
    const all = await releasedPorts(files, root, ['.'], ports)
    expect(all.targets.map(formatTarget)).toEqual(['linux/amd64/v1', 'linux/amd64/v3', 'linux/arm64', 'js/wasm'])
    expect([...all.names]).toEqual(['linux/amd64', 'linux/arm64', 'js/wasm'])
    const other = await releasedPorts(files, root, ['other'], ports)
    expect(other.targets.map(formatTarget)).toEqual(['js/wasm'])
  })
})
