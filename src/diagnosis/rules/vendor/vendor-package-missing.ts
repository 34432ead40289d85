import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'vendor-package-missing',
  area: 'vendor',
  title: 'A package is missing from vendor/',
  what: 'With a vendor folder the build looks for imports there alone, and a package is not in it.',
  why: 'An import was added without `go mod vendor`, a .gitignore line kept part of vendor/ out of the repository, or the package is named on the command line and nothing imports it, so that it was never vendored.',
  fix: 'Run `go mod tidy` and `go mod vendor`, and commit vendor/ whole. Pin a tool with a `tool` line (Go 1.24) or a blank import so that it is vendored.',
  classes: ['M02', 'M02b'],
  example: `main.go:3:8: cannot find module providing package example.com/lib/sub: import lookup disabled by -mod=vendor
	(Go version in go.mod is at least 1.14 and vendor directory exists.)`,
  markers: ['import lookup disabled by -mod=vendor', 'cannot find package "." in'],
  message: async (message, { facts }) => {
    const block = plain(message)
    const found =
      /cannot find module providing package ([^\s:]+): import lookup disabled by -mod=vendor/.exec(block)?.[1] ??
      /cannot find package "\." in:\s+[^\n]*[\\/]vendor[\\/]([^\n]+)/.exec(block)?.[1]?.replaceAll('\\', '/')
    if (found === undefined) return undefined
    const vendor = await facts.vendor()
    const owner = vendor?.content.modules.find((module) => found === module.path || found.startsWith(`${module.path}/`))
    const listed = owner?.packages.includes(found) === true
    const own = await messageLocations(message, facts)
    return diagnosis({
      message: listed
        ? `vendor/modules.txt lists ${found}, but its folder is not in vendor/: it was left out of the commit.`
        : owner !== undefined
          ? `${owner.path} is vendored without its package ${found}.`
          : `${found} is not in vendor/.`,
      ...(listed
        ? {
            why: 'A line of .gitignore that matches inside vendor/ (such as *.log, bin/ or lib/) keeps files out without a word.',
          }
        : {}),
      fix: advice(
        listed
          ? 'See which line ignores it, then vendor anew and add the files with git add -f vendor.'
          : 'Tidy, vendor anew and commit vendor/ whole.',
        listed
          ? [command('git', 'check-ignore', '-v', `vendor/${found}`), command('go', 'mod', 'vendor')]
          : [command('go', 'mod', 'tidy'), command('go', 'mod', 'vendor')],
      ),
      locations:
        own.length > 0
          ? own
          : vendor === undefined || owner === undefined
            ? []
            : [{ file: vendor.path, line: owner.line }],
      module: owner?.path,
      key: found,
    })
  },
}

export default rule
