import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip } from '../../rule-helpers/text.ts'
import { locate, positionedLines } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'test-failed',
  area: 'code',
  title: 'A test fails',
  what: 'A test ran and failed. Modules, toolchain and target were in order, or the test could not have run.',
  why: 'The code does not do what the test expects, or the test expects something of the machine that it does not have.',
  fix: 'Run the test alone and read what it prints.',
  classes: [],
  example: `--- FAIL: TestName (0.00s)
    lib_test.go:7: got "lib", want "app"`,
  markers: ['--- FAIL: ', '=== FAIL: '],
  message: async (message, { facts }) => {
    const name =
      /^\s*--- FAIL: ([^\s]+)/.exec(message.text)?.[1] ??
      // gotestsum says in its summary which package it was: `=== FAIL: internal/store TestOpen (0.01s)`.
      /^=== FAIL: [^\s]{1,500} ([^\s]+)/.exec(message.text)?.[1]
    if (name === undefined) return undefined
    const line = positionedLines(message).find((each) => each.position !== undefined)
    const top = name.split('/')[0] ?? name
    return diagnosis({
      // Certain that it failed; whether the code is at fault is for a person to say.
      confidence: 'likely',
      message: `${name} fails${line === undefined ? '' : `: ${clip(line.text)}`}.`,
      fix: advice('Run it alone and read what it prints.', [
        command('go', 'test', '-run', `^${top}$`, '-v', message.package ?? './...'),
      ]),
      locations: await locate(facts, line?.position),
      package: message.package,
      key: top,
    })
  },
}

export default rule
