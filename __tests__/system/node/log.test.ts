import { expect, test } from '@jest/globals'

import { createTerminalLog } from '../../../src/system/node/log.ts'

function record(columns?: number) {
  let text = ''
  const log = createTerminalLog({ write: (part) => (text += part), columns })
  return { log, text: () => text }
}

test('control characters of the module cannot act on the terminal', () => {
  const { log, text } = record()
  log.info('a\u001b[2Jb\rc\u0007')
  log.block('Output', ['\u001b]0;title\u0007x'])
  expect(text()).toBe('a[2Jbc\nOutput\n  ]0;titlex\n')
})

test('progress is shown on a terminal alone, cut to its width and taken back', () => {
  const away = record()
  away.log.progress('building')
  expect(away.text()).toBe('')
  const there = record(12)
  there.log.progress('building linux/amd64')
  there.log.info('done')
  expect(there.text()).toBe('building li\r\u001b[Kdone\n')
})
