import type { FileName, LevelSetting, PlatformTools, PortUse, TagRun, TargetLevel, UncompiledFile } from './platform.ts'
import type { Target } from './port.ts'

interface Observed {
  readonly probe: string
  /** Directory of the module, relative to the repository root with `/`. */
  readonly module?: string
  readonly target?: Target
}

/** The levels that are asked for, and those that targets are built at. */
export interface LevelsObservation extends Observed {
  readonly kind: 'levels'
  /** `go1.26.8`. */
  readonly goVersion: string
  readonly settings: readonly LevelSetting[]
  readonly targets: readonly TargetLevel[]
}

/** Names in the module that some system does not take. */
export interface FileNamesObservation extends Observed {
  readonly kind: 'file-names'
  /** How many files were looked at. */
  readonly files: number
  readonly names: readonly FileName[]
}

/** Main packages for android or ios, and the tools that linking them needs. */
export interface PlatformToolsObservation extends Observed {
  readonly kind: 'platform-tools'
  readonly tools: PlatformTools
  readonly targets: readonly Target[]
  /** Import paths of the main packages. */
  readonly mains: readonly string[]
}

/** Calls that compile on a port and cannot work there, in the module's own code. */
export interface PortUsesObservation extends Observed {
  readonly kind: 'port-uses'
  readonly uses: readonly PortUse[]
}

/** What builds with the module's own tags come to, and files that no build compiles. */
export interface TagsObservation extends Observed {
  readonly kind: 'tags'
  readonly runs: readonly TagRun[]
  readonly uncompiled: readonly UncompiledFile[]
}
