import type { Files } from '../system/types.ts'
import { readBuildInfo } from './build-info.ts'
import { readElf } from './elf.ts'
import { readMachO } from './mach-o.ts'
import { readPe } from './pe.ts'
import { isPlan9Magic, readPlan9 } from './plan9.ts'
import { createSource, MalformedBinary, type Source } from './source.ts'
import type { BinaryFacts, BinaryFormat, HeaderFacts } from './types.ts'
import { readWasm } from './wasm.ts'
import { readXcoff } from './xcoff.ts'

const readers: Readonly<Record<Exclude<BinaryFormat, 'unknown'>, (source: Source) => Promise<HeaderFacts>>> = {
  elf: readElf,
  'mach-o': readMachO,
  pe: readPe,
  xcoff: readXcoff,
  plan9: readPlan9,
  wasm: readWasm,
}

/**
 * Reads what an executable says of itself: header, libraries, Go build info. Reads pieces of bounded size and number and
 * runs nothing. Never throws for what the file is: what is wrong with it stands in `problem`.
 */
export async function inspectBinary(files: Pick<Files, 'readRange' | 'stat'>, path: string): Promise<BinaryFacts> {
  const nothing = { format: 'unknown', bytes: 0, kind: 'unknown', linkage: 'unknown', libraries: [] } as const
  let facts: BinaryFacts = nothing
  try {
    const stat = await files.stat(path)
    if (stat?.kind !== 'file')
      return { ...nothing, problem: stat === undefined ? 'there is no such file' : 'it is no file' }
    const source = createSource(files, path, stat.bytes)
    facts = { ...nothing, bytes: stat.bytes }
    const format = formatOf(await source.upTo(0, 16))
    if (format === undefined) return { ...facts, problem: 'it is no executable of a format that Go knows' }
    facts = { ...facts, format }
    const { mappings, data, ...header } = await readers[format](source)
    facts = { ...header, bytes: stat.bytes }
    const buildInfo = await readBuildInfo(source, { ...header, mappings, ...(data === undefined ? {} : { data }) })
    return buildInfo === undefined ? facts : { ...facts, buildInfo }
  } catch (error) {
    return { ...facts, problem: problemOf(error) }
  }
}

/** The first bytes of every format that Go links (debug/buildinfo, readRawBuildInfo). */
function formatOf(start: Buffer): keyof typeof readers | undefined {
  if (start.length < 8) return undefined
  const magic = start.readUInt32BE(0)
  if (magic === 0x7f454c46) return 'elf'
  if (magic === 0x0061736d) return 'wasm'
  if (start.readUInt16BE(0) === 0x4d5a) return 'pe'
  if (start.readUInt16BE(0) === 0x01f7 || start.readUInt16BE(0) === 0x01df) return 'xcoff'
  if (isPlan9Magic(magic)) return 'plan9'
  const machO = [0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe, 0xcafebabf]
  return machO.includes(magic) ? 'mach-o' : undefined
}

function problemOf(error: unknown): string {
  if (error instanceof MalformedBinary) return error.message
  if (error instanceof Error && 'code' in error) return `it could not be read (${String(error.code)})`
  throw error
}
