import type { Message } from '../../domain/message.ts'
import { plain } from './text.ts'

/** What kind of complaint a compiler message is; each kind belongs to one rule, so that no message is claimed twice. */
export type CompileKind =
  | 'undefined'
  | 'overflow'
  | 'system-type'
  | 'system-member'
  | 'missing-body'
  | 'language'
  | 'too-many'
  | 'load'
  | 'other'

const loadErrors =
  /^(?:no required module provides|cannot find module providing|cannot find package|missing go\.sum entry|package [^\s]+ is not in|import "[^"]*" is a program|ambiguous import|use of internal package|case-insensitive import collision|pattern [^\n]+: (?:no matching files|cannot embed|invalid pattern)|module [^\s]+ provides package|replacement directory|[^\s]+: replacement directory|found packages|"[^"]*" is relative|local import|invalid import path|malformed import path|build constraints exclude|import cycle not allowed|no Go files|could not import|could not determine|invalid #cgo|malformed #cgo|import lookup disabled)/

/** True for an error of the compiler, or of vet's type check, in a Go file. */
export function isCompileMessage(message: Message): boolean {
  if (message.kind !== 'error') return false
  if (message.position === undefined)
    return ['compile', 'link'].includes(message.printer) && message.text.startsWith('undefined: ')
  return ['compile', 'vet', 'unknown'].includes(message.printer) && /\.(?:go|y)$/.test(message.position.file)
}

/** Sorts a compiler message by its wording (types2 and syntax, Go 1.13 to 1.27). */
export function compileKind(message: Message): CompileKind {
  const text = compileText(message)
  if (loadErrors.test(text)) return 'load'
  if (text.startsWith('too many errors')) return 'too-many'
  if (undefinedName(message) !== undefined) return 'undefined'
  if (languageNeeded(text) !== undefined) return 'language'
  if (
    /\boverflows (?:int|uint|uintptr)\b/.test(text) ||
    /as (?:int|uint|uintptr) value in [^\n]*\(overflows\)/.test(text) ||
    longArray(text)
  ) {
    return 'overflow'
  }
  if (text.startsWith('missing function body')) return 'missing-body'
  if (systemTypes(text) !== undefined) return 'system-type'
  if (systemMember(message) !== undefined) return 'system-member'
  return 'other'
}

/** An array with more elements than an int of 32 bits counts, and fewer than one of 64 bits. */
function longArray(text: string): boolean {
  const length = /^invalid array length [^\n]*\(untyped int constant (\d{1,30})\)/.exec(text)?.[1]
  return length !== undefined && Number(length) >= 2 ** 31 && Number(length) < 2 ** 63
}

// Fields and types of package syscall and golang.org/x/sys whose integer types differ from system to system.
const systemField =
  /\.(?:Dev|Rdev|Nlink|Ino|Mode|Blksize|Blocks|Size|Sec|Nsec|Usec|Bsize|Bavail|Bfree|Files|Ffree|Type|Flags|Namelen|Frsize|Uid|Gid|Pid|Family|Cur|Max|Atim|Mtim|Ctim)\b|\bsyscall\.|\bunix\.|\bHandle\b|\.Fd\(\)/
const systemType = /^u?int(?:8|16|32|64|ptr)?$|^(?:syscall|unix|windows)\.\w+$|^Handle$/

/** The two integer types that a message finds unequal, where one of them depends on the system. */
export function systemTypes(text: string):
  | {
      /** What has the wrong type; absent for an operation on two values. */
      readonly value?: string
      readonly expression: string
      readonly has: string
      readonly wanted: string
    }
  | undefined {
  const line = text.split('\n')[0] ?? ''
  if (!systemField.test(line)) return undefined
  const [, value, has, wanted] =
    /^cannot use ([^\n]{1,200}?) \((?:[a-z]+ )?(?:of (?:[\w.]+ )?type )?([\w.*]+)\) as (?:type )?([\w.*]+)/.exec(
      line,
    ) ?? []
  const [, operation, left, right] =
    /^(?:invalid operation: )?([^\n]{0,200}?) ?\(mismatched types ([\w.*]+) and ([\w.*]+)/.exec(line) ?? []
  const [one, other] = [has ?? left, wanted ?? right]
  if (one === undefined || other === undefined || !systemType.test(one) || !systemType.test(other)) return undefined
  return { ...(value === undefined ? {} : { value }), expression: value ?? operation ?? '', has: one, wanted: other }
}

/** The language version a message asks for, also in the words of compilers that do not name it (Go 1.17 to 1.21). */
export function languageNeeded(text: string): string | undefined {
  const named = /\brequires go(1\.\d+) or later/.exec(text)?.[1]
  if (named !== undefined) return named
  if (/^syntax error: unexpected (?:any|\[|comparable), expect(?:ing|ed) (?:\]|\()/.test(text)) return '1.18'
  if (/^cannot range over \d+ \(untyped int constant\)/.test(text)) return '1.22'
  if (/^cannot range over [^\n]* \([^\n]*func\(yield/.test(text)) return '1.23'
  return undefined
}

/** The message without the `vet: ` that vet's type check sets before it. */
export function compileText(message: Message): string {
  return plain(message).replace(/^vet: /, '')
}

/**
 * The member that a type of this package lacks: `installPlatform` of `m.installPlatform undefined (type *mkcert has no field
 * or method installPlatform)`. A method is often declared in a file for each system.
 */
export function missingMember(message: Message): string | undefined {
  const text = compileText(message)
  const [, type, member] = /^[^\s]{1,300} undefined \(type \*?([\w.]+) has no field or method (\w+)/.exec(text) ?? []
  if (member !== undefined) return qualified(type, member)
  const [, owner, method] =
    /: \*?([\w.]+) does not implement [^\n]{1,500} \(missing method (\w+)\)/.exec(text.split('\n')[0] ?? '') ?? []
  return method === undefined ? undefined : qualified(owner, method)
}

/** A method of another package's type as that package is called here: `disk.Free` for Free of disk.Volume. */
function qualified(type: string | undefined, member: string): string {
  const owner = type?.includes('.') === true ? type.split('.')[0] : undefined
  return owner === undefined ? member : `${owner}.${member}`
}

/**
 * A field or method that a type of package syscall or golang.org/x/sys has on other systems: `syscall.Stat_t.Atim`,
 * `syscall.SysProcAttr.Setpgid`.
 */
export function systemMember(message: Message): string | undefined {
  const text = compileText(message)
  const [, type, member] =
    /^[^\s]{1,300} undefined \(type \*?((?:syscall|unix|windows|plan9)\.\w+) has no field or method (\w+)/.exec(text) ??
    []
  if (member !== undefined) return `${type ?? ''}.${member}`
  const [, field, owner] =
    /^unknown field '?(\w+)'? in struct literal of type \*?((?:syscall|unix|windows|plan9)\.\w+)/.exec(text) ?? []
  return field === undefined ? undefined : `${owner ?? ''}.${field}`
}

/** The name that a message calls undefined: `c.F`, `Handler`; also vet's and TinyGo's wordings. */
export function undefinedName(message: Message): string | undefined {
  const text = compileText(message)
  const [, name] =
    /^undefined: ([^\s(]+)/.exec(text) ??
    /^undeclared name: ([^\s(]+)/.exec(text) ??
    /^undefined array length ([^\s(]+) or missing type constraint/.exec(text) ??
    []
  if (name !== undefined) return name
  const [, symbol, owner] = /^(?:undefined: )?([^\s]+) not (?:declared|exported) by package ([^\s]+)/.exec(text) ?? []
  return symbol === undefined || owner === undefined ? undefined : `${owner}.${symbol}`
}
