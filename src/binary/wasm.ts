import { readVarint } from './number-reader.ts'
import { MalformedBinary, type Source } from './source.ts'
import type { HeaderFacts } from './types.ts'

const maxSectionsBeforeImports = 32
const importSection = 2

/** What the host must offer tells what the program is for: `gojs` (`go` before Go 1.21) or WASI (cmd/link/internal/wasm). */
const importSystems: Readonly<Record<string, readonly string[]>> = {
  gojs: ['js'],
  go: ['js'],
  wasi_snapshot_preview1: ['wasip1'],
}

/** Reads the header of a WebAssembly module and the first thing that it imports. Go puts no build info there that can be read. */
export async function readWasm(source: Source): Promise<HeaderFacts> {
  const version = (await source.read(4, 4)).readUInt32LE(0)
  if (version !== 1) throw new MalformedBinary(`it is WebAssembly of the unknown version ${String(version)}`)
  const imported = await firstImport(source)
  const systems = importSystems[imported ?? '']
  return {
    format: 'wasm',
    kind: 'executable',
    bits: 32,
    endian: 'little',
    machine: 'wasm',
    goarch: 'wasm',
    ...(systems === undefined ? {} : { systems }),
    linkage: 'static',
    libraries: imported === undefined ? [] : [imported],
    mappings: [],
  }
}

/** Sections: a byte that says which, the length, the content (WebAssembly core specification, 5.5.2). */
async function firstImport(source: Source): Promise<string | undefined> {
  let at = 8
  for (let i = 0; i < maxSectionsBeforeImports; i++) {
    const head = await source.upTo(at, 300)
    const length = readVarint(head, 1)
    if (length === undefined) return undefined
    const body = 1 + length.length
    if (head[0] === importSection) return importedModule(head.subarray(body))
    at += body + length.value
  }
  return undefined
}

function importedModule(section: Buffer): string | undefined {
  const count = readVarint(section, 0)
  const length = count === undefined || count.value === 0 ? undefined : readVarint(section, count.length)
  if (count === undefined || length === undefined) return undefined
  const start = count.length + length.length
  return section.length < start + length.value ? undefined : section.toString('utf8', start, start + length.value)
}
