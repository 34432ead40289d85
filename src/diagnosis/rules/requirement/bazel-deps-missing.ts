import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { enumerate, plain } from '../../rule-helpers/text.ts'

const imported = /([^\s:"]{1,500}\.go): import of "([^"\n]{1,300})"/g
const mostLines = 200

const rule: Rule = {
  id: 'bazel-deps-missing',
  area: 'requirement',
  title: 'A Bazel rule does not name the package that its Go file imports',
  what: 'rules_go compiles each go_library against its deps alone, and a file imports what is not among them.',
  why: 'An import was added and BUILD.bazel was not: Bazel reads neither go.mod nor imports by itself. go build works all the same.',
  fix: 'Run gazelle, which writes deps from the imports; for a module that is new also bazel mod tidy, or gazelle update-repos without Bzlmod.',
  prevent: 'Let CI fail when gazelle would change a file (mode = "diff").',
  classes: [],
  example: `compilepkg: missing strict dependencies:
	/home/dev/app/main.go: import of "github.com/google/uuid"
No dependencies were provided.
Check that imports in Go sources match importpath attributes in deps.`,
  // The second is on lines of their own, which are kept for the first.
  markers: ['missing strict dependencies', ': import of "'],
  message: (message, { command }) => {
    if (!message.text.includes('missing strict dependencies')) return undefined
    const after = command.messages
      .filter(({ line }) => line > message.line && line < message.line + mostLines)
      .map(({ text }) => text.slice(0, 1000))
    const paths = new Set([...[plain(message), ...after].join('\n').matchAll(imported)].map(([, , path]) => path ?? ''))
    return diagnosis({
      message:
        paths.size === 0
          ? 'A go_library imports packages that its deps do not name.'
          : `No deps of the Bazel rule name ${enumerate([...paths], 5, 'or')}, which its Go files import.`,
      fix: advice('Let gazelle write deps from the imports, and commit BUILD.bazel.', ['bazel run //:gazelle']),
      key: [...paths].join(' '),
    })
  },
}

export default rule
