import { unquoteGoString } from '../domain/go-string.ts'
import { numberReader, readVarint } from './number-reader.ts'
import type { Source } from './source.ts'
import type { BuildInfo, HeaderFacts, Mapping } from './types.ts'

const magic = Buffer.from('\xff Go buildinf:', 'latin1')
const alignment = 16
const headerSize = 32
const chunk = 1024 * 1024
/** The build info stands near the start of its range, so that not all of a large one need be read. */
const maxSearch = 32 * 1024 * 1024
const maxVersion = 1024
const maxModuleInfo = 16 * 1024 * 1024

type Memory = (address: number, length: number) => Promise<Buffer>

/**
 * Finds and reads the Go build info of a program (debug/buildinfo/buildinfo.go), that of Go before 1.18 included, which
 * is behind pointers. Undefined when there is none. Throws MalformedBinary when the file is hostile.
 */
export async function readBuildInfo(source: Source, header: HeaderFacts): Promise<BuildInfo | undefined> {
  if (header.data === undefined) return undefined
  const memory = memoryOf(source, header.mappings)
  const at = await findMagic(memory, header.data.address, header.data.size)
  if (at === undefined) return undefined
  const head = await memory(at, headerSize)
  if (head.length < headerSize) return undefined
  const flags = head.readUInt8(15)
  const texts = (flags & 2) === 2 ? await inlineTexts(memory, at + headerSize) : await pointedTexts(memory, head, flags)
  return texts === undefined || texts.version === '' ? undefined : parse(texts.version, texts.modules)
}

/** What stands in memory at an address, at most to the end of its segment. */
function memoryOf(source: Source, mappings: readonly Mapping[]): Memory {
  return async (address, length) => {
    const mapping = mappings.find((m) => m.address <= address && address < m.address + m.size)
    if (mapping === undefined) return Buffer.alloc(0)
    const skip = address - mapping.address
    return source.upTo(mapping.offset + skip, Math.min(length, mapping.size - skip))
  }
}

async function findMagic(memory: Memory, start: number, size: number): Promise<number | undefined> {
  const end = start + Math.min(size, maxSearch)
  for (let at = Math.ceil(start / alignment) * alignment; at < end; at += chunk) {
    const bytes = await memory(at, Math.min(chunk, end - at))
    if (bytes.length === 0) return undefined
    for (let i = bytes.indexOf(magic); i >= 0; i = bytes.indexOf(magic, i + 1)) {
      if (i % alignment === 0) return at + i
    }
  }
  return undefined
}

interface Texts {
  readonly version: string
  readonly modules: Buffer
}

/** Since Go 1.18: two strings after the header, each with its length before it. */
async function inlineTexts(memory: Memory, start: number): Promise<Texts | undefined> {
  const version = await readCounted(memory, start, maxVersion)
  const modules = version === undefined ? undefined : await readCounted(memory, version.end, maxModuleInfo)
  return version === undefined || modules === undefined
    ? undefined
    : { version: version.bytes.toString('utf8'), modules: modules.bytes }
}

async function readCounted(
  memory: Memory,
  at: number,
  most: number,
): Promise<{ readonly bytes: Buffer; readonly end: number } | undefined> {
  const length = readVarint(await memory(at, 10), 0)
  if (length === undefined || length.value > most) return undefined
  const bytes = await memory(at + length.length, length.value)
  return bytes.length < length.value ? undefined : { bytes, end: at + length.length + length.value }
}

async function pointedTexts(memory: Memory, head: Buffer, flags: number): Promise<Texts | undefined> {
  const size = head.readUInt8(14)
  if (size !== 4 && size !== 8) return undefined
  const numbers = numberReader((flags & 1) === 1 ? 'big' : 'little')
  const word = size === 4 ? numbers.u32 : numbers.u64
  const string = async (pointer: number, most: number): Promise<Buffer | undefined> => {
    const pair = await memory(pointer, 2 * size)
    if (pair.length < 2 * size) return undefined
    const length = word(pair, size)
    return length > most ? undefined : memory(word(pair, 0), length)
  }
  const [versionAt, modulesAt] = [word(head, 16), word(head, 16 + size)]
  const version = await string(versionAt, maxVersion)
  const modules = await string(modulesAt, maxModuleInfo)
  return version === undefined ? undefined : { version: version.toString('utf8'), modules: modules ?? Buffer.alloc(0) }
}

/** The module lines stand between two marks of 16 bytes each (cmd/go/internal/modload/build.go). */
function parse(goVersion: string, modules: Buffer): BuildInfo {
  const framed = modules.length >= 33 && modules[modules.length - 17] === 0x0a
  const lines = framed ? modules.toString('utf8', 16, modules.length - 16).split('\n') : []
  const rest = (prefix: string): string | undefined =>
    lines.find((line) => line.startsWith(prefix))?.slice(prefix.length)
  const path = rest('path\t')
  const [mainPath, version, sum] = rest('mod\t')?.split('\t', 3) ?? []
  const settings = lines.filter((line) => line.startsWith('build\t')).flatMap((line) => setting(line.slice(6)))
  return {
    goVersion,
    ...(path === undefined ? {} : { path }),
    ...(mainPath === undefined
      ? {}
      : { main: { path: mainPath, ...(version ? { version } : {}), ...(sum ? { sum } : {}) } }),
    settings: Object.fromEntries(settings),
  }
}

/** `key=value`; either is a Go string literal when it holds space, quotes or `=` (runtime/debug/mod.go). */
function setting(line: string): readonly (readonly [key: string, value: string])[] {
  const quote = ['"', '`'].find((mark) => line.startsWith(mark))
  const keyEnd = quote === undefined ? line.indexOf('=') : closingQuote(line, quote) + 1
  if (keyEnd <= 0 || line[keyEnd] !== '=') return []
  const key = plain(line.slice(0, keyEnd))
  const value = plain(line.slice(keyEnd + 1))
  return key === undefined || value === undefined ? [] : [[key, value]]
}

function closingQuote(line: string, quote: string): number {
  for (let i = 1; i < line.length; i++) {
    if (line[i] === quote) return i
    if (line[i] === '\\' && quote === '"') i++
  }
  return -1
}

function plain(text: string): string | undefined {
  return text.startsWith('"') || text.startsWith('`') ? unquoteGoString(text) : text
}
