import { numberReader } from './number-reader.ts'
import { MalformedBinary, type Source } from './source.ts'
import type { HeaderFacts, Mapping } from './types.ts'

/** Machine types of the PE format (Microsoft, "PE Format", COFF file header), with Go's name. */
const machines: Readonly<Record<number, readonly [name: string, goarch?: string]>> = {
  0x14c: ['IMAGE_FILE_MACHINE_I386', '386'],
  0x8664: ['IMAGE_FILE_MACHINE_AMD64', 'amd64'],
  0x1c4: ['IMAGE_FILE_MACHINE_ARMNT', 'arm'],
  0xaa64: ['IMAGE_FILE_MACHINE_ARM64', 'arm64'],
}

const maxSections = 96
const maxLibraries = 256
const { u16, u32, u64 } = numberReader('little')

interface Section extends Mapping {
  readonly memorySize: number
  readonly characteristics: number
}

/** Reads the headers and the import table of a Windows program. */
export async function readPe(source: Source): Promise<HeaderFacts> {
  const start = u32(await source.read(0x3c, 4), 0)
  const coff = await source.read(start, 24)
  if (coff.toString('latin1', 0, 4) !== 'PE\0\0')
    throw new MalformedBinary('it begins like a Windows program and has no PE header')
  const machineNumber = u16(coff, 4)
  const sectionCount = u16(coff, 6)
  const optionalSize = u16(coff, 20)
  const characteristics = u16(coff, 22)
  const optional = await source.read(start + 24, optionalSize)
  const magic = optionalSize < 2 ? 0 : u16(optional, 0)
  const wide = magic === 0x20b
  if ((!wide && magic !== 0x10b) || optionalSize < (wide ? 112 : 96) || sectionCount > maxSections) {
    throw new MalformedBinary('its PE optional header or its sections have no valid size')
  }
  const imageBase = wide ? u64(optional, 24) : u32(optional, 28)
  const sections = readSections(await source.read(start + 24 + optionalSize, sectionCount * 40), imageBase)
  const directory = (index: number): { readonly address: number; readonly size: number } => {
    const at = (wide ? 112 : 96) + index * 8
    const there = index < u32(optional, wide ? 108 : 92) && at + 8 <= optional.length
    return there ? { address: u32(optional, at), size: u32(optional, at + 4) } : { address: 0, size: 0 }
  }
  const libraries = await readImports(source, sections, imageBase, directory(1).address)
  const [machine = `0x${machineNumber.toString(16)}`, goarch] = machines[machineNumber] ?? []
  const data = sections.find(isData)
  const executable = (characteristics & 0x2002) === 0x2
  return {
    format: 'pe',
    kind: executable ? 'executable' : (characteristics & 0x2000) === 0 ? 'object' : 'library',
    bits: wide ? 64 : 32,
    endian: 'little',
    machine,
    ...(goarch === undefined ? {} : { goarch }),
    systems: ['windows'],
    linkage: libraries.length > 0 ? 'dynamic' : 'static',
    libraries,
    minimumSystem: `${String(u16(optional, 40))}.${String(u16(optional, 42))}`,
    signed: directory(4).size > 0,
    mappings: sections,
    ...(data === undefined ? {} : { data: { address: data.address, size: data.memorySize } }),
  }
}

function readSections(table: Buffer, imageBase: number): readonly Section[] {
  return Array.from({ length: Math.floor(table.length / 40) }, (_, i): Section => {
    const at = i * 40
    return {
      memorySize: u32(table, at + 8),
      address: imageBase + u32(table, at + 12),
      size: u32(table, at + 16),
      offset: u32(table, at + 20),
      characteristics: u32(table, at + 36),
    }
  })
}

/** Initialized data to read and write; the two alignment bits that Go's linker sets aside (debug/buildinfo, peExe). */
function isData(section: Section): boolean {
  return section.size > 0 && (section.characteristics & ~0x600000) >>> 0 === 0xc0000040
}

async function readImports(
  source: Source,
  sections: readonly Section[],
  imageBase: number,
  table: number,
): Promise<readonly string[]> {
  const offsetOf = (relative: number): number | undefined => {
    const address = imageBase + relative
    const section = sections.find((s) => s.address <= address && address < s.address + s.size)
    return section === undefined ? undefined : section.offset + address - section.address
  }
  const start = table === 0 ? undefined : offsetOf(table)
  const libraries: string[] = []
  if (start === undefined) return libraries
  for (let i = 0; i < maxLibraries; i++) {
    const entry = await source.upTo(start + i * 20, 20)
    const nameAt = entry.length < 20 ? 0 : u32(entry, 12)
    const offset = nameAt === 0 ? undefined : offsetOf(nameAt)
    const name = offset === undefined ? undefined : await source.text(offset)
    if (name === undefined || name === '') break
    libraries.push(name)
  }
  return libraries
}
