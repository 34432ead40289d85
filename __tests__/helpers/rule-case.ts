import { diagnose } from '../../src/diagnosis/diagnose.ts'
import { noFacts } from '../../src/diagnosis/facts/no-facts.ts'
import { rules } from '../../src/diagnosis/rules/index.ts'
import type { Facts } from '../../src/domain/facts.ts'
import type { Finding } from '../../src/domain/finding.ts'
import type { CommandObservation, Observation } from '../../src/domain/observation.ts'
import { readMessages } from '../../src/messages/reader.ts'
import { parseGoMod } from '../../src/modules/go-mod.ts'
import { parseGoSum } from '../../src/modules/go-sum.ts'
import { parseGoWork } from '../../src/modules/go-work.ts'
import { parseVendorModules } from '../../src/modules/vendor-modules.ts'

type Case = Partial<Pick<CommandObservation, 'command' | 'target' | 'exitCode' | 'timedOut' | 'probe' | 'advisory'>> & {
  readonly facts?: Facts
}

/** What the engine and every rule make of what a program printed. A pasted log unless a probe or an exit code is given. */
export async function explain(output: string, options: Case = {}): Promise<readonly Finding[]> {
  const { facts = noFacts, ...given } = options
  const log = given.probe === undefined && given.exitCode === undefined
  const messages = readMessages(output)
  const observation: CommandObservation = {
    kind: 'command',
    probe: log ? 'diagnose' : 'build',
    command: 'go build ./...',
    exitCode: log ? null : 1,
    failed: log ? messages.some((message) => message.kind === 'error') : given.exitCode !== 0,
    timedOut: false,
    messages,
    tail: output.trimEnd().split('\n').slice(-20),
    advisory: false,
    ...given,
  }
  return observe(observation, facts)
}

/** What the engine and every rule make of an observation. */
export async function observe(observation: Observation, facts: Facts = noFacts): Promise<readonly Finding[]> {
  const { findings } = await diagnose([observation], () => facts, {
    rules,
    disabled: new Set(),
    docsUrl: (rule) => `docs/rules/${rule}.md`,
  })
  return findings
}

export function rulesOf(findings: readonly Finding[]): readonly string[] {
  return findings.map((finding) => finding.rule)
}

interface Checkout extends Partial<Facts> {
  /** Texts of the files of a module whose folder is the root of the repository (`/src/app` in what Go printed). */
  readonly mod?: string
  readonly sum?: string
  readonly work?: string
  readonly vendorModules?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Facts of a checkout from the texts of its files, and whatever else a test says. */
export function checkout({ mod, sum, work, vendorModules, env, ...more }: Checkout): Facts {
  const file = <T>(path: string, text: string | undefined, parse: (text: string) => T) =>
    Promise.resolve(text === undefined ? undefined : { path, content: parse(text) })
  const goMod = mod === undefined ? undefined : parseGoMod(mod)
  return {
    ...noFacts,
    goEnv: () => Promise.resolve(env),
    goMod: () => file('go.mod', mod, parseGoMod),
    goSum: () => file('go.sum', sum, parseGoSum),
    goWork: () => file('go.work', work, parseGoWork),
    vendor: () => file('vendor/modules.txt', vendorModules, parseVendorModules),
    requireLine: (wanted) => {
      const owns = (path: string): boolean => wanted === path || wanted.startsWith(`${path}/`)
      const line =
        goMod?.replace.find(({ old }) => old.path === wanted)?.line ??
        (goMod?.require.find(({ path }) => path === wanted) ?? goMod?.require.find(({ path }) => owns(path)))?.line
      return Promise.resolve(line === undefined ? undefined : { file: 'go.mod', line })
    },
    locate: (position) =>
      noFacts.locate({ ...position, file: position.file.replace(/^\/src\/app\/|^\.\.\/(?=go\.work$)/, '') }),
    ...more,
  }
}
