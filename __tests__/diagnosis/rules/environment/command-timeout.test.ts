import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = 'go: downloading example.com/lib v1.0.0'
const facts = checkout({ env: { GOPROXY: 'https://proxy.example' } })

describe('command-timeout', () => {
  test('names the command, the proxy it waited for and its last line', async () => {
    expect(await explain(printed, { facts, command: 'go mod download', exitCode: null, timedOut: true })).toMatchObject(
      [
        {
          rule: 'command-timeout',
          severity: 'error',
          confidence: 'likely',
          message:
            'go mod download did not end in time; most likely a server does not answer (GOPROXY=https://proxy.example). Its last line: go: downloading example.com/lib v1.0.0',
        },
      ],
    )
  })

  test('is silent about a command that ended', async () => {
    expect(rulesOf(await explain(printed, { facts, command: 'go mod download', exitCode: 0 }))).toEqual([])
  })
})
