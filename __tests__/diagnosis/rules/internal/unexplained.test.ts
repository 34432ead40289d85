import { describe, expect, test } from '@jest/globals'

import rule, { unexplainedDiagnosis } from '../../../../src/diagnosis/rules/internal/unexplained.ts'
import type { CommandObservation } from '../../../../src/domain/observation.ts'

const command: CommandObservation = {
  kind: 'command',
  probe: 'build',
  module: '.',
  command: 'GOOS=aix go build ./...',
  exitCode: 2,
  failed: true,
  timedOut: false,
  messages: [],
  tail: [],
  advisory: false,
}

describe('unexplained', () => {
  test('says what failed, how, and the first line', () => {
    const found = unexplainedDiagnosis(command, ['', '  odd thing', 'more'], [], false)
    expect(found).toMatchObject({
      severity: 'error',
      message: '`GOOS=aix go build ./...` failed with exit code 2, and no rule explains it. It said: odd thing',
      fix: { commands: ['GOOS=aix go build ./...'], verified: false },
    })
  })

  test('beside a cause, after a timeout, from a log, of a look-up', () => {
    expect(unexplainedDiagnosis(command, ['odd'], [], true).message).toMatch(/also reports what no rule explains/)
    expect(unexplainedDiagnosis({ ...command, timedOut: true }, [], [], false).message).toMatch(/did not end in time/)
    const log = unexplainedDiagnosis({ ...command, command: '', exitCode: null }, ['odd'], [], false)
    expect(log.message).toBe('The command failed, and no rule explains it. It said: odd')
    expect(log.fix.commands).toBeUndefined()
    expect(unexplainedDiagnosis({ ...command, advisory: true }, [], [], false).severity).toBe('warning')
  })

  test('numbers do not make it another cause', () => {
    const key = (line: string) => unexplainedDiagnosis(command, [line], [], false).key
    expect(key('a.go:12: odd')).toBe(key('a.go:7: odd'))
    expect(key('a.go:12: odd')).not.toBe(key('b.go:12: odd'))
  })

  test('it waits for no message: the engine reports it', () => {
    expect(rule.message).toBeUndefined()
    expect(rule.observe).toBeUndefined()
  })
})
