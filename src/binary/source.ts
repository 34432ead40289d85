import type { Files } from '../system/types.ts'

/** The file is not what its first bytes promise. Caught in inspect.ts, where it becomes `problem`. */
export class MalformedBinary extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'MalformedBinary'
  }
}

/** Most bytes and pieces read of one file, whatever its headers say. */
const maxBytes = 96 * 1024 * 1024
const maxReads = 10_000
const readAhead = 64 * 1024

/** A file read in pieces; positions count from the start of the part that is looked at. */
export interface Source {
  readonly bytes: number
  /** Exactly `length` bytes; throws MalformedBinary when they are not there. */
  readonly read: (offset: number, length: number) => Promise<Buffer>
  /** At most `length` bytes, none beyond the end. */
  readonly upTo: (offset: number, length: number) => Promise<Buffer>
  /** Text up to its NUL; undefined when it has more than 1024 bytes or is not there. */
  readonly text: (offset: number) => Promise<string | undefined>
  /** The part of the file from an offset on. */
  readonly from: (offset: number) => Source
}

export function createSource(files: Pick<Files, 'readRange'>, path: string, bytes: number): Source {
  let window: { readonly start: number; readonly content: Buffer } = { start: 0, content: Buffer.alloc(0) }
  let spentBytes = 0
  let spentReads = 0

  const load = async (offset: number, length: number): Promise<void> => {
    const wanted = Math.max(length, readAhead)
    spentBytes += wanted
    if (spentBytes > maxBytes) throw new MalformedBinary('its headers point to more data than is worth reading')
    const content = await files.readRange(path, offset, wanted)
    window = { start: offset, content: Buffer.from(content.buffer, content.byteOffset, content.byteLength) }
  }

  const upTo = async (offset: number, length: number): Promise<Buffer> => {
    if (!Number.isSafeInteger(offset) || offset < 0 || offset >= bytes || !(length > 0)) return Buffer.alloc(0)
    const end = Math.min(offset + length, bytes)
    spentReads++
    if (spentReads > maxReads) throw new MalformedBinary('its headers point to more pieces than are worth reading')
    const inWindow = offset >= window.start && end <= window.start + window.content.length
    if (!inWindow) await load(offset, end - offset)
    return window.content.subarray(offset - window.start, end - window.start)
  }

  const sourceAt = (base: number): Source => ({
    bytes: bytes - base,
    upTo: (offset, length) => upTo(base + offset, length),
    async read(offset, length) {
      const found = offset < 0 ? Buffer.alloc(0) : await upTo(base + offset, length)
      if (found.length < length)
        throw new MalformedBinary(`it ends before the ${String(length)} bytes at ${hex(offset)}`)
      return found
    },
    async text(offset) {
      const found = offset < 0 ? Buffer.alloc(0) : await upTo(base + offset, 1024)
      const end = found.indexOf(0)
      return end < 0 ? undefined : found.toString('utf8', 0, end)
    },
    from: (offset) => sourceAt(base + offset),
  })
  return sourceAt(0)
}

function hex(value: number): string {
  return `0x${value.toString(16)}`
}
