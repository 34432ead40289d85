import type { ModuleVersion } from './module.ts'

/** Who printed a message. `runtime` is a Go program's own crash; `system` the kernel, the shell or the dynamic loader. */
export type Printer =
  | 'go'
  | 'compile'
  | 'asm'
  | 'link'
  | 'vet'
  | 'cgo'
  | 'cc'
  | 'ld'
  | 'pkg-config'
  | 'git'
  | 'test'
  | 'runtime'
  | 'system'
  | 'wrapper'
  | 'unknown'

/** A position as the program printed it, with `/` separators. */
export interface MessagePosition {
  readonly file: string
  readonly line: number
  readonly column?: number
}

/**
 * One thing that a program said, cut out of its output. Plain data with bounded strings; hostile: it may hold any
 * character that the module under test chose, control characters removed.
 */
export interface Message {
  readonly printer: Printer
  readonly kind: 'error' | 'warning' | 'info'
  /** The first line without prefix (`go: `), position and colours. */
  readonly text: string
  /** Continuation lines in order, the common indent removed; at most 50. */
  readonly detail: readonly string[]
  readonly position?: MessagePosition
  /** Import path of the package being built or loaded (`# path` headers, go build -json, go list). */
  readonly package?: string
  /**
   * The chain of imports that leads to `package`, outermost first and `package` last: as the go command printed it, or the
   * shortest one from a package of the module that a probe found.
   */
  readonly importStack?: readonly string[]
  /** The module the message is about, or that owns the positioned file (out of a module-cache path). */
  readonly module?: ModuleVersion
  /** Line number in the output that the message began on, from 1. */
  readonly line: number
  /** The command a line of a log echoes, as it was typed; only for messages of kind info. */
  readonly command?: string
  /** How often the same message was printed; more than 1 only when repeats were folded. */
  readonly count?: number
}

/** Text and detail as one block, the form in which rules that span lines look at a message. */
export function messageBlock(message: Message): string {
  return message.detail.length === 0 ? message.text : `${message.text}\n${message.detail.join('\n')}`
}
