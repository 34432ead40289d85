import { line, type Header, type Line } from './line.ts'
import { parsePosition } from './position.ts'

// What the go command says at the position of an import, rather than the compiler at that of a mistake (cmd/go/internal/load).
const loading =
  /^(?:no required module provides|cannot find (?:module|package)|missing go\.sum entry|package \S+ is not in|package \S+ provided by|import "[^"]*" is a program|import "[^"]*": |ambiguous import|use of (?:internal|vendored) package|case-insensitive import collision|pattern \S+: |invalid pattern|module \S+ (?:provides|found|requires)|replacement directory|\S+@\S+: |found packages|"[^"]*" is relative|local import|invalid import path|malformed import path|build constraints exclude|import cycle not allowed|no (?:non-test |buildable )?Go files|invalid #cgo|malformed #cgo|import lookup disabled|must be imported as|unrecognized import path|reading |verifying |cannot use (?:path@version|go:embed)|go:embed |code in directory|expected 'package')/
const modFile = /(?:^|\/)(?:go\.(?:mod|work|sum|work\.sum)|modules\.txt|\w+\.mod)$/
const cKind =
  /^(?:fatal error|error|warning|note|remark|sorry, unimplemented|required from|Error|Warning|Fatal error)\b ?:?/
const cgoSays =
  /^(?:could not determine (?:kind|what)|cgo: |inconsistent definitions for C\.|cannot (?:find|parse|define) C|unexpected: |must call C\.|call of non-function C\.)/
const linkSays =
  /(?:^|: )(?:relocation target \S+ not defined|invalid reference to \S+$|missing Go type information|function main is undeclared|duplicated definition of symbol)|^loadinternal: |^(?:\S{1,500}[\\/])?link(?:\.exe)?: |^invalid reference to \S+$/
const asmSays = /^(?:\S{1,500}[\\/])?asm(?:\.exe)?: /
const compileSays = /^(?:\S{1,500}[\\/])?compile(?:\.exe)?: /
const cgoTool =
  /^(?:\S{1,500}[\\/]tool[\\/]\w{1,30}[\\/])?cgo(?:\.exe)?: |^could not determine (?:kind of name for|what) C\./

/** Recognises a line that begins with a position, by what is said there and by the block it stands in. */
export function classifyPositioned(text: string, header: Header | undefined): Line | undefined {
  const vet = text.startsWith('vet: ')
  const found = parsePosition(vet ? text.slice(5) : text)
  if (found === undefined) return withoutLine(text, header)
  const { position, text: said } = found
  const at = { position, ...(header?.package === undefined ? {} : { package: header.package }) }
  if (said === '') return undefined
  if (vet) return line('vet', 'error', said, at)
  if (/\.go$|\.y$/.test(position.file)) return goPosition(said, at, header)
  if (modFile.test(position.file)) return line('go', 'error', said, at)
  if (position.file.endsWith('.s') && !cKind.test(said)) return line('asm', 'error', said, at)
  return cKind.test(said) ? native(said, at) : undefined
}

/** `x.go:0:0: open x.go: too many open files`: about a file as a whole. */
function withoutLine(text: string, header: Header | undefined): Line | undefined {
  const start = /^\S{1,1000}\.go:0(?::0)?: /.exec(text)?.[0]
  if (start === undefined) return undefined
  return line(
    'compile',
    'error',
    text.slice(start.length),
    header?.package === undefined ? {} : { package: header.package },
  )
}

function goPosition(said: string, at: Partial<Line>, header: Header | undefined): Line {
  if (isLinking(said)) return native(said, at)
  if (/^(?:fatal error|error|warning|note): /.test(said)) return native(said, at)
  if (cgoSays.test(said)) return line('cgo', 'error', said, at)
  if (loading.test(said)) return line('go', 'error', said, at)
  return line(header?.tool === 'vet' ? 'vet' : 'compile', 'error', said, at)
}

const usesLibc = /Using '[^']{1,100}' in statically linked/

function isLinking(said: string): boolean {
  return said.startsWith('undefined reference to ') || usesLibc.test(said)
}

/** What a C compiler, assembler or linker says at a position. */
function native(said: string, at: Partial<Line>): Line {
  const kind =
    /^[Ww]arning\b/.test(said) || usesLibc.test(said) ? 'warning' : /^(?:note|remark)\b/.test(said) ? 'info' : 'error'
  return line(isLinking(said) ? 'ld' : 'cc', kind, said, at)
}

