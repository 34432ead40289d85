import path from 'node:path'

import { diagnose } from '../../src/diagnosis/diagnose.ts'
import { rules } from '../../src/diagnosis/rules/index.ts'
import type { Finding } from '../../src/domain/finding.ts'
import type { CommandObservation } from '../../src/domain/observation.ts'
import type { Target } from '../../src/domain/port.ts'
import { readMessages } from '../../src/messages/reader.ts'
import { createFactSource } from '../../src/pipeline/facts.ts'
import { probeContext } from './probe-context.ts'

interface PortCase {
  /** What the go command printed for each target, `linux/386` -> text; empty for one that compiles. */
  readonly outputs: Readonly<Record<string, string>>
  /** Chains of imports by package, as a port check knows them. */
  readonly chains?: Readonly<Record<string, readonly string[]>>
  readonly env?: Readonly<Record<string, string>>
}

/** What the rules make of a module on several ports, with the facts of a real checkout and a real Go. */
export async function explainPorts(root: string, { outputs, chains = {}, env }: PortCase): Promise<readonly Finding[]> {
  const context = await probeContext(root, env === undefined ? {} : { env })
  const listed = await context.go.run(['tool', 'dist', 'list'])
  const ports = listed.result.stdout.text
    .trim()
    .split('\n')
    .map((line) => line.split('/'))
    .map(([goos = '', goarch = '']) => ({ goos, goarch, cgoSupported: false, firstClass: false }))
  const observations = Object.entries(outputs).map(([name, text]): CommandObservation => {
    const output = text.trim()
    const [goos = '', goarch = ''] = name.split('/')
    const target: Target = { goos, goarch, cgo: false }
    const messages = readMessages(output.replaceAll('$ROOT', root.split(path.sep).join('/'))).map((message) => {
      const importStack = chains[message.package ?? '']
      return importStack === undefined ? message : { ...message, importStack }
    })
    return {
      kind: 'command',
      probe: 'ports',
      module: '.',
      target,
      command: `GOOS=${goos} GOARCH=${goarch} go build ./...`,
      exitCode: output === '' ? 0 : 1,
      failed: output !== '',
      timedOut: false,
      messages,
      tail: output.split('\n').slice(-20),
      advisory: false,
    }
  })
  const facts = createFactSource(context.system, root, { contexts: new Map([['.', context]]), ports, observations })
  const { findings } = await diagnose(observations, facts, {
    rules,
    disabled: new Set(),
    docsUrl: (rule) => rule,
    checked: Object.keys(outputs),
  })
  return findings
}

/** A finding as a reader sees it first. */
export function shown(findings: readonly Finding[]): readonly string[] {
  return findings.map((finding) => `${finding.title} [${finding.rule}]`)
}
