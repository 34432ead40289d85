import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { gitCase } from '../../rule-helpers/git-case.ts'
import { privatePattern } from '../../rule-helpers/private-modules.ts'

const rule: Rule = {
  id: 'govcs-disallowed',
  area: 'git',
  title: 'GOVCS forbids the version-control program of a module',
  what: 'The module would have to be fetched with a program that GOVCS does not allow for its kind (public or private).',
  why: 'By default only git and hg may be used for public modules; GOVCS can narrow or widen that.',
  fix: 'Take the module from a proxy, say that it is private (GOPRIVATE), or allow the program for its path in GOVCS.',
  since: '1.16',
  classes: ['G07'],
  example:
    "go: github.com/acme/priv@v1.0.0: GOVCS disallows using git for public github.com/acme/priv; see 'go help vcs'",
  markers: ['GOVCS disallows'],
  message: async (message, context) => {
    const found = await gitCase(message, context)
    const [, program, kind, path] =
      /GOVCS disallows using ([^\s]+) for (public|private) ([^\s;]+)/.exec(found.block) ?? []
    if (program === undefined || path === undefined) return undefined
    const value = (await context.facts.goEnv())?.GOVCS
    return diagnosis({
      message: `GOVCS${value === undefined || value === '' ? '' : `=${value}`} does not allow ${program} for ${path}, which counts as ${kind ?? 'public'}.`,
      fix: advice(
        `Allow it for this path alone: GOVCS=${privatePattern(path)}:${program}. If the module is private, GOPRIVATE=${privatePattern(path)} says so.`,
        [`go env -w GOVCS=${privatePattern(path)}:${program}`],
      ),
      locations: found.locations,
      module: path,
      key: path,
    })
  },
}

export default rule
