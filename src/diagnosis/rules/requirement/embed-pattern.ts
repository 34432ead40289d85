import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'embed-pattern',
  area: 'requirement',
  title: 'A go:embed pattern matches nothing that can be embedded',
  what: 'A `//go:embed` line names files that are not there, or that may not be embedded.',
  why: 'The files are built (a web front end) and were not built yet, are ignored by git, are large files that were not fetched, or belong to another module. Files whose names begin with . or _ need the prefix `all:`.',
  fix: 'Build or fetch the files before the Go build; correct the pattern.',
  prevent: 'Commit a placeholder in the folder, so that a fresh clone compiles.',
  since: '1.16',
  classes: ['M28'],
  example: 'main.go:5:12: pattern dist/index.html: no matching files found',
  markers: ['no matching files found', 'cannot embed ', 'invalid pattern syntax'],
  message: async (message, { facts }) => {
    const [, pattern, reason] =
      /pattern ([^\n]+?): (no matching files found|cannot embed [^\n]+|invalid pattern syntax)/.exec(plain(message)) ??
      []
    if (pattern === undefined || reason === undefined) return undefined
    const none = reason === 'no matching files found'
    const foreign = message.module
    const locations = await messageLocations(message, facts)
    return diagnosis({
      message: none
        ? `The files that go:embed ${clip(pattern)} names are not there${foreign === undefined ? '; most likely they are built first, or ignored by git' : ` in ${foreign.path}@${foreign.version}`}.`
        : `go:embed ${clip(pattern)} cannot be used: ${clip(reason)}.`,
      fix: none
        ? foreign === undefined
          ? advice(
              'Build or fetch the files in a step before the Go build (npm run build, go generate, git lfs pull), or commit a placeholder.',
              [command('git', 'check-ignore', '-v', pattern.replace(/^all:/, ''))],
            )
          : advice(`Use a version of ${foreign.path} whose files were published; its authors left them out.`)
        : advice(
            'Correct the pattern: it may not leave the package’s folder, follow links, or cross into another module.',
          ),
      locations,
      package: message.package,
      // go list names the package and go build does not: the place is what both have.
      key: `${locations[0]?.file ?? message.package ?? ''} ${pattern}`,
    })
  },
}

export default rule
