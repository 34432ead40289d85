import { messageBlock } from '../../../domain/message.ts'
import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'

const signs: readonly RegExp[] = [
  /pthread_create[^\n]{0,40}: Operation not permitted/,
  /failed to create new OS thread \(have \d{1,6} already; errno=1\)/,
  /(?:clone3|faccessat2|statx|close_range|openat2)\b[^\n]{0,80}(?:[Oo]peration not permitted|EPERM)/,
  /^(?:make(?:\[\d{1,3}\])?|\S{0,60}sh): (?:\d{1,6}: )?\S{1,200}: Operation not permitted$/,
  /fork\/exec \S{1,300}: operation not permitted/,
  /[Cc]ould(?: not|n't) create (?:a )?thread[^\n]{0,40}: Operation not permitted/,
]

const rule: Rule = {
  id: 'container-seccomp',
  area: 'environment',
  title: 'The container run-time forbids a system call that newer images use',
  what: 'Threads, files or programs cannot be used in a container: “operation not permitted”.',
  why: 'The C library of newer images (glibc 2.34, Alpine 3.14) uses newer system calls (clone3, faccessat2). An old Docker, runc or libseccomp answers them with “not permitted” instead of “no such call”, and the C library then does not fall back to the old ones.',
  fix: 'Update Docker (20.10.10 or newer), runc and libseccomp on the host, or use an older image until then.',
  classes: [],
  example: 'runtime/cgo: pthread_create failed: Operation not permitted',
  markers: ['peration not permitted', 'errno=1)', 'EPERM'],
  message: (message) => {
    if (['go', 'compile', 'git', 'test'].includes(message.printer) && !message.text.includes('fork/exec'))
      return undefined
    // As it was printed: the “go: ” of “make: go: …” is a program’s name here.
    const block = messageBlock(message).slice(0, 4000)
    const at = signs.findIndex((sign) => sign.test(block))
    if (at < 0) return undefined
    const started = /fork\/exec (\S{1,300}): operation not permitted/.exec(block)?.[1]
    const thread = at === 0 || at === 1 || at === 5
    return diagnosis({
      confidence: thread ? 'likely' : 'guess',
      message: thread
        ? 'A thread could not be created although there is room for it: most likely the seccomp filter of an old container run-time refuses clone3, which the newer C library of this image uses.'
        : `${started ?? 'A program'} was refused by the system. In a container most likely the seccomp filter of an old run-time does not know a newer system call (faccessat2, clone3); else a policy (sandbox, SELinux, AppArmor) forbids it.`,
      fix: advice(
        'Update Docker to 20.10.10 or newer, with runc and libseccomp, on the host. Until then use an image with an older C library (one Debian or Alpine release back). Running with seccomp=unconfined proves the cause, but takes a protection away: not for good.',
        ['docker version', 'docker info --format "{{.SecurityOptions}}"'],
      ),
      key: 'seccomp',
    })
  },
}

export default rule
