import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

// As reported in https://github.com/golang/go/issues/13470
const printed = `$ go run -ldflags '-extldflags "-static"' main.go
fatal error: unexpected signal during runtime execution
[signal 0xb code=0x1 addr=0xe5 pc=0x7fec267f8a5c]

goroutine 1 [syscall, locked to thread]:
runtime.cgocall(0x402620, 0xc82004bd30, 0xc800000000)
	/usr/local/go/src/runtime/cgocall.go:120 +0x11b fp=0xc82004bce0 sp=0xc82004bcb0
os/user._Cfunc_mygetpwuid_r(0x0, 0xc8200172c0, 0x7fec180008c0, 0x400, 0xc82002a0b0, 0x0)`

describe('static-glibc-crash', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'static-glibc-crash',
        confidence: 'certain',
        message: expect.stringMatching(/called by package os\/user for a look-up; it is linked statically/),
      },
    ])
  })

  test.each([
    `SIGSEGV: segmentation violation
PC=0x7f1 m=3 sigcode=1
signal arrived during cgo execution

goroutine 6 [syscall]:
runtime.cgocall(0x402620, 0xc82004bd30)
	/usr/local/go/src/runtime/cgocall.go:157
net._C2func_getaddrinfo(0xc0, 0x0, 0xc1, 0xc2)`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['static-glibc-crash']))
  })

  test.each([
    `panic: runtime error: invalid memory address or nil pointer dereference
[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x1]

goroutine 1 [running]:
main.main()
	/src/app/main.go:5 +0x1d`,
  ])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('static-glibc-crash')
  })
})
