import type { Facts } from '../domain/facts.ts'
import { messageBlock, type Message } from '../domain/message.ts'
import type { CommandObservation, Observation, ObservationOf } from '../domain/observation.ts'
import type { Diagnosis, MessageContext, Rule } from '../domain/rule.ts'
import { isConsequence } from '../messages/consequence.ts'
import { clipLines, excerptOf } from './excerpt.ts'
import { compareConfidence, type Judged } from './judged.ts'
import type { MarkerIndex } from './markers.ts'
import { brokenRule } from './rules/internal/probe-broken.ts'

/** What became of the messages of one command. */
export interface Explained {
  readonly judged: readonly Judged[]
  /** Errors that no rule claims and that follow from nothing that is known. */
  readonly leftover: readonly Message[]
  /** True when rules call all that it said a consequence: its cause may then be found anywhere in the run. */
  readonly followsOnly: boolean
  readonly causeFound: boolean
}

/** True for a log that somebody pasted: nobody knows with which code its commands ended. */
export function isLog(command: CommandObservation): boolean {
  return command.probe === 'diagnose'
}

/** Shows the messages of a command to the rules and sorts out what they make of them. */
export async function explainCommand(
  command: CommandObservation,
  facts: Facts,
  rules: readonly Rule[],
  index: MarkerIndex,
): Promise<Explained> {
  const general = rules.filter((rule) => rule.message !== undefined && (rule.markers ?? []).length === 0)
  const certain: { message: Message; judged: Judged }[] = []
  const fallback: { message: Message; judged: Judged }[] = []
  const broken = new Map<string, Judged>()
  const open: Message[] = []
  let following = 0
  for (const { message, seenIn } of shown(command)) {
    const context = { facts, command: seenIn }
    const verdict = await judge(message, context, index, general, broken)
    const follows = isConsequence(message)
    if (verdict === 'consequence') following++
    else if (verdict !== undefined) (follows ? fallback : certain).push({ message, judged: verdict })
    else if (message.kind === 'error' && !follows) open.push(message)
  }
  // What only follows counts as a cause while there is no better one.
  const causes = certain.some((one) => isCause(one.message, one.judged)) ? certain : [...certain, ...fallback]
  const explained = causes.filter((one) => isCause(one.message, one.judged))
  const causeFound = explained.length > 0
  const blocks = new Set(explained.map(({ message }) => blockOf(message)))
  const leftover = open.filter((message) => !causeFound || (standsAlone(message) && !blocks.has(blockOf(message))))
  return {
    judged: [...causes.map((one) => one.judged), ...broken.values()],
    leftover,
    followsOnly: !causeFound && open.length === 0 && following > 0,
    causeFound,
  }
}

/** Asks the rules about an observation other than a message. */
export async function explainObservation(
  observation: Observation,
  facts: Facts,
  rules: readonly Rule[],
): Promise<readonly Judged[]> {
  const judged: Judged[] = []
  for (const rule of rules) {
    const observe = rule.observe?.[observation.kind] as Observe | undefined
    if (observe === undefined) continue
    try {
      for (const diagnosis of await observe(observation, facts)) {
        judged.push({
          ...seen(observation),
          rule,
          diagnosis,
          excerpt: clipLines((diagnosis.excerpt ?? '').split('\n')),
        })
      }
    } catch (error) {
      judged.push({ ...seen(observation), ...brokenRule(rule, `the observation of kind ${observation.kind}`, error) })
    }
  }
  return judged
}

type Observe = (
  observation: ObservationOf<Observation['kind']>,
  facts: Facts,
) => Promise<readonly Diagnosis[]> | readonly Diagnosis[]

function seen(observation: Observation): Pick<Judged, 'command' | 'target' | 'alsoOn' | 'module'> {
  return {
    command: observation.kind === 'command' ? observation.command : '',
    ...('alsoOn' in observation && observation.alsoOn !== undefined ? { alsoOn: observation.alsoOn } : {}),
    ...(observation.target === undefined ? {} : { target: observation.target }),
    ...(observation.module === undefined ? {} : { module: observation.module }),
  }
}

/**
 * The messages that rules look at, each with the command it came from: of a failed command all but news, of another the
 * complaints. In a log the command is the one echoed last.
 */
function* shown(
  command: CommandObservation,
): Iterable<{ readonly message: Message; readonly seenIn: CommandObservation }> {
  const log = isLog(command)
  let seenIn = command
  for (const message of command.messages) {
    if (message.command !== undefined) {
      if (log) seenIn = { ...command, command: message.command }
      continue
    }
    const news = message.kind === 'info' && (message.printer === 'go' || message.printer === 'test')
    const note = message.text.startsWith('note: ')
    if (news || note || (message.kind === 'info' && !command.failed && !log)) continue
    yield { message, seenIn }
  }
}

async function judge(
  message: Message,
  context: MessageContext,
  index: MarkerIndex,
  general: readonly Rule[],
  broken: Map<string, Judged>,
): Promise<Judged | 'consequence' | undefined> {
  const hits = [...index.hits(messageBlock(message))].sort((a, b) => b[1] - a[1])
  let follows = false
  // A rule that names what it looks for knows more than one that takes whatever nobody claims.
  for (const tier of [hits.map(([rule]) => rule), general]) {
    let best: Judged | undefined
    for (const rule of tier) {
      const verdict = await ask(rule, message, context, broken)
      if (verdict === 'consequence') follows = true
      else if (verdict !== undefined && (best === undefined || surer(verdict, best.diagnosis))) {
        best = judgedOf(rule, verdict, message, context.command)
      }
    }
    if (best !== undefined) return best
  }
  return follows ? 'consequence' : undefined
}

/** Only a truly surer one wins over one whose marker is longer. */
function surer(a: Diagnosis, b: Diagnosis): boolean {
  return compareConfidence(a.confidence, b.confidence) < 0
}

async function ask(
  rule: Rule,
  message: Message,
  context: MessageContext,
  broken: Map<string, Judged>,
): Promise<Diagnosis | 'consequence' | undefined> {
  try {
    return await rule.message?.(message, context)
  } catch (error) {
    if (!broken.has(rule.id))
      broken.set(rule.id, {
        ...seen(context.command),
        ...brokenRule(rule, `the message “${message.text.slice(0, 200)}”`, error),
      })
    return undefined
  }
}

function judgedOf(rule: Rule, diagnosis: Diagnosis, message: Message, command: CommandObservation): Judged {
  const excerpt = diagnosis.excerpt === undefined ? excerptOf(message) : clipLines(diagnosis.excerpt.split('\n'))
  return { ...seen(command), rule, diagnosis, excerpt }
}

function isCause(message: Message, judged: Judged): boolean {
  return judged.diagnosis.severity === 'error' || message.kind === 'error'
}

const toolPrinters: readonly string[] = ['go', 'compile', 'asm', 'link', 'vet', 'cgo', 'cc', 'ld', 'pkg-config']

/** An error that would still be there once the known cause is gone; results of tests and lines of wrappers would not. */
function standsAlone(message: Message): boolean {
  return toolPrinters.includes(message.printer)
}

/** C compilers and linkers say many things about one mistake in a package; the compiler of Go says each thing once. */
function blockOf(message: Message): string {
  const native = ['cc', 'ld', 'link', 'cgo', 'asm', 'pkg-config'].includes(message.printer)
  return native && message.package !== undefined
    ? message.package
    : `${message.printer}\0${message.line}\0${message.text}`
}
