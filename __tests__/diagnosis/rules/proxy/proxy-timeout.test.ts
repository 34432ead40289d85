import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

// The end of net's own sentence for a dial that ran out of time (net.OpError and os.ErrDeadlineExceeded).
const printed =
  'go: example.com/lib@v1.0.0: Get "https://192.0.2.1/example.com/lib/@v/v1.0.0.mod": dial tcp 192.0.2.1:443: i/o timeout'
const facts = checkout({ mod: 'module example.com/app\n\nrequire example.com/lib v1.0.0\n' })

describe('proxy-timeout', () => {
  test('names the host and does not blame the module', async () => {
    expect(await explain(printed, { facts })).toMatchObject([
      {
        rule: 'proxy-timeout',
        confidence: 'likely',
        message:
          '192.0.2.1 did not answer in time for example.com/lib@v1.0.0; most likely something between drops the connection.',
        locations: [{ file: 'go.mod', line: 3 }],
      },
    ])
  })

  test('leaves a refused connection to its own rule', async () => {
    expect(rulesOf(await explain(printed.replace('i/o timeout', 'connect: connection refused')))).toEqual([
      'proxy-unreachable',
    ])
  })
})
