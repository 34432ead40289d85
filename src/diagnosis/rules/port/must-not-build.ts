import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { whatBuilds } from '../../rule-helpers/expectation.ts'

const rule: Rule = {
  id: 'must-not-build',
  area: 'port',
  title: 'A target that must not build does',
  what: 'A line of the policy says that targets must not build, with a reason, and they compile.',
  why: 'Where a program cannot do its work, a team may want that it cannot be built either, so that nobody ships it. The file or the constraint that kept it from building is gone.',
  fix: 'Bring back what kept it from building, such as a `//go:build` line, or take the line out of the policy when the target is welcome now.',
  classes: [],
  example: 'js/wasm compiles, and the policy forbids it: the server opens sockets.',
  observe: {
    expectation: ({ expect, text, reason, at, built, target, alsoOn = [] }) =>
      expect !== 'must-not-build'
        ? []
        : [
            diagnosis({
              message: `${text} must not build by the policy (${reason}), and ${whatBuilds(text, [target, ...alsoOn], built)}.`,
              fix: advice(
                `Exclude ${text} with a //go:build line in the main packages again, or take the line out of the policy.`,
              ),
              locations: at === undefined ? [] : [at],
              key: text,
            }),
          ],
  },
}

export default rule
