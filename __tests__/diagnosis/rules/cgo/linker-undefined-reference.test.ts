import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `# example.com/app
/usr/local/go/pkg/tool/linux_amd64/link: running gcc failed: exit status 1
/usr/bin/gcc -m64 -Wl,--build-id=0x5f3c5cc423a461e1aaabab33a315b17a03487423 -o $WORK/b001/exe/a.out -Wl,--export-dynam
/usr/bin/ld: /tmp/go-link-2363634019/000001.o: in function \`_cgo_6bb80f922073_Cfunc_add':
/tmp/go-build/main.cgo2.c:56: undefined reference to \`add'
collect2: error: ld returned 1 exit status`

const other = `# example.com/app
/usr/local/go/pkg/tool/linux_amd64/link: running gcc failed: exit status 1
/usr/bin/gcc -m64 -Wl,--build-id=0x50f498cc19c0db95147e1d983cd4f5455323dc08 -o $WORK/b001/exe/a.out -Wl,--export-dynam
/usr/bin/ld: cannot find -lnosuchthing: No such file or directory
collect2: error: ld returned 1 exit status`

describe('linker-undefined-reference', () => {
  test('names the function', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'linker-undefined-reference',
        severity: 'error',
        confidence: 'certain',
        message: 'add is used by C code and defined in nothing that is linked for example.com/app.',
        locations: [],
      },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['linker-library-missing'])
  })
})
