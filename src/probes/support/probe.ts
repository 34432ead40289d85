import type { Observation } from '../../domain/observation.ts'
import type { Policy } from '../../domain/policy.ts'
import type { PortCheckError } from '../../domain/port-check.ts'
import type { Target } from '../../domain/port.ts'
import type { Outcome, ProbeName, ReportTarget } from '../../domain/report.ts'
import type { Go } from '../../go/go.ts'
import type { PortcheckTool } from '../../portcheck/ensure.ts'
import type { Unsupported } from '../../portcheck/place.ts'
import type { PortsTable } from '../../portcheck/ports-table.ts'
import type { System } from '../../system/types.ts'
import type { Listings } from './listings.ts'

/** A module, or a workspace, that probes look at. */
export interface ProbedModule {
  /** Relative to the repository root with `/`, `.` for the root. */
  readonly dir: string
  readonly absoluteDir: string
  /** Directory of the go.work in force, relative to the root. */
  readonly workspace?: string
}

export interface ProbeSettings {
  readonly packages: readonly string[]
  readonly tags: readonly string[]
  readonly ldflags?: string
  readonly trimpath: boolean
  readonly timeoutSeconds: number
}

/** A target to build, and whether its name was written down or came out of a group such as `all`. */
export interface PlannedTarget {
  readonly target: Target
  readonly named: boolean
}

/** The program of the port check for this Go, and what it has to know of the toolchain. */
export interface PortCheckTools {
  readonly tool: PortcheckTool
  readonly table: PortsTable
}

/** What the port check of a run is about. */
export interface PortCheckPlan {
  /** Every port of the toolchain and every target with a level, or what the run was limited to. */
  readonly targets: readonly Target[]
  /** Ready when the program is built, which starts as soon as Go is there; once a run. */
  readonly tools: () => Promise<PortCheckTools | Unsupported>
  /** True when nobody else looks at the module, and somebody waits: no package is listed beforehand. */
  readonly alone: boolean
  /** At most so many checks at a time, over all modules; each uses every core. No limit when absent. */
  readonly limit?: <T>(work: () => Promise<T>) => Promise<T>
  /** Each error as it is found; what holds in the end is in the result. */
  readonly onError?: (error: PortCheckError) => void
}

/** What a probe is given. It judges nothing: it runs things and says what it saw. */
export interface ProbeContext {
  readonly system: System
  /** Repository root, absolute. */
  readonly root: string
  readonly module: ProbedModule
  /** The go command, in the module's directory. */
  readonly go: Go
  readonly settings: ProbeSettings
  /** The machine the toolchain runs on, as a target. */
  readonly host: Target
  readonly targets: readonly PlannedTarget[]
  /** What the release configuration of the project builds this module for, levels included; absent without one. */
  readonly released?: readonly Target[]
  readonly portCheck: PortCheckPlan
  /** What the team allows, and where it deploys to; absent without a policy file. */
  readonly policy?: Policy
  readonly listings: Listings
  /** Folder of this module for what the probes write, outside the checkout. */
  readonly scratchDir: string
  /** At most so many heavy commands at a time, over all modules. */
  readonly limit: <T>(work: () => Promise<T>) => Promise<T>
  /** The result of a probe named in `needs`; undefined when it does not run or broke. */
  readonly resultOf: (probe: ProbeName) => Promise<ProbeResult | undefined>
}

export interface ProbeResult {
  readonly outcome: Outcome
  /** Why it was skipped, or what a pass does not cover. */
  readonly reason?: string
  readonly observations: readonly Observation[]
  /** Rows for the report, from probes that look at targets. */
  readonly targets?: readonly ReportTarget[]
  /** What it could not look at, one sentence each. */
  readonly notes?: readonly string[]
}

export interface Probe {
  /** File name, input value and name in the report. */
  readonly name: ProbeName
  /** One sentence for lists; then what it runs and observes, Markdown for docs/probes.md. */
  readonly title: string
  readonly what: string
  /** Probes whose results it uses. */
  readonly needs?: readonly ProbeName[]
  /** True for one that says the same on every leg of a job matrix: it runs on the first. */
  readonly firstLegOnly?: boolean
  /** True for one that costs more than it tells most: it runs only when the `probes` input names it. */
  readonly onDemand?: true
  readonly run: (context: ProbeContext) => Promise<ProbeResult>
}
