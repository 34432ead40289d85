import { formatTarget, levelVariables, type Target } from '../domain/port.ts'
import type { BinaryFacts, BinaryFormat } from './types.ts'

/** What the build was asked for, beside the port. Absent members are not compared. */
export interface BinaryWants {
  /** CGO_ENABLED as it was set for the build. */
  readonly cgo?: boolean
  /** True when the build was asked to leave out local paths; false asks nothing, since GOFLAGS may set it too. */
  readonly trimpath?: boolean
}

const formats: Readonly<Record<string, BinaryFormat>> = {
  aix: 'xcoff',
  darwin: 'mach-o',
  ios: 'mach-o',
  js: 'wasm',
  plan9: 'plan9',
  wasip1: 'wasm',
  windows: 'pe',
}

const formatNames: Readonly<Record<BinaryFormat, string>> = {
  elf: 'an ELF file',
  'mach-o': 'a Mach-O file',
  pe: 'a Windows PE file',
  xcoff: 'an AIX XCOFF file',
  plan9: 'a Plan 9 program',
  wasm: 'a WebAssembly module',
  unknown: 'no known executable',
}

/** EI_OSABI that cmd/link writes where the kernel asks for its own (cmd/link/internal/ld/elf.go); 0 elsewhere. */
const osAbis: Readonly<Record<string, number>> = { freebsd: 9, netbsd: 2, openbsd: 12 }

/**
 * One plain sentence for each thing about a built program that does not fit its target; none when all of it fits. What a
 * format cannot tell is not a mismatch: WebAssembly has no build info, and ELF e_flags do not hold GOARM or the float mode.
 */
export function compareBinary(facts: BinaryFacts, target: Target, wants: BinaryWants = {}): readonly string[] {
  const name = formatTarget(target)
  const wanted = formats[target.goos] ?? 'elf'
  if (facts.format !== wanted) {
    const problem = facts.problem === undefined ? '' : `: ${facts.problem}`
    return [`It is ${formatNames[facts.format]}, and ${name} needs ${formatNames[wanted]}${problem}.`]
  }
  // After a header that could not be read there is nothing to compare.
  if (facts.problem !== undefined) return [`It could not be read to its end: ${facts.problem}.`]
  return [
    ...compareHeader(facts, target, name),
    ...compareStart(facts, target, name),
    ...compareBuildInfo(facts, target, wants),
  ]
}

function compareHeader(facts: BinaryFacts, target: Target, name: string): readonly string[] {
  const sentences: string[] = []
  const architectures = facts.architectures ?? (facts.goarch === undefined ? [] : [facts.goarch])
  if (!architectures.includes(target.goarch)) {
    const is = architectures.length > 0 ? architectures.join(' and ') : describeMachine(facts)
    sentences.push(`Its header says ${is}, and ${name} needs ${target.goarch}.`)
  }
  if (facts.systems !== undefined && !facts.systems.includes(target.goos)) {
    const system = facts.systems.length > 0 ? `for ${facts.systems.join(' or ')}` : 'for a system that Go does not know'
    sentences.push(`Its header says that it is ${system}, and ${name} needs ${target.goos}.`)
  } else if (facts.osAbi !== undefined && !fitsOsAbi(facts, facts.osAbi, target.goos)) {
    const abi = String(osAbis[target.goos] ?? 0)
    sentences.push(`Its header has the OS ABI ${String(facts.osAbi)}, and ${name} needs ${abi}.`)
  }
  return sentences
}

function describeMachine(facts: BinaryFacts): string {
  const shape = facts.bits === undefined ? '' : ` with ${String(facts.bits)} bits, ${facts.endian ?? 'unknown'}-endian`
  return `${facts.machine ?? 'an unknown machine'}${shape}`
}

/** The C linker, which cgo uses, writes 0 and marks the system in a note instead, or 3 for GNU extensions. */
function fitsOsAbi(facts: BinaryFacts, osAbi: number, goos: string): boolean {
  const external = facts.buildInfo?.settings.CGO_ENABLED === '1'
  return osAbi === (osAbis[goos] ?? 0) || (external && (osAbi === 0 || osAbi === 3))
}

/** Things without which the system will not start it. */
function compareStart(facts: BinaryFacts, target: Target, name: string): readonly string[] {
  const sentences: string[] = []
  const mode = facts.buildInfo?.settings['-buildmode'] ?? 'exe'
  if (facts.kind !== 'executable' && (mode === 'exe' || mode === 'pie' || mode === 'default')) {
    sentences.push(
      `Its header says that it is ${facts.kind === 'unknown' ? 'no program' : `no program but a file of the kind ${facts.kind}`}.`,
    )
  }
  if (target.goos === 'darwin' && target.goarch === 'arm64' && facts.signed === false) {
    sentences.push(`It has no code signature, and ${name} kills programs without one.`)
  }
  return sentences
}

function compareBuildInfo(facts: BinaryFacts, target: Target, wants: BinaryWants): readonly string[] {
  if (facts.format === 'wasm') return []
  if (facts.buildInfo === undefined) return ['It holds no Go build info.']
  const { settings } = facts.buildInfo
  const level = levelVariables[target.goarch]
  const wanted: readonly (readonly [key: string, value: string | undefined])[] = [
    ['GOOS', target.goos],
    ['GOARCH', target.goarch],
    ...(level === undefined ? [] : [[level, target.level] as const]),
    ['CGO_ENABLED', wants.cgo === undefined ? undefined : wants.cgo ? '1' : '0'],
    ['-trimpath', wants.trimpath === true ? 'true' : undefined],
  ]
  // Go before 1.18 writes no settings at all.
  if (Object.keys(settings).length === 0) return []
  return wanted.flatMap(([key, value]) => {
    const actual = settings[key]
    if (value === undefined || actual === value) return []
    return actual === undefined
      ? [`Its build info does not say ${key}=${value}.`]
      : [`Its build info says ${key}=${actual}, and it was to be built with ${key}=${value}.`]
  })
}
