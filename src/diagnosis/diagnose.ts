import type { Facts } from '../domain/facts.ts'
import type { Finding } from '../domain/finding.ts'
import type { Message } from '../domain/message.ts'
import type { Location } from '../domain/module.ts'
import type { CommandObservation, Observation } from '../domain/observation.ts'
import { formatTarget } from '../domain/port.ts'
import type { Unexplained } from '../domain/report.ts'
import type { Rule } from '../domain/rule.ts'
import { clipLines, excerptOf, headline } from './excerpt.ts'
import { explainCommand, explainObservation, isLog, type Explained } from './explain.ts'
import { foldFindings, type FoldOptions } from './fold.ts'
import { capped, targetsOf, type Judged } from './judged.ts'
import { markerIndexOf } from './markers.ts'
import unexplainedRule, { unexplainedDiagnosis } from './rules/internal/unexplained.ts'

export interface DiagnoseOptions extends FoldOptions {
  readonly rules: readonly Rule[]
  /** Rules whose findings are not wanted. What they recognise counts as explained all the same. */
  readonly disabled: ReadonlySet<string>
}

/** What the rules make of everything that was seen. */
export interface DiagnosisResult {
  /** In the order of first sight; `compareFindings` sorts them worst first. */
  readonly findings: readonly Finding[]
  readonly unexplained: readonly Unexplained[]
}

const mostUnexplained = 20
const mostLocations = 20

/**
 * Names the causes of what went wrong. Facts are asked for per observation, for a module's own files answer for its own
 * commands. A rule that throws becomes a finding of `probe-broken`; nothing that failed goes without a finding.
 */
export async function diagnose(
  observations: readonly Observation[],
  factsFor: (observation: Observation) => Facts,
  options: DiagnoseOptions,
): Promise<DiagnosisResult> {
  const index = markerIndexOf(options.rules)
  const judged: Judged[] = []
  const commands: { command: CommandObservation; facts: Facts; explained: Explained }[] = []
  for (const observation of observations) {
    const facts = factsFor(observation)
    const found = await explainObservation(observation, facts, options.rules)
    judged.push(...(observation.kind === 'command' ? found.map((one) => capFor(observation, one)) : found))
    if (observation.kind !== 'command') continue
    const explained = await explainCommand(observation, facts, options.rules, index)
    judged.push(...explained.judged.map((one) => capFor(observation, one)))
    commands.push({
      command: observation,
      facts,
      explained: { ...explained, causeFound: explained.causeFound || found.length > 0 },
    })
  }
  const anyCause = judged.some((one) => one.diagnosis.severity === 'error')
  const unexplained: Unexplained[] = []
  for (const { command, facts, explained } of commands) {
    const rest = await remainder(command, facts, explained, anyCause)
    if (rest === undefined) continue
    unexplained.push(...rest.entries)
    judged.push(rest.judged)
  }
  const wanted = judged.filter((one) => !options.disabled.has(one.rule.id))
  return { findings: foldFindings(withoutFollowing(wanted), options), unexplained }
}

/** Leaves out what only follows from something else that was found in the same module and on the same targets. */
function withoutFollowing(all: readonly Judged[]): readonly Judged[] {
  return all.filter((one) => {
    const causes = (one.diagnosis.follows ?? []).flatMap((id) => all.filter((cause) => isCauseOf(cause, id, one)))
    if (causes.length === 0) return true
    // What was seen without a target holds for all of them.
    if (one.target === undefined || causes.some((cause) => cause.target === undefined)) return false
    const covered = new Set(causes.flatMap((cause) => targetsOf(cause).map(formatTarget)))
    return !targetsOf(one).every((target) => covered.has(formatTarget(target)))
  })
}

function isCauseOf(cause: Judged, id: string, one: Judged): boolean {
  return (
    cause.rule.id === id &&
    id !== one.rule.id &&
    cause.module === one.module &&
    // Two that each name a package are about one thing only when it is the same.
    (cause.diagnosis.package ?? one.diagnosis.package) === (one.diagnosis.package ?? cause.diagnosis.package)
  )
}

/** A look-up that nobody needs, and a command that went well in spite of what it said, give warnings at most. */
function capFor(command: CommandObservation, judged: Judged): Judged {
  if (command.advisory) {
    return capped(judged, 'Only a look-up that the build does not need failed, so this is a warning.')
  }
  if (!command.failed && !isLog(command))
    return capped(judged, 'The command ended well all the same, so this is a warning.')
  return judged
}

/** What no rule explains of a command; undefined when nothing is left, or when the command did not fail. */
async function remainder(
  command: CommandObservation,
  facts: Facts,
  explained: Explained,
  anyCause: boolean,
): Promise<{ readonly entries: readonly Unexplained[]; readonly judged: Judged } | undefined> {
  const failed = command.failed || (isLog(command) && looksFailed(command, explained))
  if (!failed || (explained.causeFound && explained.leftover.length === 0)) return undefined
  if (explained.followsOnly && anyCause) return undefined
  const shown = explained.leftover.slice(0, mostUnexplained)
  const locations = await locationsOf(shown, facts)
  const lines = shown.length > 0 ? shown.map(headline) : command.tail
  const diagnosis = unexplainedDiagnosis(command, lines, locations, explained.causeFound)
  return {
    entries:
      shown.length > 0
        ? await Promise.all(shown.map((message) => entryOf(message, facts)))
        : [{ excerpt: clipLines(command.tail) }],
    judged: {
      rule: unexplainedRule,
      diagnosis,
      command: command.command,
      excerpt: clipLines(shown.length > 0 ? shown.flatMap((message) => excerptOf(message).split('\n')) : command.tail),
      ...(command.target === undefined ? {} : { target: command.target }),
      ...(command.alsoOn === undefined ? {} : { alsoOn: command.alsoOn }),
      ...(command.module === undefined ? {} : { module: command.module }),
    },
  }
}

const complaint =
  /^(?:error|fatal|failed|cannot|can't|could not|couldn't|unable to|invalid|unknown|panic)\b|^(?:[\w./-]{1,100}: ){0,2}(?:fatal )?error: |: (?:no such file or directory|permission denied)$/i
const snippet = 60
const end = 5

/**
 * A short paste in which no program was recognised and that complains at its end, where a program says why it gave up; in
 * a whole log, or with much after it, such a line may be anything.
 */
function looksFailed(command: CommandObservation, explained: Explained): boolean {
  const lines = command.lines ?? command.messages.length
  if (explained.judged.length > 0 || lines > snippet) return false
  if (command.messages.some((message) => message.printer === 'test')) return false
  return command.messages.some(
    (message) => message.printer === 'unknown' && message.line > lines - end && complaint.test(message.text),
  )
}

async function entryOf(message: Message, facts: Facts): Promise<Unexplained> {
  const location = await locate(message, facts)
  return { excerpt: excerptOf(message), ...(location === undefined ? {} : { location }) }
}

async function locationsOf(messages: readonly Message[], facts: Facts): Promise<readonly Location[]> {
  const found = await Promise.all(messages.slice(0, mostLocations).map((message) => locate(message, facts)))
  return found.filter((location) => location !== undefined)
}

async function locate(message: Message, facts: Facts): Promise<Location | undefined> {
  if (message.position === undefined) return undefined
  try {
    return await facts.locate(message.position)
  } catch {
    // A place that cannot be found must not hide what was said there.
    return undefined
  }
}
