import { fixedText, numberReader, type NumberReader } from './number-reader.ts'
import { MalformedBinary, type Source } from './source.ts'
import type { HeaderFacts, Mapping } from './types.ts'

/** cputype of mach/machine.h, with Go's name of it. */
const machines: Readonly<Record<number, readonly [name: string, goarch?: string]>> = {
  0x7: ['CPU_TYPE_X86', '386'],
  0x1000007: ['CPU_TYPE_X86_64', 'amd64'],
  0xc: ['CPU_TYPE_ARM', 'arm'],
  0x100000c: ['CPU_TYPE_ARM64', 'arm64'],
  0x12: ['CPU_TYPE_POWERPC'],
  0x1000012: ['CPU_TYPE_POWERPC64'],
}

const kinds: Readonly<Record<number, HeaderFacts['kind']>> = {
  1: 'object',
  2: 'executable',
  6: 'library',
  8: 'library',
}

/** Platforms of LC_BUILD_VERSION (mach-o/loader.h); those of simulators are built with GOOS=ios too. */
const platforms: Readonly<Record<number, readonly string[]>> = { 1: ['darwin'], 2: ['ios'], 7: ['ios'] }

const maxCommandBytes = 1024 * 1024
const maxLibraries = 256
/** A Java class file begins with the same bytes; its version, which stands where the count does, is higher. */
const maxSlices = 20

interface Found {
  readonly mappings: Mapping[]
  readonly libraries: string[]
  interpreter?: string
  systems?: readonly string[]
  minimumSystem?: string
  signed: boolean
  section?: { readonly address: number; readonly size: number }
  writable?: { readonly address: number; readonly size: number }
}

/** Reads a Mach-O header and its load commands (mach-o/loader.h); of a fat file, its first part. */
export async function readMachO(source: Source): Promise<HeaderFacts> {
  const magic = (await source.read(0, 4)).readUInt32BE(0)
  return magic === 0xcafebabe || magic === 0xcafebabf ? readFat(source, magic === 0xcafebabf) : readThin(source, magic)
}

async function readFat(source: Source, wide: boolean): Promise<HeaderFacts> {
  const count = (await source.read(4, 4)).readUInt32BE(0)
  if (count === 0 || count > maxSlices) throw new MalformedBinary('its fat Mach-O header has no valid number of parts')
  const size = wide ? 32 : 20
  const table = await source.read(8, size * count)
  const numbers = numberReader('big')
  const names = Array.from({ length: count }, (_, i) => describeMachine(numbers.u32(table, i * size)).label)
  const offset = wide ? numbers.u64(table, 8) : numbers.u32(table, 8)
  const part = source.from(offset)
  const magic = (await part.read(0, 4)).readUInt32BE(0)
  return { ...(await readThin(part, magic, offset)), architectures: names }
}

async function readThin(source: Source, magic: number, base = 0): Promise<HeaderFacts> {
  const endian = magic === 0xfeedface || magic === 0xfeedfacf ? 'big' : 'little'
  const wide = magic === 0xfeedfacf || magic === 0xcffaedfe
  if (!wide && magic !== 0xfeedface && magic !== 0xcefaedfe)
    throw new MalformedBinary('its fat Mach-O header points to no Mach-O file')
  const numbers = numberReader(endian)
  const headerSize = wide ? 32 : 28
  const header = await source.read(0, headerSize)
  const cpu = numbers.u32(header, 4)
  const commandBytes = numbers.u32(header, 20)
  if (commandBytes > maxCommandBytes) throw new MalformedBinary('its Mach-O load commands have no valid size')
  const commands = await source.read(headerSize, commandBytes)
  const found = readCommands(commands, numbers.u32(header, 16), numbers, base)
  const machine = describeMachine(cpu)
  const { section, writable, ...facts } = found
  const data = section ?? writable
  return {
    format: 'mach-o',
    kind: kinds[numbers.u32(header, 12)] ?? 'unknown',
    bits: wide ? 64 : 32,
    endian,
    machine: machine.name,
    ...(machine.goarch === undefined ? {} : { goarch: machine.goarch }),
    linkage: found.libraries.length > 0 || found.interpreter !== undefined ? 'dynamic' : 'static',
    ...facts,
    systems: found.systems ?? ['darwin', 'ios'],
    ...(data === undefined ? {} : { data }),
  }
}

