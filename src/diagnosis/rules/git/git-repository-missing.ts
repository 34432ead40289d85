import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { gitCase } from '../../rule-helpers/git-case.ts'
import { hostOf, safeUrl } from '../../rule-helpers/network.ts'

const rule: Rule = {
  id: 'git-repository-missing',
  area: 'git',
  title: 'The repository of a module is not there',
  what: 'git found no repository at the address of a module.',
  why: 'It was deleted, renamed or made private (a forge shows a private repository as missing to whoever may not read it), or an insteadOf setting of git sends the request elsewhere.',
  fix: 'Correct the path, move to where the module lives now, or give git credentials that may read it.',
  classes: ['G03'],
  example: `go: github.com/acme/priv@v1.0.0: reading github.com/acme/priv/go.mod at revision v1.0.0: git ls-remote -q --end-of-options https://github.com/acme/priv in /home/dev/go/pkg/mod/cache/vcs/44184e: exit status 128:
	fatal: repository 'https://github.com/acme/priv/' not found`,
  markers: ['not found', 'does not appear to be a git repository', 'Repository not found', '404 Not Found'],
  message: async (message, context) => {
    const found = await gitCase(message, context)
    const gone =
      /fatal: repository '([^'\n]+)' not found/.exec(found.block) ??
      /fatal: '?([^'\s]+)'? does not appear to be a git repository/.exec(found.block) ??
      /(?:ERROR|remote): (Repository) not found/.exec(found.block) ??
      /: (https:\/\/api\.bitbucket\.org\/[^\s]+): 404 Not Found/.exec(found.block)
    if (gone === null) return undefined
    const url = /^[a-z]+:\/\//.test(gone[1] ?? '') ? safeUrl(gone[1] ?? '') : undefined
    const expected = found.module?.path.split('/')[0]
    const real = url === undefined ? undefined : hostOf(url).host
    const rewritten =
      expected !== undefined && real !== undefined && real !== expected && !real.endsWith(`.${expected}`)
    return diagnosis({
      confidence: 'likely',
      message: `There is no repository${url === undefined ? '' : ` at ${url}`} for ${found.name}, or these credentials may not see it${rewritten ? `; git was sent to ${real} instead of ${expected}` : ''}.`,
      fix: advice(
        rewritten
          ? 'Look at the insteadOf settings of git that send the request elsewhere.'
          : 'Open the address in a browser: if it is gone or moved, require the module that took its place; if you can see it only when logged in, give git a token that may read it.',
        rewritten ? ['git config --get-regexp insteadof'] : [],
      ),
      locations: found.locations,
      module: found.module?.path,
      version: found.module?.version,
      key: url ?? found.name,
    })
  },
}

export default rule
