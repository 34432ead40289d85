import { numberReader } from './number-reader.ts'
import { MalformedBinary, type Source } from './source.ts'
import type { HeaderFacts, Mapping } from './types.ts'

const maxSections = 256
const maxImportBytes = 64 * 1024
const maxLibraries = 256
const executableFlag = 0x2
const sharedFlag = 0x2000
const { u16, u32, u64 } = numberReader('big')

interface Section extends Mapping {
  readonly flags: number
}

/** Reads the header, the sections and the import names of an AIX program (IBM, "XCOFF Object File Format"). */
export async function readXcoff(source: Source): Promise<HeaderFacts> {
  const header = await source.read(0, 20)
  const wide = u16(header, 0) === 0x1f7
  const count = u16(header, 2)
  const flags = u16(header, 18)
  if (count > maxSections) throw new MalformedBinary('its XCOFF header has no valid number of sections')
  const table = await source.read((wide ? 24 : 20) + u16(header, 16), count * (wide ? 72 : 40))
  const sections = Array.from({ length: count }, (_, i): Section => {
    const at = i * (wide ? 72 : 40)
    return wide
      ? {
          address: u64(table, at + 16),
          size: u64(table, at + 24),
          offset: u64(table, at + 32),
          flags: u32(table, at + 64),
        }
      : {
          address: u32(table, at + 12),
          size: u32(table, at + 16),
          offset: u32(table, at + 20),
          flags: u32(table, at + 36),
        }
  })
  const ofType = (type: number): Section | undefined => sections.find((section) => (section.flags & 0xffff) === type)
  const loader = ofType(0x1000)
  const libraries = loader === undefined || !wide ? [] : await readImports(source, loader)
  const data = ofType(0x40)
  return {
    format: 'xcoff',
    kind: (flags & sharedFlag) !== 0 ? 'library' : (flags & executableFlag) !== 0 ? 'executable' : 'object',
    bits: wide ? 64 : 32,
    endian: 'big',
    machine: wide ? 'U64_TOCMAGIC' : 'U802TOCMAGIC',
    ...(wide ? { goarch: 'ppc64' } : {}),
    systems: ['aix'],
    linkage: libraries.length > 0 ? 'dynamic' : wide ? 'static' : 'unknown',
    libraries,
    mappings: sections,
    ...(data === undefined ? {} : { data: { address: data.address, size: data.size } }),
  }
}

/** The import file names of the loader section: path, file and archive member, each ended by NUL; the first entry is the search path. */
async function readImports(source: Source, loader: Section): Promise<readonly string[]> {
  const header = await source.upTo(loader.offset, 56)
  if (header.length < 56) return []
  const length = Math.min(u32(header, 12), maxImportBytes)
  const names = await source.upTo(loader.offset + u64(header, 24), length)
  const parts = names.toString('utf8').split('\0', 3 * maxLibraries)
  const libraries: string[] = []
  for (let i = 3; i + 2 < parts.length; i += 3) {
    const [file, member] = [parts[i + 1] ?? '', parts[i + 2] ?? '']
    if (file !== '') libraries.push(member === '' ? file : `${file}(${member})`)
  }
  return libraries
}
