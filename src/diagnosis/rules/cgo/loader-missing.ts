import type { Rule, Diagnosis, MessageContext } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const loader = '(?:ld-linux[\\w.-]{0,30}\\.so\\.\\d|ld-musl-[\\w.-]{1,20}\\.so\\.1|ld64\\.so\\.\\d|ld\\.so\\.1)'
const certain: readonly RegExp[] = [
  /Error loading shared library lib(?:c|m|dl|rt|pthread|resolv|nsl|crypt)\.so\.\d: No such file[^\n]{0,60}needed by ([^\s)]{1,300})/,
  new RegExp(`Error loading shared library ${loader}: No such file[^\\n]{0,60}needed by ([^\\s)]{1,300})`),
  new RegExp(`Could not open '/lib[^'\\n]{0,100}/${loader}'`),
  new RegExp(`failed to open elf at /lib[^\\s]{0,100}/${loader}`),
  new RegExp(`${loader}: bad ELF interpreter`),
  /bad ELF interpreter: No such file or directory/,
  /Could not start dynamically linked executable: ([^\s]{1,300})/,
]
const likely: readonly RegExp[] = [
  /Error relocating ([^\s:]{1,300}): [\w.@]{1,200}: symbol not found/,
  /(?:^|: )([^\s:]{1,300}): cannot execute: required file not found/,
]
// The file that is started is there as a rule: a shell and a container say the same of a missing loader.
const perhaps: readonly RegExp[] = [
  /^[^\s:]{1,300}: (?:line )?\d{1,6}: ([^\s:]{0,300}\/[^\s:]{1,300}): (?:not found|No such file or directory)$/,
  /\bexec ([^\s:"]{0,300}\/[^\s:"]{1,300}) failed: No such file or directory/,
  /exec: [\\"]{1,10}([^\s\\"]{0,300}\/[^\s\\"]{1,300})[\\"]{1,10}: no such file or directory/,
  /^(?:[^\s:]{1,60}\/)?-?(?:ba|da|a|z|k)?sh: (?:(?:line )?\d{1,6}: )?([^\s:]{0,300}\/[^\s:]{1,300}): (?:not found|No such file or directory)$/,
  /^zsh: no such file or directory: ([^\s:]{0,300}\/[^\s:]{1,300})$/,
  /(?:^|[\s"])fork\/exec ([^\s:"]{1,300}): no such file or directory/,
  /(?:^|[\s"])exec ([^\s:"]{0,300}\/[^\s:"]{1,300}): no such file or directory/,
  /exec user process caused:? "?no such file or directory/,
]

// Of a script it is the interpreter that is missing.
const script = /\.(?:sh|bash|py|js|rb|pl)$/

const rule: Rule = {
  id: 'loader-missing',
  area: 'cgo',
  title: 'The program is there, its dynamic loader is not',
  what: 'A program that is linked to the C library cannot start because the loader it names is not in the image; the system then says that the program itself is not found.',
  why: 'A binary built with cgo on Debian or Ubuntu asks for /lib64/ld-linux-x86-64.so.2, and Alpine (musl), scratch and distroless/static have none. A script with CRLF line endings or without its interpreter fails in the same words.',
  fix: 'Build with CGO_ENABLED=0, or build and run on the same libc.',
  prevent: 'Let the image that builds and the one that runs be of one family, or release static programs.',
  classes: [],
  example: 'exec /app/server: no such file or directory',
  markers: [
    'No such file or directory',
    'no such file or directory',
    ': not found',
    'Error relocating ',
    'Error loading shared library l',
    'required file not found',
    'ld-linux',
    'ELF interpreter',
    'dynamically linked executable',
    'failed to open elf',
  ],
  message: (message, context) => {
    // runc names its own source: standard_init_linux.go:228.
    const container = /^exec user process caused|starting container process/.test(message.text)
    if (!container && ['go', 'compile', 'cc', 'ld', 'git', 'link', 'asm', 'test'].includes(message.printer))
      return undefined
    const block = plain(message)
    const sure = first(certain, block)
    if (sure !== undefined) return missing(sure, 'certain')
    const most = first(likely, block)
    if (most !== undefined && !script.test(most)) return missing(most, 'likely', block.includes('symbol not found'))
    const maybe = first(perhaps, block)
    if (maybe === undefined || /\/go\/pkg\/tool\/|-build\d|missing-cc/.test(block)) return undefined
    if (script.test(maybe)) return undefined
    return missing(maybe, dynamic(context) ? 'likely' : 'guess')
  },
}

function first(patterns: readonly RegExp[], block: string): string | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(block)
    if (found !== null) return found[1] ?? ''
  }
  return undefined
}

/** True when another line shows that the program wants a loader (ldd, file). */
function dynamic({ command: { messages } }: MessageContext): boolean {
  return messages.some((other) =>
    /dynamically linked|linux-vdso|ld-linux|libc\.so\.6|libpthread\.so|alpine|musl/i.test(
      `${other.text.slice(0, 500)} ${other.detail.slice(0, 20).join(' ').slice(0, 1000)}`,
    ),
  )
}

function missing(program: string, confidence: Diagnosis['confidence'], glibcOnly = false): Diagnosis {
  const name = program === '' ? 'the program' : clip(program)
  return diagnosis({
    confidence,
    message: glibcOnly
      ? `${name} was linked to glibc and is started with musl's C library, which lacks some of its functions.`
      : confidence === 'guess'
        ? `${name} cannot be started. When the file is there, most likely its dynamic loader is missing: it was built with cgo for glibc, and this image (Alpine, scratch) has none. Else it was not copied, or is a script with CRLF line endings or without its interpreter.`
        : `${name} is there, but the dynamic loader it asks for is not: it was built with cgo for another C library than this system has.`,
    fix: advice(
      'Build it with CGO_ENABLED=0, or build in the same family of image that runs it (for Alpine: golang:alpine with gcc and musl-dev). Compatibility packages such as gcompat lack functions.',
      [
        'CGO_ENABLED=0 go build ./...',
        program === '' ? 'file PROGRAM' : command('file', program.replace(/[^\w./\\-]/g, '')),
      ],
    ),
    key: program === '' ? 'program' : program,
  })
}

export default rule
