import { line, type Header, type Line } from './line.ts'
import { parsePosition } from './position.ts'

// What the go command says at the position of an import, rather than the compiler at that of a mistake (cmd/go/internal/load).
const loading =
  /^(?:no required module provides|cannot find (?:module|package)|missing go\.sum entry|package \S+ is not in|package \S+ provided by|import "[^"]*" is a program|import "[^"]*": |ambiguous import|use of (?:internal|vendored) package|case-insensitive import collision|pattern \S+: |invalid pattern|module \S+ (?:provides|found|requires)|replacement directory|\S+@\S+: |found packages|"[^"]*" is relative|local import|invalid import path|malformed import path|build constraints exclude|import cycle not allowed|no (?:non-test |buildable )?Go files|invalid #cgo|malformed #cgo|import lookup disabled|must be imported as|unrecognized import path|reading |verifying |cannot use (?:path@version|go:embed)|go:embed (?!requires import|only allowed|cannot apply)|code in directory|expected 'package')/
const modFile = /(?:^|\/)(?:go\.(?:mod|work|sum|work\.sum)|modules\.txt|\w+\.mod)$/
const cKind =
  /^(?:fatal error|error|warning|note|remark|sorry, unimplemented|required from|Error|Warning|Fatal error)\b ?:?/
const cgoSays =
  /^(?:could not determine (?:kind|what)|cgo: |inconsistent definitions for C\.|cannot (?:find|parse|define) C|unexpected: |must call C\.|call of non-function C\.)/
const linkSays =
  /(?:^|: )(?:relocation target \S+ not defined|invalid reference to \S+$|missing Go type information|function main is undeclared|duplicated definition of symbol)|^loadinternal: |^invalid reference to \S+$/

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
  const start = text.includes('.go:0') ? /^\S{1,1000}\.go:0(?::0)?: /.exec(text)?.[0] : undefined
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
  // What a test logs has no column (testing.common.decorate); what a compiler says of its file has one.
  if (isTestLog(at.position)) return line('test', 'info', said, at)
  return line(header?.tool === 'vet' ? 'vet' : 'compile', 'error', said, at)
}

function isTestLog(position: Line['position']): boolean {
  return position?.column === undefined && position?.file.endsWith('_test.go') === true
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
  /^(?:[\w.+-]{0,60}-)?(?:ld|ld\.lld|ld64\.lld|lld-link|ld\.gold|ld\.bfd|ld-classic|collect2|wasm-ld|mold)(?:\[\d+\])?$/
const compilers =
  /^(?:[\w.+-]{0,60}-)?(?:gcc|g\+\+|cc|c\+\+|cc1|cc1plus|cc1obj|clang|clang\+\+|as|zig|musl-gcc)(?:-\d+(?:\.\d+)?)?$/
const ldSays =
  /^Undefined symbols for architecture |^duplicate symbol |^(?:\S{1,800}[:)] ?)?(?:undefined reference to |multiple definition of |more undefined references to )|^\S{1,800}: (?:file not recognized|unrecognized relocation|error adding symbols|could not read symbols)|: warning: Using '[^']{1,100}' in statically linked|^cannot find -l|^LINK : |^\S{1,300} : error LNK\d/
const prefaces =
  /^In file included from |^ {0,20}from \S+:\d+|^\S{1,500}: In (?:function|member function|constructor|file included)|^(?:\S{1,500}ld: )?\S{1,500}: (?:In|in) function [`'‘]|^\S{1,500}: At top level:|^\S{1,300}: Assembler messages:$/
const pkgConfigSays =
  /^Package '?[^\s']{1,200}'?(?:,| was not found in the pkg-config| is required| not found)|^No package '[^']{1,200}' found/
// What a line holds when one of the patterns of a linker or of a preface can match it: a look that costs less than they do.
const linkWords =
  /undefined|multiple|cannot find|Undefined|duplicate|LINK|error LNK|statically linked|: (?:file not recognized|unrecognized relocation|error adding|could not read)/
const prefaceWords = /[Ii]n f|In (?:member|constructor)|from \S|At top level:|Assembler messages/
const tools: ReadonlyMap<string, 'compile' | 'asm' | 'link'> = new Map([
  ['compile', 'compile'],
  ['asm', 'asm'],
  ['link', 'link'],
])

const withoutColon =
  /^(?:invalid reference to |could not determine |Package '?\S|No package '|cannot find -l|duplicate symbol |In file included)/

/** Recognises what the compiler, linker, assembler, cgo and the C tools say without a position. */
export function classifyTools(text: string, header: Header | undefined): Line | undefined {
  if (!text.includes(':')) {
    if (!withoutColon.test(text)) return undefined
  } else {
    const found = classifyProgram(text, header)
    if (found !== undefined) return found
  }
  if (/^undefined: \S+$/.test(text)) return line('compile', 'error', text, about(header))
  if (text.startsWith('could not determine ') && /^could not determine (?:kind of name for|what) C\./.test(text))
    return line('cgo', 'error', text, about(header))
  if (linkSays.test(text)) return line('link', 'error', text, about(header))
  if (pkgConfigSays.test(text)) return line('pkg-config', 'error', text, about(header))
  if (isPreface(text)) return line('cc', 'info', text, { ...about(header), role: 'preface' })
  if (linkWords.test(text) && ldSays.test(text)) return line('ld', severity(text), text, about(header))
  return undefined
}

/** What stands behind the name of a program: `/usr/bin/ld: …`, `cgo: …`, `C:\go\pkg\tool\windows_amd64\link.exe: …`. */
function classifyProgram(text: string, header: Header | undefined): Line | undefined {
  const end = text.indexOf(': ')
  if (end < 1 || end > maxProgram) return undefined
  const path = text.slice(0, end)
  if (/\s/.test(path)) return undefined
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).replace(/\.exe$/, '')
  const tool = tools.get(name)
  if (tool !== undefined) return line(tool, 'error', text, about(header))
  if (name === 'cgo' && (name === path || /[\\/]tool[\\/]\w{1,30}[\\/]cgo(?:\.exe)?$/.test(path)))
    return line('cgo', 'error', text, about(header))
  if (name === 'pkg-config' || name === 'pkgconfig') return line('pkg-config', 'error', text, about(header))
  if (path === 'vet') return line('vet', 'error', text, about(header))
  if (path === 'note' && text.startsWith('note: module requires Go ')) return line('go', 'info', text, about(header))
  if (!linkers.test(name) && !compilers.test(name)) return undefined
  if (isPreface(text)) return line('cc', 'info', text, { ...about(header), role: 'preface' })
  return line(linkers.test(name) ? 'ld' : 'cc', severity(text), text, about(header))
}

const maxProgram = 600

function isPreface(text: string): boolean {
  return prefaceWords.test(text) && prefaces.test(text)
}

function about(header: Header | undefined): Partial<Line> {
  return header?.package === undefined ? {} : { package: header.package }
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
