import type { MessageContext, Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { onPort, portOf } from '../../rule-helpers/excluded.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const signs: readonly RegExp[] = [
  /unrecognized command[- ]line option [^\w\n]{0,3}-(?:marm|mthreads|arch|m64|m32|mabi|march)\b/,
  /^(?:gcc_|asm_)?[\w./-]{1,200}\.S:\d{1,7}: Error: /,
  /^gcc_(?:arm|arm64|amd64|386|ppc64x|riscv64|s390x|mips\w{0,6}|loong64)\.S: Assembler messages:/,
  /(?:no such instruction|operand size mismatch for|unknown mnemonic|bad instruction|unsupported instruction)/,
  /sorry, unimplemented: 64-bit mode not compiled in/,
  /file not recognized: file format not recognized/,
  /unknown (?:target triple|argument: '-mthreads'|option: -z)/,
  /unsupported option '-arch'|Unsupported architecture/,
]

const rule: Rule = {
  id: 'c-compiler-wrong',
  area: 'cgo',
  title: 'The C compiler is for another machine than the build',
  what: 'cgo compiles C and assembly for the target, and the compiler it runs makes code for another machine: it refuses the options or the instructions.',
  why: 'GOOS or GOARCH are set together with CGO_ENABLED=1, and CC still names the compiler of this machine (or the cross compiler of another target).',
  fix: 'Set CC to a C compiler for the target, or build without cgo.',
  classes: ['C04', 'C06'],
  example: `# runtime/cgo
gcc_arm64.S: Assembler messages:
gcc_arm64.S:30: Error: no such instruction: \`stp x29,x30,[sp,'`,
  markers: [
    'unrecognized command',
    'Error: ',
    'Assembler messages',
    'unimplemented: 64-bit',
    'file format not recognized',
    'cgo: exit status',
    'unknown option: -z',
    'unsupported option',
    'Unsupported architecture',
  ],
  message: (message, context) => {
    const block = plain(message)
    const fails = /^([^\s:]+): (?:[^\s:]*[\\/])?cgo(?:\.exe)?: exit status \d+/.exec(block)?.[1]
    const native = message.printer === 'cc' || message.printer === 'ld' || message.printer === 'unknown'
    if (fails === undefined && !(native && signs.some((sign) => sign.test(block)))) return undefined
    if (
      fails === undefined &&
      !/gcc_|asm_|\.S:|command[- ]line|unimplemented|not recognized|unknown option|unsupported|Unsupported/.test(block)
    )
      return undefined
    // The linker of the host was called although cgo is off: that is the cause, not the compiler.
    if (context.command.messages.some((other) => other.text.includes('loadinternal: cannot find runtime/cgo')))
      return 'consequence'
    const on = onPort(context)
    return fails === undefined
      ? diagnosis({
          message: `The C compiler makes code for another machine than the build${on === '' ? '' : ` (${on.trim().slice(3)})`}: ${clip(block.split('\n')[0] ?? '', 120)}.`,
          fix: advice(
            `Set CC to a C compiler for the target${compilerFor(context)}, or build without cgo when nothing in the program needs C.`,
            ['CGO_ENABLED=0 go build ./...'],
          ),
          package: message.package,
          key: 'target',
        })
      : diagnosis({
          confidence: 'likely',
          message: `The C compiler failed without a word while cgo looked at ${fails}; most likely CC names something that is no working C compiler.`,
          fix: advice('Run the compiler by hand, and correct or unset CC.', ['$(go env CC) --version', 'go env -u CC']),
          package: fails,
          key: 'fails',
        })
  },
}

const compilers: Readonly<Record<string, string>> = {
  'linux/arm': 'arm-linux-gnueabihf-gcc',
  'linux/arm64': 'aarch64-linux-gnu-gcc',
  'linux/amd64': 'x86_64-linux-gnu-gcc',
  'linux/386': 'gcc -m32 with gcc-multilib, or i686-linux-gnu-gcc',
  'linux/riscv64': 'riscv64-linux-gnu-gcc',
  'linux/ppc64le': 'powerpc64le-linux-gnu-gcc',
  'linux/s390x': 's390x-linux-gnu-gcc',
  'windows/amd64': 'x86_64-w64-mingw32-gcc',
  'windows/386': 'i686-w64-mingw32-gcc',
}

function compilerFor(context: MessageContext): string {
  const { goos = 'linux', goarch } = portOf(context)
  const one = compilers[`${goos}/${goarch ?? ''}`]
  if (goarch !== undefined && one !== undefined) return ` (${one}, or zig cc -target …)`
  return ' (aarch64-linux-gnu-gcc for linux/arm64, arm-linux-gnueabihf-gcc for linux/arm, x86_64-w64-mingw32-gcc for windows/amd64, or zig cc -target …; on macOS a current SDK and no SDKROOT of an old one)'
}

export default rule
