import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const call =
  /\b(os\/user|net)\.(?:\(\*[\w.]{1,40}\)\.)?(_C2?func_\w{1,60}|cgoLookup\w{1,30}|_cgo_\w{1,60})|\b_?cgo_[0-9a-f]{6,20}_C2?func_(getaddrinfo|getnameinfo|mygetpw\w{1,12}|mygetgr\w{1,16}|getpw\w{1,12}|getgr\w{1,12})/

const rule: Rule = {
  id: 'static-glibc-crash',
  area: 'cgo',
  title: 'A static program crashes inside the C library’s look-ups',
  what: 'A program that holds glibc crashes in a look-up of a user, group or host name.',
  why: 'glibc loads these look-ups (NSS) from shared libraries at run time even in a static program, and crashes when they are not of the very release it was linked with, or when threads are in play.',
  fix: 'Use Go’s own look-ups: tags netgo and osusergo, or CGO_ENABLED=0; or link against musl.',
  classes: [],
  example: `fatal error: unexpected signal during runtime execution
[signal SIGSEGV: segmentation violation code=0x1 addr=0xe5 pc=0x7fec267f8a5c]

goroutine 1 [syscall, locked to thread]:
runtime.cgocall(0x402620, 0xc82004bd30)
os/user._Cfunc_mygetpwuid_r(0x0, 0xc8200172c0)`,
  markers: ['_Cfunc_', '_C2func_', 'cgoLookup'],
  message: (message, { command: run }) => {
    if (message.printer !== 'runtime' && message.printer !== 'unknown') return undefined
    const block = plain(message)
    const found = call.exec(block)
    if (found === null || !/SIG(?:SEGV|FPE|ABRT|BUS|ILL)|unexpected signal|\[signal 0x/.test(block)) return undefined
    const told = /-static\b|statically linked/.test(`${run.command} ${block}`)
    const library = found[1] ?? (/addrinfo|nameinfo/.test(found[3] ?? '') ? 'net' : 'os/user')
    return diagnosis({
      confidence: told ? 'certain' : 'likely',
      message: `The program crashed in the C library, called by package ${library} for a look-up${told ? '; it is linked statically, which glibc does not support there' : '; most likely it is linked statically with glibc, which does not support that'}.`,
      fix: advice('Let Go do the look-ups itself, and keep glibc out of a static program.', [
        'go build -tags netgo,osusergo ./...',
        'CGO_ENABLED=0 go build ./...',
      ]),
      key: library,
    })
  },
}

export default rule
