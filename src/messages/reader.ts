import type { Message } from '../domain/message.ts'
import { classifyAround, classifyEcho, isResult } from './classify-around.ts'
import { classifyGo } from './classify-go.ts'
import { classifyPositioned, classifyTools, parseHeader } from './classify-tools.ts'
import { cleanLine, type CleanLine } from './clean-line.ts'
import { addDetail, finish, openMessage, plainMessage, startsTrace, takesLine, type Open } from './open-message.ts'
import { line as makeLine, type Header, type Line } from './line.ts'
import { unpack } from './embedded.ts'
import type { ModuleVersion } from '../domain/module.ts'

/** Reads output line by line. `push` takes a line with or without its end; `end` gives out what is still open. */
export interface MessageReader {
  readonly push: (line: string) => void
  readonly end: () => void
}

const mostPrefaces = 20

/**
 * Reads the output of any go command, Go 1.13 to 1.27, or the raw log of a build, in one pass and bounded memory.
 * Every message is handed over once, whole, in the order it was printed: noise too, as kind `info`, so that a caller
 * can look at what surrounds an error. Hostile input costs no more than ordinary text: lines are cut to 16 KiB. Of the
 * lines that no program is known to print, most of a long log, only those that `wanted` asks for become messages.
 */
export function createMessageReader(
  onMessage: (message: Message) => void,
  wanted: (text: string) => boolean = () => true,
): MessageReader {
  let number = 0
  let header: Header | undefined
  let open: Open | undefined
  let blank = false
  let inTest = false
  let prefaces: string[] = []
  let prefacePrinter: Line['printer'] = 'unknown'
  let downloading: ModuleVersion | undefined

  const close = (): void => {
    if (open !== undefined) onMessage(finish(open, downloading))
    open = undefined
  }
  const flushPrefaces = (): void => {
    if (prefaces.length === 0) return
    const [first = '', ...rest] = prefaces
    const kept = openMessage(makeLine(prefacePrinter, 'info', first), number, 0)
    for (const detail of rest) addDetail(kept, detail, 0)
    prefaces = []
    onMessage(finish(kept, downloading))
  }
  const start = (line: Line, indent: number): void => {
    close()
    open = openMessage(line, number, indent, inTest)
    if (prefaces.length > 0 && (line.printer === 'cc' || line.printer === 'ld' || line.printer === 'git')) {
      for (const preface of prefaces) addDetail(open, preface, 0)
      prefaces = []
    } else flushPrefaces()
    blank = false
  }

  // Nothing goes on with such a line, so it need not be held open.
  const unclaimed = (text: string): void => {
    close()
    flushPrefaces()
    blank = false
    if (wanted(text)) onMessage(plainMessage(text, header?.package, number))
  }

  const feed = (clean: CleanLine): void => {
    const trimmed = clean.text.trim()
    if (trimmed === '') {
      blank = true
      return
    }
    const indent = clean.text.charCodeAt(0) <= 32 ? indentOf(clean.text) : 0
    if (open !== undefined && takesLine(open, trimmed, indent, blank)) {
      addDetail(open, trimmed, indent)
      blank = false
      return
    }
    const heading = trimmed.charCodeAt(0) === 35 ? parseHeader(trimmed, header) : undefined
    if (heading !== undefined) {
      close()
      flushPrefaces()
      header = heading
      inTest = false
      return
    }
    const line = classify(trimmed, clean, header, inTest)
    if (line === undefined) return unclaimed(trimmed)
    if (open !== undefined && startsTrace(open, line)) {
      addDetail(open, trimmed, indent)
      return
    }
    if (line.printer === 'test' && isResult(trimmed)) inTest = /^=== (?:RUN|CONT|NAME|PAUSE)/.test(trimmed)
    if (line.printer === 'wrapper' || (line.printer === 'test' && !inTest) || trimmed.startsWith('go: '))
      header = undefined
    if (line.role === 'preface') {
      close()
      if (prefaces.length < mostPrefaces) prefaces.push(trimmed)
      prefacePrinter = line.printer
      blank = false
      return
    }
    if (line.printer === 'go' && line.kind === 'info' && line.text.startsWith('downloading ')) {
      downloading = downloaded(line.text) ?? downloading
    }
    start(line, indent)
  }

  return {
    push(raw) {
      number++
      const clean = cleanLine(raw)
      const unpacked = unpack(clean.text)
      if (unpacked === undefined) return feed(clean)
      for (const text of unpacked.lines) {
        // Events of tests that run at once are mixed: the line before may be another test's result.
        inTest = unpacked.inTest ?? inTest
        feed(cleanLine(text))
      }
    },
    end() {
      close()
      flushPrefaces()
    },
  }
}

/** All messages of a text at once. */
export function readMessages(text: string): readonly Message[] {
  const messages: Message[] = []
  const reader = createMessageReader((message) => messages.push(message))
  for (const line of text.split('\n')) reader.push(line)
  reader.end()
  return messages
}

function classify(text: string, clean: CleanLine, header: Header | undefined, inTest: boolean): Line | undefined {
  if (clean.mark === 'command') return makeLine('wrapper', 'info', text, { command: text })
  const found = known(text, header, inTest)
  if (found !== undefined) return found
  if (clean.mark !== undefined) return makeLine('wrapper', clean.mark, text)
  if (!inTest) return undefined
  return makeLine('test', 'info', text, header?.package === undefined ? undefined : { package: header.package })
}

function known(text: string, header: Header | undefined, inTest: boolean): Line | undefined {
  if (text.startsWith('go: ')) return classifyGo(text)
  // What a test prints is its own affair, be it the output of a compiler: only a crash and results count.
  if (inTest) {
    const found = classifyAround(text)
    return found?.printer === 'git' || (found?.printer === 'wrapper' && !text.startsWith('make')) ? undefined : found
  }
  return (
    (text.includes(':') ? classifyPositioned(text, header) : undefined) ??
    classifyTools(text, header) ??
    classifyGo(text) ??
    classifyEcho(text) ??
    classifyAround(text)
  )
}

function indentOf(text: string): number {
  let width = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 9) width += 8 - (width % 8)
    else if (code === 32) width++
    else break
  }
  return width
}

function downloaded(text: string): ModuleVersion | undefined {
  const [, path, version] = /^downloading (\S{1,500}) (v\S{1,200})$/.exec(text) ?? []
  return path === undefined || version === undefined ? undefined : { path, version }
}
