import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { enumerate } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'sum-absent',
  area: 'checksum',
  title: 'There is no go.sum, although modules are required',
  what: 'go.mod requires modules, and there is no go.sum beside it to say what they must be.',
  why: 'go.sum was never committed, or is ignored by git. No build creates it: since Go 1.16 a build that misses it fails.',
  fix: 'Run `go mod tidy` and commit go.sum; take it out of .gitignore if it is there.',
  classes: ['S11', 'S12'],
  observe: {
    'module-files': (observation) => {
      const { goMod, goSum, goModPath, goSumPath, usesVendor, goWork } = observation
      if (goMod === undefined || goSum !== undefined || usesVendor || goWork !== undefined) return []
      const local = new Set(
        goMod.replace.filter((line) => line.replacement.version === undefined).map((line) => line.old.path),
      )
      const needed = goMod.require.filter((line) => !local.has(line.path))
      const first = needed[0]
      if (first === undefined) return []
      return [
        diagnosis({
          message: `${goModPath} requires ${enumerate(
            needed.map((line) => `${line.path}@${line.version}`),
            3,
          )}, but ${goSumPath} does not exist.`,
          fix: advice('Run go mod tidy and commit go.sum.', [command('go', 'mod', 'tidy')]),
          locations: [{ file: goModPath, line: first.line }],
          key: goSumPath,
        }),
      ]
    },
  },
}

export default rule
