import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# example.com/app
# [pkg-config --cflags  -- nosuchlib]
Package nosuchlib was not found in the pkg-config search path.
Perhaps you should add the directory containing \`nosuchlib.pc'
to the PKG_CONFIG_PATH environment variable
Package 'nosuchlib', required by 'virtual:world', not found`

const other = `# example.com/app
./main.go:4:10: fatal error: zmq.h: No such file or directory
    4 | #include <zmq.h>
      |          ^~~~~~~
compilation terminated.`

describe('pkg-config', () => {
  test('names library and package', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'pkg-config',
        severity: 'error',
        confidence: 'certain',
        message: 'pkg-config does not know nosuchlib, which example.com/app needs.',
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['c-header-missing'])
  })
})
