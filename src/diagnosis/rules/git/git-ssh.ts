import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { gitCase } from '../../rule-helpers/git-case.ts'

const rule: Rule = {
  id: 'git-ssh',
  area: 'git',
  title: 'git cannot reach a repository over ssh',
  what: 'ssh refused the connection to the host of a repository, did not know its key, or was refused itself.',
  why: 'The machine has no ssh key that the host accepts, does not know the host’s key, or may not reach port 22.',
  fix: 'Load a deploy key and the host’s key before the go command runs, or let git use https with a token.',
  classes: ['G04'],
  example: `go: github.com/acme/priv@v1.0.0: reading github.com/acme/priv/go.mod at revision v1.0.0: git ls-remote -q --end-of-options https://github.com/acme/priv in /home/dev/go/pkg/mod/cache/vcs/44184e: exit status 128:
	ssh: connect to host 127.0.0.1 port 1: Connection refused
	fatal: Could not read from remote repository.`,
  markers: ['Host key verification failed', 'Permission denied (', 'ssh: '],
  message: async (message, context) => {
    const found = await gitCase(message, context)
    const connect = /ssh: (?:connect to host|Could not resolve hostname) ([^\s:]+)(?: port \d+)?: ([^\n]{1,100})/.exec(
      found.block,
    )
    const key = found.block.includes('Host key verification failed')
    const denied = /Permission denied \((?:publickey|password|keyboard)[^)\n]*\)/.exec(found.block)?.[0]
    if (connect === null && !key && denied === undefined) return undefined
    const host =
      connect?.[1] ??
      /([^\s@]{1,100})@([^\s:]{1,200}): Permission denied/.exec(found.block)?.[2] ??
      found.module?.path.split('/')[0] ??
      'the host'
    const rest = { locations: found.locations, module: found.module?.path, version: found.module?.version, key: host }
    if (key) {
      return diagnosis({
        ...rest,
        message: `ssh does not know the key of ${host}, so git did not fetch ${found.name}.`,
        fix: advice(`Add the key of ${host} to known_hosts, and compare it with the one that ${host} publishes.`, [
          `${command('ssh-keyscan', host)} >> ~/.ssh/known_hosts`,
        ]),
      })
    }
    if (denied !== undefined) {
      return diagnosis({
        ...rest,
        message: `${host} accepts no ssh key of this machine, so git did not fetch ${found.name}.`,
        fix: advice(`Load a deploy key that may read the repository, or let git use https with a token for ${host}.`, [
          command('ssh-add', '-l'),
        ]),
      })
    }
    return diagnosis({
      ...rest,
      message: `ssh cannot reach ${host} (${connect?.[2] ?? ''}), so git did not fetch ${found.name}.`,
      fix: advice(
        `Check that ${host} may be reached over ssh from here; if not, let git use https. If nobody asked for ssh, look at git's insteadOf settings.`,
        ['git config --get-regexp insteadof'],
      ),
    })
  },
}

export default rule
