import { describe, expect, test } from '@jest/globals'

import { observe } from '../../../helpers/rule-case.ts'

describe('file-never-compiled', () => {
  test('all files are one notice, each with what excludes it', async () => {
    const uncompiled = [
      { file: 'x_linux.go', constraint: '_linux.go, //go:build windows' },
      { file: 'old_nacl.go', constraint: '_nacl.go' },
    ]
    expect(await observe({ kind: 'tags', probe: 'tags', module: '.', runs: [], uncompiled })).toMatchObject([
      {
        rule: 'file-never-compiled',
        severity: 'notice',
        message: 'No port and no tag compiles x_linux.go (_linux.go, //go:build windows) and old_nacl.go (_nacl.go).',
        locations: [
          { file: 'x_linux.go', line: 1 },
          { file: 'old_nacl.go', line: 1 },
        ],
      },
    ])
  })

  test('a module all of whose files are compiled somewhere', async () => {
    expect(await observe({ kind: 'tags', probe: 'tags', module: '.', runs: [], uncompiled: [] })).toEqual([])
  })
})
