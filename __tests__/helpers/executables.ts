/**
 * Small executables of every format that Go links, made from nothing: the headers that a reader follows, and build info.
 * `settings` are the build lines of the build info.
 */
type Settings = Readonly<Record<string, string>>

/** A copy with one number written over, little-endian. */
export function put(bytes: Buffer, at: number, width: 1 | 2 | 4, value: number): Buffer {
  const copy = Buffer.from(bytes)
  copy.writeUIntLE(value, at, width)
  return copy
}

export interface ElfOptions {
  readonly machine?: number
  readonly bits?: 32 | 64
  readonly endian?: 'little' | 'big'
  readonly osAbi?: number
  readonly type?: 2 | 3
  readonly interpreter?: string
  readonly libraries?: readonly string[]
  readonly settings?: Settings
  /** Lines of the module info, in place of those made of `settings`. */
  readonly lines?: readonly string[]
  readonly noBuildInfo?: boolean
  /** Build info as Go before 1.18 wrote it. */
  readonly pointers?: boolean
  /** Size of the data segment in file and memory, when it is not to be the true one. */
  readonly dataSize?: number
}

const base = 0x10000
const dataAt = 0x800

/** An ELF file whose one writable segment, at 0x10000, is the file from 0x800 on. */
export function elf(options: ElfOptions): Buffer {
  const { machine = 62, bits = 64, endian = 'little', osAbi = 0, type = 2 } = options
  const wide = bits === 64
  const out = writer(endian)
  const word = wide ? out.u64 : out.u32
  const info = options.noBuildInfo === true ? Buffer.alloc(64) : elfBuildInfo(options, endian)
  const interpreter = Buffer.from(`${options.interpreter ?? ''}\0`)
  const dynamic = dynamicSection(options.libraries ?? [], wide, endian, base + info.length + interpreter.length)
  const data = Buffer.concat([info, interpreter, dynamic.strings, dynamic.table])
  const programs: (readonly [type: number, flags: number, offset: number, size: number])[] = [
    [1, 6, dataAt, options.dataSize ?? data.length],
  ]
  if (options.interpreter !== undefined) programs.push([3, 4, dataAt + info.length, interpreter.length])
  if (options.libraries !== undefined) {
    programs.push([2, 6, dataAt + data.length - dynamic.table.length, dynamic.table.length])
  }
  const headers = programs.map(([kind, flags, offset, size]) => {
    const address = base + offset - dataAt
    return wide
      ? [out.u32(kind), out.u32(flags), word(offset), word(address), word(address), word(size), word(size), word(16)]
      : [out.u32(kind), word(offset), word(address), word(address), word(size), word(size), out.u32(flags), word(16)]
  })
  const header = [
    Buffer.from([
      0x7f,
      0x45,
      0x4c,
      0x46,
      wide ? 2 : 1,
      endian === 'little' ? 1 : 2,
      1,
      osAbi,
      ...Array<number>(8).fill(0),
    ]),
    out.u16(type),
    out.u16(machine),
    out.u32(1),
    word(base),
    word(wide ? 64 : 52),
    word(0),
    out.u32(0),
    out.u16(wide ? 64 : 52),
    out.u16(wide ? 56 : 32),
    out.u16(programs.length),
    out.u16(0),
    out.u16(0),
    out.u16(0),
  ]
  return Buffer.concat([pad(Buffer.concat([...header, ...headers.flat()]), dataAt), data])
}

function elfBuildInfo(options: ElfOptions, endian: 'little' | 'big'): Buffer {
  const lines = options.lines ?? buildLines(options.settings ?? {})
  if (options.pointers !== true) return buildInfo(lines)
  const out = writer(endian)
  const version = Buffer.from('go1.26.1')
  const modules = moduleInfo(lines)
  const texts = base + 64
  return Buffer.concat([
    magic(8, endian === 'little' ? 0 : 1),
    out.u64(base + 32),
    out.u64(base + 48),
    out.u64(texts),
    out.u64(version.length),
    out.u64(texts + version.length),
    out.u64(modules.length),
    version,
    modules,
  ])
}

function dynamicSection(libraries: readonly string[], wide: boolean, endian: 'little' | 'big', at: number) {
  const out = writer(endian)
  const word = wide ? out.u64 : out.u32
  const strings = Buffer.from(`\0${libraries.map((name) => `${name}\0`).join('')}`)
  let offset = 1
  const needed = libraries.map((name) => {
    const entry = Buffer.concat([word(1), word(offset)])
    offset += name.length + 1
    return entry
  })
  return { strings, table: Buffer.concat([...needed, word(5), word(at), word(0), word(0)]) }
}