const linkers =
  /^(?:\S{1,500}[\\/])?(?:[\w.+-]{0,60}-)?(?:ld|ld\.lld|ld64\.lld|lld-link|ld\.gold|ld\.bfd|ld-classic|collect2|wasm-ld|mold)(?:\.exe)?(?:\[\d+\])?: /
const compilers =
  /^(?:\S{1,500}[\\/])?(?:[\w.+-]{0,60}-)?(?:gcc|g\+\+|cc|c\+\+|cc1|cc1plus|cc1obj|clang|clang\+\+|as|zig|musl-gcc)(?:-\d+(?:\.\d+)?)?(?:\.exe)?: (?=\S)/
const ldSays =
  /^Undefined symbols for architecture |^duplicate symbol |^(?:\S{1,800}[:)] ?)?(?:undefined reference to |multiple definition of |more undefined references to )|^\S{1,800}: (?:file not recognized|unrecognized relocation|error adding symbols|could not read symbols)|: warning: Using '[^']{1,100}' in statically linked|^cannot find -l|^LINK : |^\S{1,300} : error LNK\d/
const prefaces =
  /^In file included from |^ {0,20}from \S+:\d+|^\S{1,500}: In (?:function|member function|constructor|file included)|^(?:\S{1,500}ld: )?\S{1,500}: (?:In|in) function [`'‘]|^\S{1,500}: At top level:|^\S{1,300}: Assembler messages:$/
const pkgConfig =
  /^(?:\S{1,300}[\\/])?pkg-?config(?:\.exe)?: |^Package '?[^\s']{1,200}'?(?:,| was not found in the pkg-config| is required| not found)|^No package '[^']{1,200}' found/

const withoutColon =
  /^(?:invalid reference to |could not determine |Package '?\S|No package '|cannot find -l|duplicate symbol |In file included)/

/** Recognises what the compiler, linker, assembler, cgo and the C tools say without a position. */
export function classifyTools(text: string, header: Header | undefined): Line | undefined {
  if (!text.includes(':') && !withoutColon.test(text)) return undefined
  const about = header?.package === undefined ? {} : { package: header.package }
  if (/^undefined: \S+$/.test(text)) return line('compile', 'error', text, about)
  if (compileSays.test(text)) return line('compile', 'error', text, about)
  if (asmSays.test(text)) return line('asm', 'error', text, about)
  if (cgoTool.test(text)) return line('cgo', 'error', text, about)
  if (linkSays.test(text)) return line('link', 'error', text, about)
  if (pkgConfig.test(text)) return line('pkg-config', 'error', text, about)
  if (text.startsWith('vet: ')) return line('vet', 'error', text, about)
  if (prefaces.test(text)) return line('cc', 'info', text, { ...about, role: 'preface' })
  if (linkers.test(text)) return line('ld', severity(text), text, about)
  if (compilers.test(text)) return line('cc', severity(text), text, about)
  if (ldSays.test(text)) return line('ld', severity(text), text, about)
  if (text.startsWith('note: module requires Go ')) return line('go', 'info', text, about)
  return undefined
}

function severity(text: string): 'error' | 'warning' {
  return /: warning: |^warning: /.test(text) ? 'warning' : 'error'
}

const packageHeader = /^# ([A-Za-z0-9_.~][^\s[\]]{0,500})(?: \[[^\s\]]{1,500}\])?$/
const vetHeader = /^# \[[^\s\]]{1,500}(?: \[[^\s\]]{1,500}\])?\]$/

/**
 * Reads the heading of a block: `# import/path`, `# import/path [import/path.test]`, vet's and pkg-config's second line
 * `# [import/path]`, `# [pkg-config --cflags -- x]`, and `# pkg-config --cflags -- x` of Go 1.21 and older.
 */
export function parseHeader(text: string, current: Header | undefined): Header | undefined {
  if (text.startsWith('# pkg-config ')) return { tool: 'pkg-config' }
  if (text.startsWith('# [pkg-config ')) return { ...current, tool: 'pkg-config' }
  const name = packageHeader.exec(text)?.[1]
  if (name !== undefined) return { package: name, tool: 'compile' }
  if (!vetHeader.test(text)) return undefined
  const inner = text.slice(3, -1)
  return { package: current?.package ?? inner.split(' ')[0] ?? inner, tool: 'vet' }
}
