import { describe, expect, test } from '@jest/globals'

import { createWatch } from '../../../src/system/actions/cache-watch.ts'

const sleep = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000))

describe('following a call of the toolkit', () => {
  test('what it reports as an annotation is the problem, the first one', () => {
    const watch = createWatch({})
    watch.line('::debug::Resolved Keys:')
    watch.line('::warning::Failed to restore: 100%25 %0Awrong')
    watch.line('::error::Failed to save: later')
    expect(watch.problem()).toBe('100%  wrong')
  })

  test('the second failed attempt ends it, the first does not', () => {
    const watch = createWatch({})
    const line = (n: number) =>
      `Attempt ${n} of 5 failed with error: Failed request: (503) x. Retrying request in 3 ms...`
    watch.line(line(1))
    expect(() => watch.line(line(2))).toThrow('Failed request: (503) x')
  })

  test('a download without a byte is given up, and cannot be unpacked afterwards', async () => {
    const watch = createWatch({ stallSeconds: 0.2 })
    watch.line('Received 0 of 100 (0.0%), 0.0 MBs/sec')
    await expect(watch.gaveUp).rejects.toThrow('nothing was transferred for 0.2 s')
    expect(() => watch.line('Cache Size: ~1 MB (100 B)')).toThrow('given up')
    watch.stop()
  })

  test('a slow one goes on as long as bytes come', async () => {
    const watch = createWatch({ stallSeconds: 0.4 })
    for (const bytes of [10, 20, 30, 40, 50]) {
      await sleep(0.2)
      watch.line(`Received ${bytes} of 100 (0.0%), 0.0 MBs/sec`)
    }
    watch.line('Cache Size: ~1 MB (100 B)')
    await sleep(0.6)
    expect(watch.problem()).toBeUndefined()
  })

  test('a cancelled run gives up at once, and never unpacks', async () => {
    const cancel = new AbortController()
    const watch = createWatch({ totalSeconds: 60, signal: cancel.signal })
    cancel.abort()
    await expect(watch.gaveUp).rejects.toThrow('the run was cancelled')
    expect(() => watch.line('Cache Size: ~1 MB (100 B)')).toThrow('given up')
    watch.stop()
    await expect(createWatch({ signal: cancel.signal }).gaveUp).rejects.toThrow('the run was cancelled')
  })

  test('packing takes what it takes', async () => {
    const watch = createWatch({ stallSeconds: 0.1, packsFirst: true })
    await sleep(0.3)
    expect(watch.problem()).toBeUndefined()
    watch.line('Sent 0 of 100 (0.0%), 0.0 MBs/sec')
    await expect(watch.gaveUp).rejects.toThrow('nothing was transferred')
  })
})
