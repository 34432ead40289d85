import type { PolicyChange } from '../../../domain/policy-observation.ts'
import type { Diagnosis, Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { enumerate } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'policy-loosened',
  area: 'port',
  title: 'This change allows more than the policy did',
  what: 'A line of `.github/gopreflight.yml` allows what the policy at the base does not: a port may fail that had to build, an exception lasts longer, a ban is gone, or a newer processor is declared.',
  why: 'Who may change the policy decides what the checks are worth, so a change of it is not part of a change of code that nobody notices. Until it is merged, what the base forbids is forbidden all the same.',
  fix: 'Nothing, when the line is meant: whoever reviews the change should know of it. Otherwise take it out and mend what fails.',
  classes: [],
  example: '.github/gopreflight.yml:4: windows/* was must-build and is may-fail (6 targets)',
  observe: { policy: ({ loosened, base, path }) => loosened.map((change) => explain(change, base, path)) },
}

export default rule

function explain({ at, text, before, after, targets }: PolicyChange, base: string, path: string): Diagnosis {
  return diagnosis({
    severity: 'notice',
    message: `${path} allows more than at the base (${base}): ${text}: ${before} before, ${after} now. It is about ${enumerate(targets, 4)}, and takes effect once it is merged.`,
    fix: advice('Nothing when it is meant. Otherwise take the line back, and mend what fails there.'),
    locations: at === undefined ? [] : [at],
    key: `${text} ${before} ${after}`,
  })
}