function readCommands(commands: Buffer, count: number, numbers: NumberReader, base: number): Found {
  const found: Found = { mappings: [], libraries: [], signed: false }
  let at = 0
  for (let i = 0; i < count && at + 8 <= commands.length; i++) {
    const size = numbers.u32(commands, at + 4)
    if (size < 8 || at + size > commands.length)
      throw new MalformedBinary('one of its Mach-O load commands has no valid size')
    readCommand(commands.subarray(at, at + size), numbers, base, found)
    at += size
  }
  return found
}

function readCommand(command: Buffer, numbers: NumberReader, base: number, found: Found): void {
  const { u32 } = numbers
  const text = (): string | undefined => {
    const offset = command.length >= 12 ? u32(command, 8) : command.length
    return offset < command.length ? command.subarray(offset).toString('utf8').split('\0', 1)[0] : undefined
  }
  switch (u32(command, 0)) {
    case 0x1:
    case 0x19:
      readSegment(command, numbers, base, found)
      break
    case 0xc: // LC_LOAD_DYLIB
    case 0x20: // LC_LAZY_LOAD_DYLIB
    case 0x80000018: // LC_LOAD_WEAK_DYLIB
    case 0x8000001f: // LC_REEXPORT_DYLIB
    case 0x80000023: {
      const name = text()
      // cmd/link names a library once for each symbol group of some versions.
      if (name !== undefined && found.libraries.length < maxLibraries && !found.libraries.includes(name)) {
        found.libraries.push(name)
      }
      break
    }
    case 0xe: {
      const name = text()
      if (name !== undefined) found.interpreter = name
      break
    }
    case 0x1d:
      found.signed = true
      break
    case 0x24:
    case 0x25:
      found.systems ??= u32(command, 0) === 0x24 ? ['darwin'] : ['ios']
      if (command.length >= 12) found.minimumSystem ??= version(u32(command, 8))
      break
    case 0x32:
      if (command.length < 16) break
      found.systems = platforms[u32(command, 8)] ?? []
      found.minimumSystem = version(u32(command, 12))
      break
  }
}

function readSegment(command: Buffer, numbers: NumberReader, base: number, found: Found): void {
  const wide = numbers.u32(command, 0) === 0x19
  const word = wide ? numbers.u64 : numbers.u32
  const [headSize, sectionSize] = wide ? [72, 80] : [56, 68]
  if (command.length < headSize) throw new MalformedBinary('one of its Mach-O segments is too short')
  const step = wide ? 8 : 4
  const [address, memory, offset, size] = [0, 1, 2, 3].map((i) => word(command, 24 + i * step)) as [
    number,
    number,
    number,
    number,
  ]
  const [maxProtection, protection] = [numbers.u32(command, headSize - 16), numbers.u32(command, headSize - 12)]
  if (fixedText(command, 8, 16) !== '__PAGEZERO') found.mappings.push({ address, offset: base + offset, size })
  // Read and write, and nothing else.
  if (address !== 0 && size !== 0 && maxProtection === 3 && protection === 3)
    found.writable ??= { address, size: memory }
  const count = Math.min(numbers.u32(command, headSize - 8), Math.floor((command.length - headSize) / sectionSize))
  for (let i = 0; i < count; i++) {
    const at = headSize + i * sectionSize
    if (fixedText(command, at, 16) === '__go_buildinfo') {
      found.section ??= { address: word(command, at + 32), size: word(command, at + 32 + step) }
    }
  }
}

function describeMachine(cpu: number): { readonly name: string; readonly goarch?: string; readonly label: string } {
  const [name = `cputype 0x${cpu.toString(16)}`, goarch] = machines[cpu] ?? []
  return { name, label: goarch ?? name, ...(goarch === undefined ? {} : { goarch }) }
}

/** `xxxx.yy.zz` in four, two and two hex digits; a patch of 0 is not written. */
function version(packed: number): string {
  const [major, minor, patch] = [packed >>> 16, (packed >>> 8) & 0xff, packed & 0xff]
  return `${String(major)}.${String(minor)}${patch === 0 ? '' : `.${String(patch)}`}`
}
