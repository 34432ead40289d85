import type { Location } from '../../../domain/module.ts'
import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { enumerate } from '../../rule-helpers/text.ts'
import { readTidyDiff, type TidyLine } from '../../rule-helpers/tidy-diff.ts'

const rule: Rule = {
  id: 'untidy',
  area: 'requirement',
  title: 'go.mod and go.sum are not what go mod tidy would leave',
  what: '`go mod tidy` would change go.mod or go.sum: a requirement is missing, no longer needed, or marked wrongly, or go.sum lacks or keeps lines.',
  why: 'Imports changed, or a bot or a merge changed go.mod, and nobody ran `go mod tidy` before the commit.',
  fix: 'Run `go mod tidy` and commit go.mod and go.sum.',
  prevent: 'Let CI run `go mod tidy -diff` (Go 1.23 and later).',
  classes: ['M05'],
  example: `diff current/go.sum tidy/go.sum
--- current/go.sum
+++ tidy/go.sum
@@ -1,4 +1,2 @@
 example.com/lib v1.0.0 h1:MWrsb+MdYGFVoVAWThwosSi5u4gGoooaXj08PPMUDbw=
 example.com/lib v1.0.0/go.mod h1:AhEHES9DrCB9xHcHc7+OtNtUEuN0z4wvrrUCNMTrrdo=
-example.com/lib v1.1.0 h1:H16TcjhVKX6EWvMjVzXHgiAJBQJl3zNiZpKeNf0xyDE=
-example.com/lib v1.1.0/go.mod h1:AhEHES9DrCB9xHcHc7+OtNtUEuN0z4wvrrUCNMTrrdo=`,
  markers: ['diff current/go.'],
  message: (message) => {
    const file = /^diff current\/(go\.(?:mod|sum)) tidy\//.exec(message.text)?.[1]
    if (file === undefined) return undefined
    return diagnosis({
      message: `go mod tidy would change ${file}.`,
      fix: advice('Run go mod tidy and commit go.mod and go.sum.', [command('go', 'mod', 'tidy')]),
      key: 'tidy',
    })
  },
  observe: {
    tidy: async (observation, facts) => {
      if (observation.diff.trim() === '') return []
      const change = readTidyDiff(observation.diff)
      const file = await facts.goMod()
      const names = (lines: readonly TidyLine[]) =>
        enumerate(
          lines.map((line) => `${line.path}@${line.version}`),
          4,
        )
      const rewrites =
        change.otherModLines > 0 && change.added.length + change.removed.length + change.changed.length === 0
      const parts = [
        change.added.length > 0 ? `add ${names(change.added)} to go.mod` : '',
        change.removed.length > 0 ? `remove ${names(change.removed)} from go.mod` : '',
        change.changed.length > 0
          ? `change ${enumerate(
              change.changed.map((line) =>
                line.from === line.version
                  ? `how ${line.path} is marked`
                  : `${line.path} from ${line.from} to ${line.version}`,
              ),
              4,
            )} in go.mod`
          : '',
        rewrites ? 'rewrite lines of go.mod' : '',
        change.sumAdded > 0 ? `add ${change.sumAdded} ${change.sumAdded === 1 ? 'line' : 'lines'} to go.sum` : '',
        change.sumRemoved > 0
          ? `remove ${change.sumRemoved} ${change.sumRemoved === 1 ? 'line' : 'lines'} from go.sum`
          : '',
      ].filter((part) => part !== '')
      const required = new Set(file?.content.require.map((line) => line.path) ?? [])
      const incomplete = change.added.some((line) => !required.has(line.path))
      const location = (): readonly Location[] => {
        if (file === undefined) return []
        const lines = [...change.removed, ...change.changed]
          .map((line) => file.content.require.find((each) => each.path === line.path)?.line)
          .filter((line) => line !== undefined)
        return [{ file: file.path, line: lines[0] ?? 1 }]
      }
      const goModStays =
        change.added.length + change.removed.length + change.changed.length + change.otherModLines === 0
      // Lines that tidy only adds are those whose absence has been told already, where it breaks the build.
      const follows =
        goModStays && change.sumRemoved === 0
          ? ['sum-absent', 'sum-missing']
          : incomplete && change.removed.length === 0
            ? ['no-required-module', 'import-lookup-disabled', 'go-mod-updates-needed']
            : []
      return [
        diagnosis({
          // Lines that only move or are written otherwise mean the same to every go command.
          severity: incomplete ? 'error' : parts.length === 1 && rewrites ? 'notice' : 'warning',
          message: `go mod tidy would ${parts.length === 0 ? 'change go.mod or go.sum' : enumerate(parts, 6)}.`,
          fix: {
            ...advice('Run go mod tidy and commit go.mod and go.sum.', [command('go', 'mod', 'tidy')]),
            diff: observation.diff,
          },
          locations: location(),
          key: 'tidy',
          follows,
          excerpt: observation.diff.split('\n').slice(0, 20).join('\n'),
        }),
      ]
    },
  },
}

export default rule
