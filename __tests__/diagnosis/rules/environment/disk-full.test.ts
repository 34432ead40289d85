import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# internal/cpu
compile: writing output: write $WORK/b007/_pkg_.a: no space left on device
internal/byteorder: write /tmp/small/go-build811731688/b008/importcfg: no space left on device
internal/coverage/rtcov: write /tmp/small/go-build811731688/b010/importcfg: no space left on device
internal/godebugs: write /tmp/small/go-build811731688/b011/importcfg: no space left on device
internal/goexperiment: write /tmp/small/go-build811731688/b012/importcfg: no space left on device
int`

const other = `go: writing go.mod cache: mkdir /tmp/romod/cache: permission denied
go: writing stat cache: mkdir /tmp/romod/cache: permission denied
go: updating go.sum: open /src/app/go.sum: permission denied`

describe('disk-full', () => {
  test('names the folder that is full', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'disk-full',
        severity: 'error',
        confidence: 'certain',
        message: 'There is no room left for the temporary folder of the build ($WORK/b007/_pkg_.a).',
        fix: { commands: ['df -h'] },
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['cache-permission'])
  })
})
