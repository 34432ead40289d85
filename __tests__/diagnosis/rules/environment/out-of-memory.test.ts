import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: error obtaining buildID for go tool compile: signal: killed`

const other = `# internal/cpu
compile: writing output: write $WORK/b007/_pkg_.a: no space left on device
internal/byteorder: write /tmp/small/go-build811731688/b008/importcfg: no space left on device
internal/coverage/rtcov: write /tmp/small/go-build811731688/b010/importcfg: no space left on device
internal/godebugs: write /tmp/small/go-build811731688/b011/importcfg: no space left on device
internal/goexperiment: write /tmp/small/go-build811731688/b012/importcfg: no space left on device
int`

describe('out-of-memory', () => {
  test('names the tool', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'out-of-memory',
        severity: 'error',
        confidence: 'likely',
        message: 'The Go tool compile was killed; most likely memory ran out, or the job was cancelled.',
        fix: { commands: ['GOGC=50 go build -p 1 ./...', 'dmesg | grep -i oom'] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['disk-full'])
  })
})
