import { expect, test } from '@jest/globals'

import { buildConcurrency, createLimit } from '../../src/pipeline/limit.ts'

const gigabyte = 1024 ** 3

test.each([
  [1, 8, 1],
  [2, 16, 2],
  [4, 16, 2],
  [16, 64, 8],
  [16, 7, 3],
  [8, 1, 1],
])('%d cores and %d GiB: %d builds at a time', (cores, memory, wanted) => {
  expect(buildConcurrency({ cores, memory: memory * gigabyte })).toBe(wanted)
})

test('never runs more than its limit, runs all, and goes on after a failure', async () => {
  const limit = createLimit(2)
  let running = 0
  let most = 0
  const works = [1, 2, 3, 4, 5].map((number) =>
    limit(async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 5))
      running -= 1
      if (number === 2) throw new Error('two')
      return number
    }).catch((error: unknown) => (error as Error).message),
  )
  expect(await Promise.all(works)).toEqual([1, 'two', 3, 4, 5])
  expect(most).toBe(2)
})
