import type { Message, Printer } from '../domain/message.ts'

/** What one line is taken for, before it is joined with others. */
export interface Line {
  readonly printer: Printer
  readonly kind: Message['kind']
  readonly text: string
  readonly position?: Message['position']
  readonly package?: string
  /** An echoed command, as it was typed. */
  readonly command?: string
  /**
   * `preface`: says where the next message is; `list`: a heading whose lines follow without indent; `trace`: a crash with
   * its stack; `chain`: an import or requirement chain whose reason stands at its end.
   */
  readonly role?: 'preface' | 'list' | 'trace' | 'chain'
}

/** A block of a tool's output, opened by `# import/path`. */
export interface Header {
  readonly package?: string
  readonly tool: 'compile' | 'vet' | 'pkg-config'
}

export function line(printer: Printer, kind: Message['kind'], text: string, more?: Partial<Line>): Line {
  // Millions a log: an assignment is several times cheaper than a spread.
  return more === undefined ? { printer, kind, text } : Object.assign({ printer, kind, text }, more)
}
