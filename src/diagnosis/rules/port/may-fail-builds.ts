import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { whatBuilds } from '../../rule-helpers/expectation.ts'

const rule: Rule = {
  id: 'may-fail-builds',
  area: 'port',
  title: 'A target that may fail does not fail',
  what: 'A line of the policy says that targets may fail, with a reason, and they compile.',
  why: 'Something has been mended since, here or in a dependency. While the line is there, nobody is told when they break again.',
  fix: 'Take the line out of the policy, or make it `must-build`.',
  classes: [],
  example: 'plan9/386 compiles, and the policy lets it fail: the terminal library has no Plan 9 part.',
  observe: {
    expectation: ({ expect, text, reason, at, built, target, alsoOn = [] }) =>
      expect !== 'may-fail'
        ? []
        : [
            diagnosis({
              severity: 'notice',
              message: `${text} may fail by the policy (${reason}), and ${whatBuilds(text, [target, ...alsoOn], built)}.`,
              fix: advice(
                `Take the line "${text}" out of the policy, or write must-build, so that a failure is noticed.`,
              ),
              locations: at === undefined ? [] : [at],
              key: text,
            }),
          ],
  },
}

export default rule
