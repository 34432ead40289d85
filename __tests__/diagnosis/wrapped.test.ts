import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { diagnose } from '../../src/diagnosis/diagnose.ts'
import { noFacts } from '../../src/diagnosis/facts/no-facts.ts'
import { markerIndexOf } from '../../src/diagnosis/markers.ts'
import { rules } from '../../src/diagnosis/rules/index.ts'
import { compareFindings } from '../../src/domain/finding.ts'
import { readLog } from '../../src/messages/read-log.ts'
import { wrappings, type Wrapping } from '../helpers/wrappings.ts'

interface Recorded {
  readonly id: string
  readonly go: string
  readonly rule: string
  readonly command: string
  readonly log: string
}

/** What scripts/record-failures.mjs recorded of Go 1.22, 1.23 and 1.26. */
const recorded = readFileSync(new URL('../fixtures/failures.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Recorded)
const touches = markerIndexOf(rules).touches

describe('the cause of a recorded failure is found in whatever form it is pasted', () => {
  test.each(wrappings.map((one): [string, Wrapping] => [one.name, one]))('%s', async (_, { wrap, builds }) => {
    const wrong: string[] = []
    for (const one of recorded) {
      if (builds === true && !one.command.startsWith('go build')) continue
      const text = wrap(one.log.trimEnd().split('\n'), one.command).join('\n')
      const { findings } = await diagnose([readLog(text, touches)], () => noFacts, {
        rules,
        disabled: new Set(),
        docsUrl: (rule) => rule,
      })
      const first = [...findings].sort(compareFindings)[0]?.rule ?? 'nothing'
      if (first !== one.rule) wrong.push(`${one.id} (${one.go}): ${first}, not ${one.rule}`)
    }
    expect(wrong).toEqual([])
  })
})
