import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'main-missing',
  area: 'code',
  title: 'A program has no function main',
  what: 'A package main has no function main on this target.',
  why: 'It was renamed or removed, or the file that holds it is left out by its name or its `//go:build` line, or was not named in the command (`go build a.go`).',
  fix: 'Add it, or build the folder rather than single files.',
  classes: ['B05'],
  example: `# example.com/app
runtime.main_main·f: function main is undeclared in the main package`,
  markers: ['function main is undeclared in the main package'],
  message: (message) =>
    plain(message).includes('function main is undeclared in the main package')
      ? diagnosis({
          message: `${message.package ?? 'The package main'} has no function main on this target.`,
          fix: advice(
            'Add func main, look whether the constraint of its file leaves it out here, and build the folder rather than single files.',
            ["go list -f '{{.GoFiles}} ignored: {{.IgnoredGoFiles}}' ."],
          ),
          package: message.package,
          key: message.package ?? 'main',
        })
      : undefined,
}

export default rule
