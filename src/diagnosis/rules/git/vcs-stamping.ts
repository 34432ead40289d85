import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'vcs-stamping',
  area: 'git',
  title: 'The commit cannot be stamped into the binary',
  what: 'The go command asks git for the commit, to write it into the binary, and git failed.',
  why: 'Mostly the checkout belongs to another user than the one who builds, as in a container, and git refuses to read it (“dubious ownership”). Else .git is broken or incomplete.',
  fix: 'Tell git to trust the folder. Switch the stamp off only where nobody needs it.',
  since: '1.18',
  classes: ['G11'],
  example: `error obtaining VCS status: exit status 128
	Use -buildvcs=false to disable VCS stamping.`,
  markers: ['obtaining VCS status', 'dubious ownership'],
  message: (message) => {
    const block = plain(message)
    const status = /error obtaining VCS status: ([^\n]+)/.exec(block)?.[1]
    const dir = /dubious ownership in repository at '([^'\n]+)'/.exec(block)?.[1]
    if (status === undefined && dir === undefined) return undefined
    if (block.includes('executable file not found')) return undefined
    return diagnosis({
      confidence: dir === undefined ? 'likely' : 'certain',
      message:
        dir === undefined
          ? `git refused to say which commit this is (${status ?? ''}): most likely the checkout belongs to another user, as in a container.`
          : `git does not trust ${dir}, which belongs to another user, so the commit cannot be stamped into the binary.`,
      fix: advice(
        'Tell git that the checkout is to be trusted, in the step before the build. A build that needs no stamp can use -buildvcs=false instead.',
        ['git config --global --add safe.directory "$PWD"'],
      ),
      key: 'vcs',
    })
  },
}

export default rule
