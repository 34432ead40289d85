import type { Message } from '../domain/message.ts'

const follows =
  /^(?:too many errors$|exit status \d+$|compilation terminated|error loading module requirements$|linker command failed)|^(?:\S{1,500}[\\/])?(?:collect2|clang|clang\+\+|gcc|g\+\+|cc)(?:\.exe)?: (?:error: ld returned|error: linker command failed|fatal error: cannot execute)|: running \S{1,500} failed: exit status \d|^(?:\S{1,500}[\\/])?asm(?:\.exe)?: assembly of \S{1,1000} failed|^pkg-config: exit status|^error obtaining buildID for go tool \w{1,20}: exit status|^FAIL\b|(?:^|: )(?:\S{1,500}[\\/])?(?:cgo|compile|link|asm|vet)(?:\.exe)?: exit status \d+$|^cgo: exit status|^ld: symbol\(s\) not found|^\.\.\. and \d+ more|^note: |^ERROR: process "|^Process completed with exit code/

/**
 * True for a message that only says that something failed, not what: `too many errors`, `exit status 1`, `FAIL`, make's
 * and Docker's last lines, `collect2: error: ld returned 1 exit status`. It is swallowed once a cause is known.
 */
export function isConsequence(message: Message): boolean {
  if (follows.test(message.text)) return true
  return message.printer === 'wrapper' && !/\bgo\.(?:mod|work):\d/.test(message.text)
}
