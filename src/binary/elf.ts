import { abiSystems, interpreterSystems, machines } from './elf-names.ts'
import { numberReader, type NumberReader } from './number-reader.ts'
import { MalformedBinary, type Source } from './source.ts'
import type { HeaderFacts, Mapping } from './types.ts'

const maxPrograms = 1024
const maxSections = 8192
const maxDynamicBytes = 64 * 1024
const maxLibraries = 256

interface Program extends Mapping {
  readonly type: number
  readonly flags: number
  readonly memorySize: number
}

interface Layout {
  readonly source: Source
  readonly numbers: NumberReader
  readonly wide: boolean
  readonly header: Buffer
}

/** Reads an ELF header, its program headers and its dynamic section (System V ABI, chapters 4 and 5). */
export async function readElf(source: Source): Promise<HeaderFacts> {
  const ident = await source.read(0, 20)
  const wide = ident[4] === 2
  const endian = ident[5] === 2 ? 'big' : 'little'
  if ((ident[4] !== 1 && !wide) || (ident[5] !== 1 && endian === 'little')) {
    throw new MalformedBinary('its ELF header has no valid class or byte order')
  }
  const numbers = numberReader(endian)
  const layout = { source, numbers, wide, header: await source.read(0, wide ? 64 : 52) }
  const programs = await readPrograms(layout)
  const type = numbers.u16(ident, 16)
  const machineNumber = numbers.u16(ident, 18)
  const machine = machines[machineNumber]
  const bits = wide ? 64 : 32
  const goarch = machine?.goarch(bits, endian)
  const osAbi = ident[7] ?? 0
  const interpreterAt = programs.find((program) => program.type === 3)
  const interpreter = interpreterAt === undefined ? undefined : await source.text(interpreterAt.offset)
  const { libraries, pie } = await readDynamic(layout, programs)
  const systems = abiSystems[osAbi] ?? interpreterSystems.find(([prefix]) => interpreter?.startsWith(prefix))?.[1]
  const data = (await buildInfoSection(layout)) ?? firstWritable(programs)
  const executable = type === 2 || (type === 3 && (interpreterAt !== undefined || pie))
  return {
    format: 'elf',
    kind: executable ? 'executable' : type === 3 ? 'library' : type === 1 ? 'object' : 'unknown',
    bits,
    endian,
    machine: machine?.name ?? `machine ${String(machineNumber)}`,
    ...(goarch === undefined ? {} : { goarch }),
    ...(systems === undefined ? {} : { systems }),
    osAbi,
    linkage: interpreterAt !== undefined || libraries.length > 0 ? 'dynamic' : 'static',
    ...(interpreter === undefined ? {} : { interpreter }),
    libraries,
    mappings: programs.filter((program) => program.type === 1),
    ...(data === undefined ? {} : { data }),
  }
}

async function readPrograms({ source, numbers, wide, header }: Layout): Promise<readonly Program[]> {
  const { u16, u32, u64 } = numbers
  const offset = wide ? u64(header, 32) : u32(header, 28)
  const entrySize = u16(header, wide ? 54 : 42)
  const count = u16(header, wide ? 56 : 44)
  if (count === 0) return []
  if (entrySize < (wide ? 56 : 32) || count > maxPrograms) {
    throw new MalformedBinary('its ELF program headers have no valid size or number')
  }
  const table = await source.read(offset, entrySize * count)
  return Array.from({ length: count }, (_, i): Program => {
    const at = i * entrySize
    return wide
      ? {
          type: u32(table, at),
          flags: u32(table, at + 4),
          offset: u64(table, at + 8),
          address: u64(table, at + 16),
          size: u64(table, at + 32),
          memorySize: u64(table, at + 40),
        }
      : {
          type: u32(table, at),
          offset: u32(table, at + 4),
          address: u32(table, at + 8),
          size: u32(table, at + 16),
          memorySize: u32(table, at + 20),
          flags: u32(table, at + 24),
        }
  })
}

async function readDynamic(
  { source, numbers, wide }: Layout,
  programs: readonly Program[],
): Promise<{ readonly libraries: readonly string[]; readonly pie: boolean }> {
  const dynamic = programs.find((program) => program.type === 2)
  if (dynamic === undefined) return { libraries: [], pie: false }
  const word = wide ? numbers.u64 : numbers.u32
  const size = wide ? 8 : 4
  const table = await source.upTo(dynamic.offset, Math.min(dynamic.size, maxDynamicBytes))
  const needed: number[] = []
  let strings: number | undefined
  let pie = false
  for (let at = 0; at + 2 * size <= table.length; at += 2 * size) {
    const tag = word(table, at)
    const value = word(table, at + size)
    if (tag === 0) break
    if (tag === 1 && needed.length < maxLibraries) needed.push(value)
    if (tag === 5) strings = value
    // DT_FLAGS_1 with DF_1_PIE: a program, though of the type of a library.
    if (tag === 0x6ffffffb) pie = Math.floor(value / 0x08000000) % 2 === 1
  }
  const names = programs.find(
    (p) => p.type === 1 && strings !== undefined && p.address <= strings && strings < p.address + p.size,
  )
  if (names === undefined || strings === undefined) return { libraries: [], pie }
  const start = names.offset + strings - names.address
  const libraries: string[] = []
  for (const offset of needed) {
    const name = await source.text(start + offset)
    if (name !== undefined) libraries.push(name)
  }
  return { libraries, pie }
}

async function buildInfoSection({ source, numbers, wide, header }: Layout): Promise<HeaderFacts['data']> {
  const { u16, u32, u64 } = numbers
  const offset = wide ? u64(header, 40) : u32(header, 32)
  const [entrySize, count, namesIndex] = [0, 2, 4].map((i) => u16(header, (wide ? 58 : 46) + i)) as [
    number,
    number,
    number,
  ]
  if (offset === 0 || count === 0 || count > maxSections || entrySize < (wide ? 64 : 40) || namesIndex >= count) {
    return undefined
  }
  const table = await source.upTo(offset, entrySize * count)
  const field = (index: number, narrow: number, broad: number): number =>
    wide ? u64(table, index * entrySize + broad) : u32(table, index * entrySize + narrow)
  const readable = Math.floor(table.length / entrySize)
  if (namesIndex >= readable) return undefined
  const names = await source.upTo(field(namesIndex, 16, 24), Math.min(field(namesIndex, 20, 32), 1024 * 1024))
  const wanted = Buffer.from('.go.buildinfo\0')
  for (let i = 0; i < readable; i++) {
    const name = u32(table, i * entrySize)
    if (names.subarray(name, name + wanted.length).equals(wanted)) {
      return { address: field(i, 12, 16), size: field(i, 20, 32) }
    }
  }
  return undefined
}

/** Where the linker puts the build info when there are no section headers: the first segment to write and not to run. */
function firstWritable(programs: readonly Program[]): HeaderFacts['data'] {
  const found = programs.find((program) => program.type === 1 && (program.flags & 3) === 2)
  return found === undefined ? undefined : { address: found.address, size: found.memorySize }
}
