import path from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { crc32, inflateRaw, inflateRawSync } from 'node:zlib'

import * as yauzl from 'yauzl'

import type { Files } from '../system/types.ts'

const inflate = promisify(inflateRaw)

export interface ZipEntry {
  /** With `/`; a folder's ends in one. Never absolute, never with `..`. */
  readonly name: string
  readonly bytes: number
  /** Unix permission bits; 0 where the archive has none. */
  readonly mode: number
}

/** What is refused: as much as Go takes for a module (x/mod/zip MaxZipFile), and far more files than a Go release has. */
export interface ZipLimits {
  readonly maxEntries: number
  /** Sum of all contents. */
  readonly maxBytes: number
}

const defaultLimits: ZipLimits = { maxEntries: 200_000, maxBytes: 500 * 1024 * 1024 }
/** Smaller entries are unpacked at once: handing one to a thread costs more than the work itself. */
const syncBytes = 128 * 1024

/**
 * Reads a zip file entry by entry, in the archive's order; only the entry at hand is in memory. `onEntry` gets a
 * function that unpacks the content and checks its length and CRC. Throws for a damaged archive, a name that leads out of the folder or
 * comes twice, encryption, and more than `limits` allows.
 */
export async function readZip(
  files: Pick<Files, 'readRange' | 'stat'>,
  zip: string,
  onEntry: (entry: ZipEntry, read: () => Promise<Uint8Array>) => Promise<void>,
  limits: ZipLimits = defaultLimits,
): Promise<void> {
  const found = await files.stat(zip)
  if (found === undefined) throw new Error(`${path.basename(zip)} is not there`)
  const readRange = createWindow(files, zip)
  const archive = await yauzl.fromRandomAccessReaderPromise(createReader(readRange), found.bytes, {
    autoClose: false,
    lazyEntries: true,
    // Go takes the bytes of a name as UTF-8 whatever the archive's flags say; the hash depends on it.
    decodeStrings: false,
  })
  if (archive.entryCount > limits.maxEntries) {
    throw new Error(`it holds ${String(archive.entryCount)} files, more than the ${String(limits.maxEntries)} accepted`)
  }
  const names = new Set<string>()
  let total = 0
  for await (const entry of archive.eachEntry()) {
    const name = entryName(entry.fileNameRaw)
    if (names.has(name)) throw new Error(`it holds ${JSON.stringify(name)} twice`)
    names.add(name)
    total += entry.uncompressedSize
    if (total > limits.maxBytes) throw new Error(`its contents are larger than ${String(limits.maxBytes)} bytes`)
    const mode = (entry.externalFileAttributes >>> 16) & 0o777
    await onEntry({ name, bytes: entry.uncompressedSize, mode }, () => readEntry(archive, entry, name, readRange))
  }
}

type ReadRange = (offset: number, length: number) => Promise<Uint8Array>

async function readEntry(
  archive: yauzl.ZipFile,
  entry: yauzl.Entry,
  name: string,
  readRange: ReadRange,
): Promise<Uint8Array> {
  const shown = JSON.stringify(name)
  if (entry.isEncrypted()) throw new Error(`${shown} is encrypted`)
  const { fileDataStart } = await archive.readLocalFileHeaderPromise(entry, { minimal: true })
  const packed = await readRange(fileDataStart, entry.compressedSize)
  if (packed.length !== entry.compressedSize) throw new Error(`${shown} is cut off`)
  const content = await unpack(entry, packed, shown)
  if (content.length !== entry.uncompressedSize || crc32(content) !== entry.crc32)
    throw new Error(`${shown} is damaged`)
  return content
}

async function unpack(entry: yauzl.Entry, packed: Uint8Array, shown: string): Promise<Uint8Array> {
  if (entry.compressionMethod === 0) return packed
  if (entry.compressionMethod !== 8) throw new Error(`${shown} is compressed in a way that is not known`)
  // One byte over, so that an empty entry has a legal limit and a longer one is still noticed.
  const options = { maxOutputLength: entry.uncompressedSize + 1 }
  try {
    return entry.uncompressedSize < syncBytes ? inflateRawSync(packed, options) : await inflate(packed, options)
  } catch {
    throw new Error(`${shown} is damaged`)
  }
}

function entryName(raw: Uint8Array): string {
  let name: string
  try {
    name = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw)
  } catch {
    throw new Error('it holds a file name that is not UTF-8')
  }
  const parts = name.split('/')
  if (parts.at(-1) === '') parts.pop()
  const bad = parts.length === 0 || parts.some((part) => part === '' || part === '.' || part === '..')
  // A backslash or a colon is a separator or a drive on Windows; NUL ends a name early.
  if (bad || /[\\:\0]/.test(name)) throw new Error(`it holds a file name that is refused: ${JSON.stringify(name)}`)
  return name
}

/**
 * Reads through two windows of 1 MiB, one that moves along the contents and one along the directory at the end of the
 * archive: yauzl goes back and forth between them, and 15,000 entries would otherwise be as many reads.
 */
function createWindow(files: Pick<Files, 'readRange'>, file: string): ReadRange {
  const size = 1024 * 1024
  let windows: readonly { readonly start: number; readonly bytes: Uint8Array }[] = []
  return async (offset, length) => {
    if (length > size) return files.readRange(file, offset, length)
    const holds = windows.find(({ start, bytes }) => offset >= start && offset + length <= start + bytes.length)
    const window = holds ?? { start: offset, bytes: await files.readRange(file, offset, size) }
    windows = [window, ...windows.filter((other) => other !== window).slice(0, 1)]
    return window.bytes.subarray(offset - window.start, offset - window.start + length)
  }
}

/** yauzl's own way to other sources is a subclass; an instance with the two methods set does the same without one. */
function createReader(readRange: ReadRange): yauzl.RandomAccessReader {
  const reader = Reflect.construct(yauzl.RandomAccessReader as unknown as () => void, []) as yauzl.RandomAccessReader
  reader.read = (buffer, offset, length, position, callback) => {
    readRange(position, length).then(
      (bytes) => {
        buffer.set(bytes, offset)
        callback(bytes.length === length ? null : new Error('unexpected end of the archive'))
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
    )
  }
  reader._readStreamForRange = (start, end) =>
    Readable.from(
      (async function* () {
        yield await readRange(start, end - start)
      })(),
    )
  return reader
}
