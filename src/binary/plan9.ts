import type { Source } from './source.ts'
import type { HeaderFacts } from './types.ts'

/** First words of a Plan 9 program (a.out(6)), with Go's name of the machine. */
const machines: Readonly<Record<number, readonly [name: string, goarch: string, bits: 32 | 64]>> = {
  0x1eb: ['I_MAGIC', '386', 32],
  0x8a97: ['S_MAGIC', 'amd64', 64],
  0x647: ['E_MAGIC', 'arm', 32],
}

export function isPlan9Magic(magic: number): boolean {
  return machines[magic] !== undefined
}

/** Reads the header of a Plan 9 program, which is always linked statically. */
export async function readPlan9(source: Source): Promise<HeaderFacts> {
  const header = await source.read(0, 32)
  const magic = header.readUInt32BE(0)
  const [machine, goarch, bits] = machines[magic] ?? ['unknown', undefined, undefined]
  // The 64-bit header is followed by the wide entry address.
  const textAt = bits === 64 ? 40 : 32
  const address = textAt + header.readUInt32BE(4)
  const size = header.readUInt32BE(8)
  return {
    format: 'plan9',
    kind: 'executable',
    ...(bits === undefined ? {} : { bits }),
    endian: 'big',
    machine,
    ...(goarch === undefined ? {} : { goarch }),
    systems: ['plan9'],
    linkage: 'static',
    libraries: [],
    // debug/buildinfo takes offsets in the file for addresses here, and so does this.
    mappings: [{ address, offset: address, size }],
    data: { address, size },
  }
}
