/**
 * Reads the numbers of a header in its byte order. 64-bit values become doubles: those above 2^53 lose digits, and no
 * offset or address that can be followed is that large.
 */
export interface NumberReader {
  readonly u8: (bytes: Buffer, offset: number) => number
  readonly u16: (bytes: Buffer, offset: number) => number
  readonly u32: (bytes: Buffer, offset: number) => number
  readonly u64: (bytes: Buffer, offset: number) => number
}

export function numberReader(endian: 'little' | 'big'): NumberReader {
  const u8 = (bytes: Buffer, offset: number): number => bytes.readUInt8(offset)
  return endian === 'little'
    ? {
        u8,
        u16: (bytes, offset) => bytes.readUInt16LE(offset),
        u32: (bytes, offset) => bytes.readUInt32LE(offset),
        u64: (bytes, offset) => Number(bytes.readBigUInt64LE(offset)),
      }
    : {
        u8,
        u16: (bytes, offset) => bytes.readUInt16BE(offset),
        u32: (bytes, offset) => bytes.readUInt32BE(offset),
        u64: (bytes, offset) => Number(bytes.readBigUInt64BE(offset)),
      }
}

/** A number of 7 bits a byte, low bits first (LEB128, Go's uvarint), and its length; undefined when it has no end or is over 2^53. */
export function readVarint(
  bytes: Buffer,
  offset: number,
): { readonly value: number; readonly length: number } | undefined {
  let value = 0
  for (let i = 0; i < 8; i++) {
    const byte = bytes[offset + i]
    if (byte === undefined) return undefined
    value += (byte & 0x7f) * 2 ** (7 * i)
    if (byte < 0x80) return Number.isSafeInteger(value) ? { value, length: i + 1 } : undefined
  }
  return undefined
}

/** ASCII up to the first NUL of a field of fixed length. */
export function fixedText(bytes: Buffer, offset: number, length: number): string {
  const field = bytes.subarray(offset, offset + length)
  const end = field.indexOf(0)
  return field.toString('latin1', 0, end < 0 ? field.length : end)
}
