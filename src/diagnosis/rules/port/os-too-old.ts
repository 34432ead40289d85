import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

interface Sign {
  readonly system: 'windows' | 'macos' | 'linux'
  readonly pattern: RegExp
}

const signs: readonly Sign[] = [
  { system: 'windows', pattern: /bcryptprimitives\.dll|ProcessPrng/ },
  {
    system: 'windows',
    pattern: /GetSystemTimePreciseAsFileTime|api-ms-win-core-synch-l1-2-0|WaitOnAddress|RtlGetCurrentPeb could not/,
  },
  { system: 'windows', pattern: /Exception 0xc0000005 0x8 0x0 0x0/ },
  { system: 'macos', pattern: /[Ss]ymbol not found:? \(?'?_?\w{1,120}/ },
  { system: 'macos', pattern: /load command 0x8000003[34] is unknown|unknown load command 0x8000003/ },
  {
    system: 'macos',
    pattern:
      /You can[’']t use this version of the application|requires macOS \d+(?:\.\d+)? or later|was built for newer macOS version/,
  },
  { system: 'linux', pattern: /kernel too old|runtime: netpollinit failed/ },
  {
    system: 'linux',
    pattern:
      /runtime: (?:epollcreate|epoll_create1?|eventfd|pipe2?) failed[^\n]{0,40}(?:38|-38|function not implemented)/,
  },
  {
    system: 'linux',
    pattern:
      /(?:epoll_create1|pipe2|accept4|getrandom|eventfd2|inotify_init1|copy_file_range)[^\n]{0,60}: function not implemented/,
  },
]

const words = {
  windows: {
    name: 'Windows',
    needs: 'Go 1.21 and newer need Windows 10 or Server 2016; Go 1.20 is the last for Windows 7 and 8',
    last: 'Build with Go 1.20 for Windows 7, 8 and Server 2012, or run it on a newer Windows. Copying the DLL there does not help.',
  },
  macos: {
    name: 'macOS',
    needs:
      'Go 1.20 needs macOS 10.13, 1.21 10.15, 1.23 11, 1.25 12; C code and SDK of the machine that built it may ask for more',
    last: 'Build with the last Go for that macOS (1.22 for 10.15, 1.24 for 11), or run it on a newer macOS. With cgo, set MACOSX_DEPLOYMENT_TARGET to the oldest one that shall run it.',
  },
  linux: {
    name: 'the Linux kernel',
    needs: 'Go needs Linux 2.6.32, from Go 1.24 on 3.2, and the C library of the image may need more',
    last: 'Build with Go 1.23 or older for kernels before 3.2 (without cgo, for the C library asks for its own minimum), or update the kernel.',
  },
} as const

const rule: Rule = {
  id: 'os-too-old',
  area: 'port',
  title: 'The operating system is older than this Go supports',
  what: 'A program starts and ends at once, because it calls something that this release of the operating system has not got.',
  why: 'Every Go release gives up old systems: Windows 7 and 8 with 1.21, macOS 10.13 and 10.14 with 1.21, 10.15 with 1.23, 11 with 1.25, Linux before 3.2 with 1.24.',
  fix: 'Build with the last Go for that system, or run it on a newer one.',
  prevent: 'Say in the release notes which systems a release runs on when you raise Go.',
  classes: [],
  example: `fatal error: bcryptprimitives.dll not found
runtime: panic before malloc heap initialized`,
  markers: [
    'bcryptprimitives',
    'ProcessPrng',
    'GetSystemTimePrecise',
    'api-ms-win-core',
    'WaitOnAddress',
    'Exception 0xc0000005 0x8',
    'netpollinit failed',
    'ymbol not found',
    'load command 0x8000003',
    'this version of the application',
    'requires macOS',
    'kernel too old',
    'function not implemented',
    'epollcreate failed',
    'failed with 38',
  ],
  message: (message) => {
    if (['go', 'compile', 'cc', 'test', 'ld', 'link'].includes(message.printer)) return undefined
    const block = plain(message)
    const sign = signs.find(({ pattern }) => pattern.test(block))
    if (sign === undefined) return undefined
    const mac = sign.system === 'macos'
    const symbol = /[Ss]ymbol not found:? \(?'?(_?\w{1,120})/.exec(block)?.[1]
    if (mac && symbol !== undefined) {
      // Of a library that is not part of macOS it says nothing about the system; musl's loader uses the same words.
      if (!/dyld|lazy symbol binding|Referenced from|Expected in/.test(block)) return undefined
      if (/Expected in:? (?!.{0,60}(?:\/usr\/lib\/|\/System\/|libSystem))/.test(block)) return undefined
    }
    const { name, needs, last } = words[sign.system]
    const go = /\/go\/(1\.\d{1,2}(?:\.\d{1,2})?)\/|\bgo(1\.\d{1,2}(?:\.\d{1,2})?)\b/.exec(block)
    const built = go?.[1] ?? go?.[2]
    return diagnosis({
      confidence: /0xc0000005|netpollinit/.test(block)
        ? 'likely'
        : mac && symbol !== undefined && !/newer|built for/.test(block)
          ? 'likely'
          : 'certain',
      message: `The program${built === undefined ? '' : `, built with Go ${built},`} needs a newer ${name} than the one it runs on${symbol === undefined ? '' : ` (${clip(symbol, 60)} is missing)`}. ${needs}.`,
      fix: advice(last, ['go version PROGRAM']),
      key: sign.system,
    })
  },
}

export default rule
