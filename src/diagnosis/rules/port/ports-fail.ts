import type { Rule } from '../../../domain/rule.ts'

/** Makes no diagnosis itself: pipeline/gate.ts folds under it what fails on targets that do not gate. */
const rule: Rule = {
  id: 'ports-fail',
  area: 'port',
  title: 'Ports that do not compile, and fail nothing',
  what: 'The type check of every port found errors that fail nothing: on ports that are neither the host nor named by the project, that the policy lets fail, or that failed at the base already. Each cause is listed with its ports and places, and the reason why it fails nothing.',
  why: 'Code that uses what only some systems have compiles where it was written and fails elsewhere, in the module itself or in a dependency. Somebody who installs the module there is the first to notice.',
  fix: 'Ports that people should be able to use: correct the cause, then name them in `targets`, or write `must-build` into the policy, so that a failure there is an error from then on. The others can stay as they are.',
  prevent:
    'Name the ports that you release in `targets`, in a goreleaser configuration or in the policy (`docs/policy.md`).',
  classes: [],
}

export default rule
