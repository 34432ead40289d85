import { readdir, utimes } from 'node:fs/promises'
import path from 'node:path'

import { expect, test } from '@jest/globals'

import { trimResults } from '../../src/portcheck/results.ts'
import { makeFolder } from '../helpers/folder.ts'
import { testSystem } from '../helpers/probe-context.ts'

test('the newest within the limit stay, and what is being written', async () => {
  const dir = await makeFolder({
    'results-a.bin': 'x'.repeat(40),
    'results-b.bin': 'x'.repeat(40),
    'results-c.bin': 'x'.repeat(40),
    'results-1.tmp': '',
    'results-2.tmp': '',
  })
  const ages = { 'results-a.bin': 1, 'results-b.bin': 3, 'results-c.bin': 2, 'results-1.tmp': 30 }
  for (const [name, hours] of Object.entries(ages)) {
    const time = Date.now() / 1000 - hours * 3600
    await utimes(path.join(dir, name), time, time)
  }
  const system = testSystem()
  await trimResults(system, dir, 100)
  expect((await readdir(dir)).sort()).toEqual(['results-2.tmp', 'results-a.bin', 'results-c.bin'])
  await trimResults(system, dir, 10)
  expect(await readdir(dir)).toEqual(['results-2.tmp'])
})

test('a folder that is not there is none of its business', async () => {
  const dir = path.join(await makeFolder(), 'none')
  await trimResults(testSystem(), dir)
  await expect(readdir(dir)).rejects.toThrow('ENOENT')
})
