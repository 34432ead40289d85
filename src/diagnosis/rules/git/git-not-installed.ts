import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { gitCase } from '../../rule-helpers/git-case.ts'

const rule: Rule = {
  id: 'git-not-installed',
  area: 'git',
  title: 'A version-control program is needed and not installed',
  what: 'The go command wanted to run git (or hg, svn, bzr, fossil) and did not find it on PATH.',
  why: 'A small container image such as golang:alpine has no git. It is needed for modules that do not come from a proxy (GOPRIVATE, GOPROXY=direct) and to stamp the commit into a binary.',
  fix: 'Install it in the image, or take the modules from a proxy.',
  classes: ['G06'],
  example:
    'go: github.com/acme/priv@v1.0.0: unable to resolve git version: failed to execute git version: exec: "git": executable file not found in $PATH',
  markers: ['executable file not found', 'go: missing ', 'missing Git command', ' command. See '],
  message: async (message, context) => {
    const found = await gitCase(message, context)
    const [, program] =
      /exec: "(git|hg|svn|bzr|fossil)(?:\.exe)?": executable file not found/.exec(found.block) ??
      /missing (Git|Mercurial|Subversion|Bazaar|Fossil) command\. See/.exec(found.block) ??
      []
    if (program === undefined) return undefined
    const name = program.toLowerCase()
    const stamping = /VCS status|buildvcs/.test(found.block)
    return diagnosis({
      message: stamping
        ? `${name} is needed to stamp the commit into the binary and is not installed here.`
        : `${name} is needed to fetch ${found.name} from its repository and is not installed here.`,
      fix: advice(
        `Install ${name} in this image. ${stamping ? 'A build that needs no stamp can use -buildvcs=false.' : 'A public module needs no git when GOPROXY names a module proxy.'}`,
        name === 'git' ? ['apk add --no-cache git  # Alpine', 'apt-get install -y git  # Debian, Ubuntu'] : [],
      ),
      locations: found.locations,
      module: found.module?.path,
      version: found.module?.version,
      key: name,
    })
  },
}

export default rule