/** A 64-bit Mach-O file with one data segment, a build version of macOS 12.3.1 and libSystem. */
export function machO(options: {
  readonly cpu: number
  readonly signed: boolean
  readonly settings: Settings
}): Buffer {
  const { u32, u64 } = writer('little')
  const info = buildInfo(buildLines(options.settings))
  const fileOffset = 0x400
  const section = [
    name16('__go_buildinfo'),
    name16('__DATA'),
    u64(base),
    u64(info.length),
    u32(fileOffset),
    Buffer.alloc(28),
  ]
  const segment = [
    name16('__DATA'),
    u64(base),
    u64(info.length),
    u64(fileOffset),
    u64(info.length),
    u32(3),
    u32(3),
    u32(1),
    u32(0),
  ]
  const dylib = [u32(24), Buffer.alloc(12), pad(Buffer.from('/usr/lib/libSystem.B.dylib'), 32)]
  const commands = [
    command(0x19, ...segment, ...section),
    command(0xc, ...dylib),
    command(0x32, u32(1), u32(0x0c0301), u32(0), u32(0)),
    ...(options.signed ? [command(0x1d, u32(0), u32(0))] : []),
  ]
  const size = commands.reduce((sum, bytes) => sum + bytes.length, 0)
  const header = [u32(0xfeedfacf), u32(options.cpu), u32(0), u32(2), u32(commands.length), u32(size), u32(0), u32(0)]
  return Buffer.concat([pad(Buffer.concat([...header, ...commands]), fileOffset), info])
}

function command(kind: number, ...content: readonly Buffer[]): Buffer {
  const { u32 } = writer('little')
  const body = Buffer.concat(content)
  return Buffer.concat([u32(kind), u32(8 + body.length), body])
}

/** A Mach-O file of several parts. */
export function fat(cpus: readonly number[], parts: readonly Buffer[]): Buffer {
  const { u32 } = writer('big')
  const start = 0x1000
  const offsets = parts.map((_, i) => start + parts.slice(0, i).reduce((sum, part) => sum + part.length, 0))
  const table = parts.flatMap((part, i) => [u32(cpus[i] ?? 0), u32(0), u32(offsets[i] ?? 0), u32(part.length), u32(12)])
  return Buffer.concat([pad(Buffer.concat([u32(0xcafebabe), u32(parts.length), ...table]), start), ...parts])
}

export function javaClass(): Buffer {
  const { u32 } = writer('big')
  return Buffer.concat([u32(0xcafebabe), u32(52), Buffer.alloc(100)])
}

/** A Windows program with a data section, which also holds its import table, and kernel32.dll. */
export function pe(options: { readonly machine: number; readonly settings: Settings }): Buffer {
  const { u16, u32, u64 } = writer('little')
  const wide = options.machine !== 0x14c
  const info = buildInfo(buildLines(options.settings))
  const [address, fileOffset] = [0x1000, 0x400]
  const importsAt = address + info.length
  const imports = [u32(0), u32(0), u32(0), u32(importsAt + 40), u32(0), Buffer.alloc(20), Buffer.from('kernel32.dll\0')]
  const data = Buffer.concat([info, ...imports])
  const optional = Buffer.alloc(wide ? 240 : 224)
  optional.writeUInt16LE(wide ? 0x20b : 0x10b, 0)
  ;(wide ? u64 : u32)(0x400000).copy(optional, wide ? 24 : 28)
  optional.writeUInt16LE(10, 40)
  optional.writeUInt32LE(16, wide ? 108 : 92)
  optional.writeUInt32LE(importsAt, (wide ? 112 : 96) + 8)
  optional.writeUInt32LE(40, (wide ? 112 : 96) + 12)
  const coff = [u16(options.machine), u16(1), Buffer.alloc(12), u16(optional.length), u16(0x22)]
  const section = [
    pad(Buffer.from('.data'), 8),
    u32(data.length),
    u32(address),
    u32(data.length),
    u32(fileOffset),
    Buffer.alloc(12),
    u32(0xc0000040),
  ]
  const start = pad(Buffer.from('MZ'), 0x3c)
  const headers = Buffer.concat([start, u32(0x40), Buffer.from('PE\0\0'), ...coff, optional, ...section])
  return Buffer.concat([pad(headers, fileOffset), data])
}

