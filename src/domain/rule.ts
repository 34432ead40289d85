import type { Facts } from './facts.ts'
import type { Confidence, Fix, Severity } from './finding.ts'
import type { Message } from './message.ts'
import type { Location } from './module.ts'
import type { CommandObservation, Observation, ObservationOf } from './observation.ts'

export type RuleArea =
  | 'checksum'
  | 'proxy'
  | 'git'
  | 'version'
  | 'requirement'
  | 'vendor'
  | 'workspace'
  | 'cgo'
  | 'port'
  | 'code'
  | 'environment'
  | 'internal'

export type Parts = Readonly<Record<string, readonly string[]>>

/** On which targets a finding holds. */
export interface Extent {
  /** As compactly as they allow: `32-bit ports`, `windows and plan9`; empty where none is known. */
  readonly ports: string
  /** It holds on some of the targets that were checked and not on others. */
  readonly partial: boolean
  /** Its causes do not all hold on each of them. */
  readonly mixed: boolean
}

/** What a rule concludes; the engine adds the rule's own texts, targets, evidence and fingerprint to make a finding. */
export interface Diagnosis {
  readonly severity: Severity
  readonly confidence: Confidence
  /** What is wrong in a few words, with the name of the thing; the rule's own title when absent. */
  readonly title?: string
  /** One or two sentences: what is wrong here, with names and values. */
  readonly message: string
  /** Why, for this case; the rule's own `why` when absent. */
  readonly why?: string
  readonly fix: Fix
  readonly locations: readonly Location[]
  readonly module?: string
  readonly version?: string
  readonly package?: string
  /** Two diagnoses of a rule with the same key are one cause and become one finding. Default: message and first location. */
  readonly key?: string
  /**
   * Causes of one family that hold on the very same targets are told as one finding: the twenty names that a port lacks
   * because one file is missing, while a name that other ports lack stays apart.
   */
  readonly family?: string
  /**
   * What is folded beside places and targets when diagnoses become one finding: lists by name, such as the symbols that one
   * file's absence leaves undefined. The rule's `merge` words the finding from the lists of all.
   */
  readonly parts?: Parts
  /** Ids of rules: when one of them found something in the same module, this only follows from it and is not told. */
  readonly follows?: readonly string[]
  /** The lines that show it; the matched message when absent. */
  readonly excerpt?: string
}

/** `consequence`: the message only follows from another one; it explains itself once any cause of the same run was found. */
export type MessageVerdict = Diagnosis | 'consequence' | undefined

export interface MessageContext {
  readonly facts: Facts
  /** The command the message comes from, with its other messages. */
  readonly command: CommandObservation
}

/**
 * Recognises one cause. A rule runs nothing: it looks at one message at a time, or at one typed observation, and asks
 * facts. `markers` make 200 rules as cheap as one: a message is shown only to rules one of whose markers it contains.
 */
export interface Rule {
  /** Kebab case; the file name, the docs page and the name of the test. */
  readonly id: string
  readonly area: RuleArea
  readonly title: string
  /** What it looks like, why it happens, how to fix it: Markdown for the docs page, first sentence used in lists. */
  readonly what: string
  readonly why: string
  readonly fix: string
  readonly prevent?: string
  /** Since which Go version, when not always. */
  readonly since?: string
  /** Classes of the failure catalogue that it covers. */
  readonly classes: readonly string[]
  /** A real excerpt for the docs page. */
  readonly example?: string
  /** Substrings, at least one of which is in the text or detail of every message it recognises (case-sensitive). */
  readonly markers?: readonly string[]
  readonly message?: (message: Message, context: MessageContext) => Promise<MessageVerdict> | MessageVerdict
  /** Words for a finding of several diagnoses, from their parts joined in order, each value once, and its targets. */
  readonly merge?: (parts: Parts, extent: Extent) => Partial<Pick<Diagnosis, 'title' | 'message' | 'why' | 'fix'>>
  readonly observe?: {
    readonly [K in Observation['kind']]?: (
      observation: ObservationOf<K>,
      facts: Facts,
    ) => Promise<readonly Diagnosis[]> | readonly Diagnosis[]
  }
}
