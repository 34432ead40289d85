import type { Message } from '../domain/message.ts'
import type { ModuleVersion } from '../domain/module.ts'
import { isBarePackage } from './classify-go.ts'
import { isHint, isListed, isNote, isTrace, parseLink, type Link } from './joining.ts'
import type { Line } from './line.ts'
import { moduleOfFile, moduleOfText } from './position.ts'

/** A message whose lines are still coming in. */
export interface Open {
  line: Line
  readonly number: number
  /** Printed while a test ran, as far as the output tells. */
  readonly inTest: boolean
  readonly indent: number
  readonly detail: { readonly text: string; readonly indent: number }[]
  /** The chain so far, outermost first, and whether its reason has been said. */
  readonly chain: string[]
  reason: string | undefined
  chainDone: boolean
}

const mostDetail = 50
const maxText = 4000
const maxDetail = 1000

export function openMessage(line: Line, number: number, indent: number, inTest = false): Open {
  const isChain = line.role === 'chain'
  const outer = isChain
    ? line.text.replace(/^package /, '').replace(/ (?:imports|requires|tested by|updating to)$/, '')
    : undefined
  return {
    line,
    number,
    inTest,
    // Of a chain whose head was cut away every line is indented; its end must still take its own details.
    indent: isChain ? 0 : indent,
    detail: [],
    chain: outer === undefined ? [] : [outer],
    reason: undefined,
    chainDone: !isChain,
  }
}

/** True when a line belongs to the open message. */
export function takesLine(open: Open, text: string, indent: number, afterBlank: boolean): boolean {
  const { line } = open
  if (!open.chainDone) return linkOf(open, text) !== undefined
  if (line.role === 'trace') return isTrace(text, indent, afterBlank)
  if (isListed(text, line) || isNote(text, line)) return true
  if (line.text === 'import cycle not allowed' && /^package [^\s:]+$/.test(text)) return true
  if (indent > open.indent) return takesIndented(line, text)
  if (line.text === 'import cycle not allowed' && text.startsWith('imports ')) return true
  if (afterBlank && line.printer !== 'go') return false
  return isHint(text, line)
}

function takesIndented(line: Line, text: string): boolean {
  if (line.printer === 'unknown' || line.printer === 'wrapper') return false
  if (line.printer === 'go' && line.kind === 'info') return /^(?:go |\()/.test(text)
  return line.printer !== 'test' || line.kind === 'error'
}

/** True when a line that starts something of its own is the rest of an open crash (`[signal …`, `goroutine 1 [running]:`). */
export function startsTrace(open: Open, line: Line): boolean {
  return open.line.role === 'trace' && line.role === 'trace' && /^(?:\[signal |goroutine |runtime: )/.test(line.text)
}

export function addDetail(open: Open, text: string, indent: number): void {
  const link = open.chainDone ? undefined : linkOf(open, text)
  if (link !== undefined) {
    open.chain.push(link.path)
    if (link.reason !== undefined) {
      open.reason = link.reason
      open.chainDone = true
    }
  }
  // The reason becomes the text of the message; here it would stand a second time.
  const shown = link?.reason === undefined ? text : text.slice(0, text.length - link.reason.length).replace(/: ?$/, '')
  if (open.detail.length < mostDetail) open.detail.push({ text: shown.slice(0, maxDetail), indent })
  if (text.startsWith('usage: ') && open.line.text.startsWith('flag provided')) {
    const tool = /^usage: (link|compile|asm|vet|cgo) /.exec(text)?.[1]
    if (tool !== undefined) open.line = { ...open.line, printer: tool as Line['printer'] }
  }
}

function linkOf(open: Open, text: string): Link | undefined {
  const importing = open.line.text.startsWith('package ')
  return parseLink(text, importing) ?? (importing ? undefined : parseLink(text, true))
}

/** The message, whole. `downloading` is the module the go command fetched last, for complaints that name none. */
export function finish(open: Open, downloading: ModuleVersion | undefined): Message {
  const { line } = open
  const last = open.chain.at(-1)
  const chained = open.chain.length > 1 && last !== undefined
  const imports = line.text.startsWith('package ') || / (?:imports|tested by)$/.test(line.text)
  // `package x` alone is a line of Go source, say in the output of go doc; go's own goes on with what it imports.
  if (!chained && line.role === 'chain' && isBarePackage(line.text) && open.detail.length === 0)
    return plainMessage(line.text, undefined, open.number)
  // A crash shows its stack; a test that prints the word has caught what it provoked.
  if (open.inTest && line.role === 'trace' && open.detail.length === 0)
    return { ...plainMessage(line.text, line.package, open.number), printer: 'test' }
  const text = chained ? chainText(open, last) : line.text
  const detail = dedent(chained ? withHead(open) : open.detail, open.indent)
  const module = moduleOf(line, text, detail, downloading)
  const about = chained && imports ? last : line.package
  return {
    printer: line.printer,
    kind: line.kind,
    text: text.slice(0, maxText),
    detail,
    ...(line.position === undefined ? {} : { position: line.position }),
    ...(about === undefined ? {} : { package: about }),
    ...(chained && imports ? { importStack: open.chain } : {}),
    ...(module === undefined ? {} : { module }),
    ...(line.command === undefined ? {} : { command: line.command.slice(0, maxText) }),
    line: open.number,
  }
}

/** A line that no program is known to print. */
export function plainMessage(text: string, about: string | undefined, number: number): Message {
  const message = {
    printer: 'unknown',
    kind: 'info',
    text: text.slice(0, maxText),
    detail: noDetail,
    line: number,
  } as const
  return about === undefined ? message : { ...message, package: about }
}

const noDetail: readonly string[] = []

/** The reason in front, as the go command writes it when there is no chain: `package x: reason`, `x@v1.0.0: reason`. */
function chainText(open: Open, last: string): string {
  if (open.reason === undefined) return open.line.text
  return `${open.line.text.startsWith('package ') ? 'package ' : ''}${last}: ${open.reason}`
}

function withHead(open: Open): Open['detail'] {
  return [{ text: open.line.text, indent: open.indent }, ...open.detail].slice(0, mostDetail)
}

/** Cuts the indent that the continuation lines share; hints, which have none, do not count. */
function dedent(lines: Open['detail'], base: number): readonly string[] {
  const common = lines.reduce((least, line) => (line.indent > base ? Math.min(least, line.indent) : least), Infinity)
  return lines.map((line) => ' '.repeat(Math.max(0, Math.min(line.indent - common, 40))) + line.text)
}

function moduleOf(
  line: Line,
  text: string,
  detail: readonly string[],
  downloading: ModuleVersion | undefined,
): ModuleVersion | undefined {
  if (line.position !== undefined) {
    const owner = moduleOfFile(line.position.file)
    if (owner !== undefined) return owner
  }
  if (line.printer !== 'go' || (line.kind === 'info' && !/^(?:downloading|extracting|finding) /.test(text)))
    return undefined
  const named = moduleOfText(text) ?? (line.kind === 'info' ? undefined : moduleOfText(detail.join(' ').slice(0, 2000)))
  if (named !== undefined) return named
  return /^(?:zip: |unzip |module lookup disabled|unexpected EOF)/.test(text) ? downloading : undefined
}
