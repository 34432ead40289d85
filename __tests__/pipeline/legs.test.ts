import { expect, test } from '@jest/globals'

import { loadInputs } from '../../src/config/load.ts'
import { run } from '../../src/pipeline/run.ts'
import type { Probe } from '../../src/probes/support/probe.ts'
import { makeFolder } from '../helpers/folder.ts'
import { testSystem } from '../helpers/probe-context.ts'

const probe = (name: string, more: Partial<Probe> = {}): Probe => ({
  name,
  title: name,
  what: name,
  run: (context) =>
    Promise.resolve({ outcome: 'pass', observations: [], reason: `${context.portCheck.targets.length > 40}` }),
  ...more,
})

async function outcomes(leg: string): Promise<readonly string[]> {
  const system = testSystem()
  const probes = [probe('every'), probe('first', { firstLegOnly: true })]
  const report = await run({
    system,
    settings: loadInputs({
      entry: 'action',
      value: (name) => (name === 'leg' ? leg : ''),
      probes: probes.map(({ name }) => name),
      rules: [],
    }),
    dir: await makeFolder({ 'go.mod': 'module example.com/m\n\ngo 1.22\n' }),
    toolCacheRoot: await makeFolder(),
    probes,
    docsUrl: (rule) => rule,
  })
  return report.probes.map(({ probe: name, outcome, reason }) => `${name} ${outcome} ${reason ?? ''}`)
}

test('what says the same on every leg of a job matrix runs on the first; every port is its business', async () => {
  expect(await outcomes('0')).toEqual(['every pass true', 'first pass true'])
  expect(await outcomes('2')).toEqual([
    'every pass true',
    'first skipped it runs on the first leg of the job matrix, and this is leg 2',
  ])
})