/** An AIX program of 64 bits with a data and a loader section. */
export function xcoff(settings: Settings): Buffer {
  const { u16, u32, u64 } = writer('big')
  const info = buildInfo(buildLines(settings))
  const names = Buffer.from('/usr/lib:/lib\0\0\0\0libc.a\0shr_64.o\0')
  const loader = Buffer.concat([
    u32(2),
    u32(0),
    u32(0),
    u32(names.length),
    u32(2),
    u32(0),
    u64(56),
    Buffer.alloc(24),
    names,
  ])
  const at = 0x200
  const section = (name: string, address: number, size: number, offset: number, flags: number): Buffer =>
    Buffer.concat([
      pad(Buffer.from(name), 8),
      u64(address),
      u64(address),
      u64(size),
      u64(offset),
      Buffer.alloc(24),
      u32(flags),
      u32(0),
    ])
  const header = [u16(0x1f7), u16(2), u32(0), u64(0), u16(0), u16(0x1002), u32(0)]
  const sections = [
    section('.data', 0x110000000, info.length, at, 0x40),
    section('.loader', 0, loader.length, at + info.length, 0x1000),
  ]
  return Buffer.concat([pad(Buffer.concat([...header, ...sections]), at), info, loader])
}

/** A Plan 9 program; the data follow the header, which is longer with 64 bits. */
export function plan9(magicNumber: number, settings: Settings): Buffer {
  const { u32 } = writer('big')
  const headerSize = magicNumber === 0x8a97 ? 40 : 32
  const info = buildInfo(buildLines(settings))
  const text = Buffer.alloc(64 - headerSize)
  const header = [u32(magicNumber), u32(text.length), u32(info.length), Buffer.alloc(20)]
  return Buffer.concat([pad(Buffer.concat(header), headerSize), text, info])
}

/** A WebAssembly module with a custom section, a type section and one import. */
export function wasm(imported: string): Buffer {
  const name = Buffer.from(imported)
  const content = Buffer.concat([Buffer.from([1, name.length]), name, Buffer.from([1, 0x78, 0, 0])])
  return Buffer.concat([
    Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]),
    Buffer.from([0, 3, 2, 0x67, 0x6f]),
    Buffer.from([1, 4, 1, 0x60, 0, 0]),
    Buffer.from([2, content.length]),
    content,
  ])
}

function buildLines(settings: Settings): readonly string[] {
  const lines = Object.entries(settings).map(([key, value]) => `build\t${key}=${value}`)
  return ['path\texample.com/x', 'mod\texample.com/x\t(devel)\t', ...lines]
}

/** Build info since Go 1.18: the magic, two strings with their lengths before them; long enough for one 16-byte step. */
function buildInfo(lines: readonly string[]): Buffer {
  const version = Buffer.from('go1.26.1')
  const modules = moduleInfo(lines)
  const length = [(modules.length & 0x7f) | 0x80, modules.length >> 7]
  return Buffer.concat([pad(magic(0, 2), 32), Buffer.from([version.length]), version, Buffer.from(length), modules])
}

function moduleInfo(lines: readonly string[]): Buffer {
  return Buffer.from(`${'<'.repeat(16)}${lines.map((line) => `${line}\n`).join('')}${'>'.repeat(16)}`)
}

function magic(pointerSize: number, flags: number): Buffer {
  return Buffer.concat([Buffer.from('\xff Go buildinf:', 'latin1'), Buffer.from([pointerSize, flags])])
}

function name16(name: string): Buffer {
  return pad(Buffer.from(name), 16)
}

function pad(bytes: Buffer, length: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(length - bytes.length)])
}

function writer(endian: 'little' | 'big') {
  const number =
    (width: 2 | 4) =>
    (value: number): Buffer => {
      const bytes = Buffer.alloc(width)
      if (endian === 'little') bytes.writeUIntLE(value, 0, width)
      else bytes.writeUIntBE(value, 0, width)
      return bytes
    }
  const u64 = (value: number): Buffer => {
    const bytes = Buffer.alloc(8)
    if (endian === 'little') bytes.writeBigUInt64LE(BigInt(value))
    else bytes.writeBigUInt64BE(BigInt(value))
    return bytes
  }
  return { u16: number(2), u32: number(4), u64 }
}
