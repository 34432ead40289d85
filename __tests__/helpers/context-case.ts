import { expect } from '@jest/globals'
import type { Finding } from '../../src/domain/finding.ts'
import { rules } from '../../src/diagnosis/rules/index.ts'
import { checkout, explain } from './rule-case.ts'

/** The same output in two situations: a rule that asks for its context must answer differently. */
export interface ContextCase {
  readonly rule: string
  /** What the program printed; the example of the rule's page when absent. */
  readonly output?: string
  /** Lines that stand before it in the second situation, such as the command that was typed. */
  readonly after?: string
  /** What is known in the second situation beside the output. */
  readonly known?: Parameters<typeof explain>[1]
  /** What the finding then says, and does not say without; `silent` when the context leaves nothing of it. */
  readonly changes: object | 'silent'
}

/** The finding of the case's rule without its context and with it; undefined where it says nothing. */
export async function inContext(one: ContextCase): Promise<{
  readonly alone: Finding | undefined
  readonly within: Finding | undefined
}> {
  const output = one.output ?? rules.find(({ id }) => id === one.rule)?.example ?? ''
  const mine = (findings: readonly Finding[]): Finding | undefined => findings.find(({ rule }) => rule === one.rule)
  return {
    alone: mine(await explain(output)),
    within: mine(await explain(one.after === undefined ? output : `${one.after}\n${output}`, one.known)),
  }
}

/** A checkout whose go.mod requires `module` on line 5. */
export function requires(module: string, version = 'v1.0.0'): { readonly facts: ReturnType<typeof checkout> } {
  return { facts: checkout({ mod: `module example.com/app\n\ngo 1.20\n\nrequire ${module} ${version}\n` }) }
}

export function env(values: Readonly<Record<string, string>>): { readonly facts: ReturnType<typeof checkout> } {
  return { facts: checkout({ env: values }) }
}

/** A build for a target, by a probe. */
export function buildFor(goos: string, goarch: string, cgo: boolean): ContextCase['known'] {
  return { probe: 'build', exitCode: 1, target: { goos, goarch, cgo } }
}

/** Where a finding points to: `go.mod:5`. */
export function at(...places: readonly string[]): { readonly locations: readonly object[] } {
  return {
    locations: places.map((place) => {
      const [file, line] = place.split(':')
      return { file, line: Number(line) }
    }),
  }
}

/** Matches a text that holds another one. */
export function containing(text: string): unknown {
  return expect.stringContaining(text)
}
