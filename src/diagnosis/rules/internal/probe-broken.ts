import type { Rule } from '../../../domain/rule.ts'
import type { Judged } from '../../judged.ts'

const rule: Rule = {
  id: 'probe-broken',
  area: 'internal',
  title: 'A check could not be carried out',
  what: 'A probe or a rule of gopreflight broke. What it should have looked at was not looked at.',
  why: 'The machine does not let it run (no permission, no disk, a missing program), or gopreflight has a mistake.',
  fix: 'Read the error it ended with. When the machine is not the cause, report it as a bug of gopreflight, with that error.',
  classes: [],
  observe: {
    // Go that cannot be had is a cause of its own: toolchain-not-ready.
    'broken-probe': (observation) =>
      observation.probe === 'toolchain'
        ? []
        : [
            {
              severity: 'error',
              confidence: 'certain',
              message: `The probe ${observation.probe} broke and saw nothing: ${observation.error}`,
              fix: { summary: 'Remove what the error names, or report it as a bug of gopreflight.', verified: false },
              locations: [],
              key: `${observation.probe} ${observation.error}`,
              excerpt: observation.error,
            },
          ],
  },
}

export default rule

/** The finding for a rule that threw: the rest of the diagnosis goes on without it. */
export function brokenRule(
  broken: Rule,
  subject: string,
  error: unknown,
): Pick<Judged, 'rule' | 'diagnosis' | 'excerpt'> {
  const reason = error instanceof Error ? error.message : String(error)
  return {
    rule,
    excerpt: reason,
    diagnosis: {
      severity: 'error',
      confidence: 'certain',
      message: `The rule ${broken.id} broke on ${subject}: ${reason}`,
      why: 'This is a mistake in gopreflight; the other rules were asked all the same.',
      fix: {
        summary: `Report it as a bug of gopreflight; until then the rule can be left out with \`disable: ${broken.id}\`.`,
        verified: false,
      },
      locations: [],
      key: `rule ${broken.id}`,
    },
  }
}
