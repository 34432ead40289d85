import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, enumerate, plain } from '../../rule-helpers/text.ts'

const option: readonly RegExp[] = [
  /\bld(?:64)?(?:\.lld|-classic|\.gold|\.bfd)?(?:\.exe)?: (?:error: |fatal: )?(?:unknown (?:option|argument|emulation|options)|unrecognized (?:option|emulation mode)|unrecognised emulation mode):? [`'"]?(-?[\w=,.+-]{1,80})/,
  /unknown argument: '(-[\w=,.+-]{1,80})'/,
  /unsupported option '(-[\w=,.+-]{1,80})'/,
  /unrecognized command[- ]line option [`'"‘“]?(-[\w=,.+/-]{1,80})/,
  /argument unused during compilation: '(-[\w=,.+-]{1,80})' \[-Werror/,
  /cannot find '(ld)'|invalid linker name in (?:argument|'-fuse-ld=)[^\n]{0,20}'?(-fuse-ld=\w{1,20})/,
  /collect2(?:\.exe)?: fatal error: cannot find '([\w.-]{1,40})'/,
]
const microsoft =
  /\bcl(?:\.exe)? ?: Command line (?:warning|error) (D\d{4})[^\n]{0,120}|\bLINK ?: (?:fatal error|warning) (LNK\d{4})[^\n]{0,160}|: (?:fatal )?error (LNK(?:1104|1181|2005|1112|1120))[^\n]{0,160}/
const architecture =
  /building for '?(?:macOS|iOS)[\w-]{0,20}'?,? but (?:attempting to link with|linking in) (?:file|object file|dylib)[^\n]{0,200}|ignoring file [^\n]{1,300}(?:found architecture|required architecture|wrong architecture|building for)[^\n]{0,120}/
const framework = /framework '?([\w.+-]{1,80})'? not found|framework not found ([\w.+-]{1,80})/

const rule: Rule = {
  id: 'linker-option',
  area: 'cgo',
  title: 'The C compiler or linker does not take what it is given',
  what: 'The external compiler or linker refuses an option, a file for another processor, or is not the kind that cgo speaks to.',
  why: 'cgo speaks the options of gcc and clang. Options differ between GNU ld, lld, Apple’s ld and Microsoft’s, and so do object files for other processors.',
  fix: 'Drop the option for this system (a #cgo line with a constraint such as `#cgo linux LDFLAGS:`), or use the compiler that takes it; on Windows use MinGW-w64, not cl.exe.',
  classes: [],
  example: 'ld: unknown option: --no-gc-sections',
  markers: [
    'unknown option',
    'unknown argument',
    'unrecognized option',
    'emulation',
    'unsupported option',
    'unrecognized command',
    'argument unused during compilation',
    'invalid linker name',
    "cannot find 'ld'",
    'fatal error: cannot find',
    'Command line error',
    'Command line warning',
    'LNK1',
    'LNK2',
    'LNK4',
    'building for',
    'architecture',
    'framework ',
  ],
  message: (message) => {
    if (!['cc', 'ld', 'link', 'unknown', 'cgo'].includes(message.printer)) return undefined
    const block = plain(message)
    const about = { package: message.package }
    const frameworks = framework.exec(block)
    if (frameworks !== null) {
      const name = frameworks[1] ?? frameworks[2] ?? ''
      return diagnosis({
        ...about,
        message: `The linker does not find the framework ${name} of macOS or iOS.`,
        fix: advice(
          `${name} is in the SDK of another system or of a newer Xcode: build on macOS with an Xcode that has it, and unset SDKROOT.`,
          ['xcrun --show-sdk-path'],
        ),
        key: name,
      })
    }
    if (architecture.test(block)) {
      return diagnosis({
        ...about,
        confidence: 'likely',
        message: `A library for another processor is linked: ${clip(architecture.exec(block)?.[0] ?? '', 160)}.`,
        fix: advice(
          'Link libraries of the processor that is built for: on Apple Silicon those of Homebrew in /opt/homebrew are arm64, those in /usr/local x86_64. Set GOARCH, CGO_LDFLAGS and PKG_CONFIG_PATH to fit each other.',
          ['go env GOARCH CGO_LDFLAGS', 'lipo -info LIBRARY'],
        ),
        key: 'architecture',
      })
    }
    const ms = microsoft.exec(block)
    if (ms !== null) {
      const code = ms.slice(1).find((part) => part !== undefined) ?? ''
      return diagnosis({
        ...about,
        confidence: 'likely',
        message: `Microsoft’s ${code.startsWith('D') ? 'compiler' : 'linker'} was called (${clip(ms[0], 140)}), which does not speak with cgo.`,
        fix: advice(
          'Let CC name MinGW-w64’s gcc or clang, and link libraries that were built with it; a DLL made by Microsoft’s compiler can be linked through its import library. A Go c-archive for Visual Studio is linked as c-shared instead.',
          ['go env -w CC=gcc'],
        ),
        key: code,
      })
    }
    const values = option.flatMap(
      (pattern) =>
        pattern
          .exec(block)
          ?.slice(1)
          .filter((value) => value !== undefined) ?? [],
    )
    const first = values[0]
    if (first === undefined) return undefined
    const missing = !first.startsWith('-')
    return diagnosis({
      ...about,
      confidence: 'likely',
      message: missing
        ? `The C compiler finds no linker ${first}.`
        : `The C compiler or linker here does not know ${enumerate([...new Set(values)], 3)}.`,
      fix: advice(
        missing
          ? `Install it (gcc chooses it by -fuse-ld=…; Go asks for gold on linux/arm64 up to 1.20), or leave the option out.`
          : 'Find who passes it (#cgo lines, CGO_CFLAGS, CGO_LDFLAGS, -extldflags) and keep it to the system that knows it, for example “#cgo linux LDFLAGS: …”; or use the compiler it was meant for.',
        missing ? ['apt-get install -y binutils  # Debian, Ubuntu'] : ['go env CC CGO_CFLAGS CGO_LDFLAGS'],
      ),
      key: first,
    })
  },
}

export default rule
