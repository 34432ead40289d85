import type { Message } from '../../domain/message.ts'
import { plain } from './text.ts'

/** What kind of complaint a compiler message is; each kind belongs to one rule, so that no message is claimed twice. */
export type CompileKind =
  'undefined' | 'overflow' | 'type-mismatch' | 'missing-body' | 'language' | 'too-many' | 'load' | 'other'

const loadErrors =
  /^(?:no required module provides|cannot find module providing|cannot find package|missing go\.sum entry|package [^\s]+ is not in|import "[^"]*" is a program|ambiguous import|use of internal package|case-insensitive import collision|pattern [^\n]+: (?:no matching files|cannot embed|invalid pattern)|module [^\s]+ provides package|replacement directory|[^\s]+: replacement directory|found packages|"[^"]*" is relative|local import|invalid import path|malformed import path|build constraints exclude|import cycle not allowed|no Go files|could not import|could not determine|invalid #cgo|malformed #cgo|import lookup disabled)/

/** True for an error of the compiler, or of vet's type check, in a Go file. */
export function isCompileMessage(message: Message): boolean {
  if (message.kind !== 'error') return false
  if (message.position === undefined) return message.printer === 'link' && /^undefined: /.test(message.text)
  return ['compile', 'vet', 'unknown'].includes(message.printer) && /\.(?:go|y)$/.test(message.position.file)
}

/** Sorts a compiler message by its wording (types2 and syntax, Go 1.13 to 1.27). */
export function compileKind(message: Message): CompileKind {
  const text = compileText(message)
  if (loadErrors.test(text)) return 'load'
  if (/^too many errors/.test(text)) return 'too-many'
  if (undefinedName(message) !== undefined) return 'undefined'
  if (/\brequires go1\.\d+ or later/.test(text) || /-lang was set to go1\.\d+/.test(text)) return 'language'
  if (
    /\boverflows (?:int|uint|uintptr)\b/.test(text) ||
    /as (?:int|uint|uintptr) value in [^\n]*\(overflows\)/.test(text)
  ) {
    return 'overflow'
  }
  if (/^missing function body/.test(text)) return 'missing-body'
  if (/^cannot use [^\n]+ as (?:type )?[^\n]+ in /.test(text) || /\(mismatched types [^\n]+\)/.test(text))
    return 'type-mismatch'
  return 'other'
}

/** The message without the `vet: ` that vet's type check sets before it. */
export function compileText(message: Message): string {
  return plain(message).replace(/^vet: /, '')
}

/** The name that a message calls undefined: `c.F`, `Handler`; also vet's and TinyGo's wordings. */
export function undefinedName(message: Message): string | undefined {
  const text = compileText(message)
  const [, name] = /^undefined: ([^\s(]+)/.exec(text) ?? /^undeclared name: ([^\s(]+)/.exec(text) ?? []
  if (name !== undefined) return name
  const [, symbol, owner] = /^(?:undefined: )?([^\s]+) not (?:declared|exported) by package ([^\s]+)/.exec(text) ?? []
  return symbol === undefined || owner === undefined ? undefined : `${owner}.${symbol}`
}
