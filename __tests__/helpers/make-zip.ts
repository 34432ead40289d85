import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipFile {
  readonly name: string | Buffer
  readonly content: string | Buffer
  readonly stored?: boolean
  /** What the directory says instead of the truth. */
  readonly lie?: { readonly crc?: number; readonly bytes?: number }
}

/** A zip archive of these files, by hand, so that tests can also make damaged ones (PKWARE APPNOTE 4.3). */
export function makeZip(files: readonly ZipFile[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const file of files) {
    const name = Buffer.from(file.name)
    const content = Buffer.from(file.content)
    const packed = file.stored === true ? content : deflateRawSync(content)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x800, 2)
    common.writeUInt16LE(file.stored === true ? 0 : 8, 4)
    common.writeUInt32LE(file.lie?.crc ?? crc32(content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(file.lie?.bytes ?? content.length, 18)
    common.writeUInt16LE(name.length, 22)
    bodies.push(Buffer.from('PK\x03\x04', 'latin1'), common, name, packed)
    const head = Buffer.alloc(42)
    head.writeUInt16LE(20, 0)
    common.copy(head, 2)
    head.writeUInt32LE(offset, 38)
    directory.push(Buffer.from('PK\x01\x02', 'latin1'), head, name)
    offset += 4 + common.length + name.length + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(listed.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...bodies, listed, Buffer.from('PK\x05\x06', 'latin1'), end])
}
