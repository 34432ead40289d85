import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { onPort, portOf } from '../../rule-helpers/excluded.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'c-compiler-missing',
  area: 'cgo',
  title: 'cgo is on and the C compiler is not there',
  what: 'A package with cgo has to be compiled, and the C compiler that CC names (or the default one) is not installed.',
  why: 'Small images (alpine, distroless, slim) have none, Windows has none, and for another target the default is a cross compiler such as aarch64-linux-gnu-gcc.',
  fix: 'Install the compiler, or build with CGO_ENABLED=0 when nothing in the program needs C.',
  classes: ['C03'],
  example: `# runtime/cgo
cgo: C compiler "no-such-gcc" not found: exec: "no-such-gcc": executable file not found in $PATH`,
  markers: ['C compiler "', 'executable file not found', 'cgo: exec ', 'cannot find C compiler'],
  message: async (message, context) => {
    const block = plain(message)
    const compiler =
      /C compiler "([^"\n]+)" not found/.exec(block)?.[1] ??
      /cgo: exec ([^\s:]+): fork\/exec [^\n]*: no such file/.exec(block)?.[1] ??
      /(?:^|: )exec: "((?:[\w.+-]{0,60}-)?(?:gcc|g\+\+|clang|clang\+\+|cc|c\+\+|tcc)(?:-\d+)?(?:\.exe)?)": executable file not found/.exec(
        block,
      )?.[1] ??
      (/^exec: "([^"\n]+)": executable file not found in %PATH%/.test(block)
        ? /^exec: "([^"\n]+)"/.exec(block)?.[1]
        : undefined)
    if (compiler === undefined || /^(?:git|hg|svn|bzr|fossil|swig|pkg-config|bash|sh|go)(?:\.exe)?$/.test(compiler))
      return undefined
    const { goos, goarch } = portOf(context)
    const env = await context.facts.goEnv()
    const cc = env?.CC
    const odd = !/(?:gcc|g\+\+|clang|cc|c\+\+|zig)/.test(compiler)
    const cross = /^(?:aarch64|arm|i686|x86_64|riscv64|powerpc64le|s390x|mips)[\w-]*-/.exec(compiler)?.[0]
    return diagnosis({
      message: `cgo is on, and its C compiler ${compiler} is not installed here${onPort(context) === '' ? '' : ` (the build is for ${onPort(context).slice(4)})`}${odd ? '; CC most likely holds something that is no compiler' : ''}.`,
      fix: advice(
        odd
          ? `Correct CC${cc === undefined ? '' : ` (now ${cc})`}, or unset it.`
          : cross !== undefined || (goos !== undefined && goarch !== undefined)
            ? `Install ${compiler} (a C compiler for the target), or build without cgo when nothing in the program needs C.`
            : 'Install a C compiler, or build without cgo when nothing in the program needs C.',
        odd
          ? ['go env -u CC']
          : compiler === 'aarch64-linux-gnu-gcc'
            ? ['apt-get install -y gcc-aarch64-linux-gnu  # Debian, Ubuntu', 'CGO_ENABLED=0 go build ./...']
            : /^(?:gcc|cc|g\+\+|c\+\+)$/.test(compiler)
              ? [
                  'apt-get install -y gcc libc6-dev  # Debian, Ubuntu',
                  'apk add gcc musl-dev  # Alpine',
                  'CGO_ENABLED=0 go build ./...',
                ]
              : ['CGO_ENABLED=0 go build ./...'],
      ),
      package: message.package,
      key: compiler,
    })
  },
}

export default rule
