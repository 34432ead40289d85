import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { gitCase } from '../../rule-helpers/git-case.ts'
import { privatePattern } from '../../rule-helpers/private-modules.ts'

const rule: Rule = {
  id: 'git-auth',
  area: 'git',
  title: 'The repository of a module asks for a login',
  what: 'git wanted to ask for a user name or password, which the go command does not let it do.',
  why: 'The repository is private (or its name is wrong: forges ask for a login rather than admit that a repository does not exist), and this machine has no credentials for it. The token of a workflow reads its own repository only.',
  fix: 'Give git a token for the host, and set GOPRIVATE so that proxy and checksum database are not asked.',
  classes: ['G02'],
  example: `go: github.com/acme/priv@v1.0.0: reading github.com/acme/priv/go.mod at revision v1.0.0: git ls-remote -q --end-of-options https://github.com/acme/priv in /home/dev/go/pkg/mod/cache/vcs/44184e: exit status 128:
	fatal: could not read Username for 'https://github.com': terminal prompts disabled`,
  markers: [
    'could not read Username',
    'could not read Password',
    'terminal prompts disabled',
    'Authentication failed',
    'Invalid username or ',
  ],
  message: async (message, context) => {
    const found = await gitCase(message, context)
    if (
      !/could not read (?:Username|Password)|terminal prompts disabled|Authentication failed|Invalid username or /.test(
        found.block,
      )
    ) {
      return undefined
    }
    if (found.block.includes('server response:') || /reading https?:\/\/[^\s]+: 4\d\d/.test(found.block))
      return undefined
    const url =
      /could not read (?:Username|Password) for '([^'\n]+)'/.exec(found.block)?.[1] ??
      /Authentication failed for '([^'\n]+)'/.exec(found.block)?.[1]
    const host = url === undefined ? undefined : /^https?:\/\/(?:[^/@]*@)?([^/]+)/.exec(url)?.[1]
    const shown = host ?? found.module?.path.split('/')[0] ?? 'the host'
    const path = found.module?.path
    const pattern = path === undefined ? `${shown}/OWNER` : privatePattern(path)
    return diagnosis({
      confidence: path === undefined ? 'likely' : 'certain',
      message: `${shown} asks for a login to fetch ${found.name}: the repository is private, or its name is wrong, and git has no credentials for it here.`,
      fix: advice(
        `Give git a token that may read the repository (from a secret; the workflow's own token reads only its own repository), and keep proxy and checksum database out of it with GOPRIVATE=${pattern}.`,
        [
          `go env -w GOPRIVATE=${pattern}`,
          `git config --global url."https://x-access-token:\${TOKEN}@${shown}/".insteadOf "https://${shown}/"`,
        ],
      ),
      locations: found.locations,
      module: path,
      version: found.module?.version,
      key: `${shown} ${path ?? ''}`,
    })
  },
}

export default rule
