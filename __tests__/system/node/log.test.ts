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
  expect(text()).toBe('abc\nOutput\n  x\n')
})

test('nothing of the module is a command of a runner that the command line runs on', () => {
  const { log, text } = record()
  log.block('Output', ['::error::x', 'a ##[error]y', 'a\u202eb', 'm.go:3:4: kept'])
  log.info('  ::stop-commands::z')
  expect(text()).toBe('Output\n  : :error::x\n  a # #[error]y\n  ab\n  m.go:3:4: kept\n  : :stop-commands::z\n')
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
