import { expect, test } from '@jest/globals'

import { observe } from '../../../helpers/rule-case.ts'

const target = { goos: 'linux', goarch: 'amd64', cgo: false }

test('cgo-newly-needed names the package, its first error and the command that shows it', async () => {
  const findings = await observe({
    kind: 'cgo-needed',
    probe: 'ports',
    module: '.',
    target,
    base: '0123456789ab',
    packages: [
      {
        package: 'example.com/m/sound',
        message: 'build constraints exclude all Go files in /src/m/sound',
        at: { file: 'player.go', line: 3 },
      },
    ],
  })
  expect(findings).toMatchObject([
    {
      rule: 'cgo-newly-needed',
      severity: 'error',
      package: 'example.com/m/sound',
      targets: ['linux/amd64'],
      message:
        'linux/amd64 compiles with cgo alone; at the base (0123456789ab) it did without. Without cgo example.com/m/sound fails: build constraints exclude all Go files in /src/m/sound',
      locations: [{ file: 'player.go', line: 3 }],
      fix: { commands: ['CGO_ENABLED=0 GOOS=linux GOARCH=amd64 go build ./...'] },
    },
  ])
})

test('cgo-newly-needed is not what a build without cgo is told of in general', async () => {
  const command = {
    kind: 'command',
    probe: 'build',
    module: '.',
    target,
    command: 'CGO_ENABLED=0 go build ./...',
    exitCode: 1,
    failed: true,
    timedOut: false,
    messages: [],
    tail: ['undefined: x'],
    advisory: false,
  } as const
  expect((await observe(command)).map((finding) => finding.rule)).not.toContain('cgo-newly-needed')
})
