import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { proxyCase } from '../../rule-helpers/proxy-case.ts'

const rule: Rule = {
  id: 'proxy-unauthorized',
  area: 'proxy',
  title: 'The module proxy asks for credentials',
  what: 'A module proxy answered 401 (or a web proxy 407): it wants a user and a password or a token, and got none or wrong ones.',
  why: 'The go command takes credentials from ~/.netrc (or the file NETRC names) and, since Go 1.24, from the commands in GOAUTH. A runner has neither unless the workflow writes them.',
  fix: 'Write a `machine` entry for the host into ~/.netrc from a secret, or set GOAUTH.',
  prevent: 'Use tokens that do not expire with a person, and check them before they do.',
  classes: ['P06'],
  example: `go: example.com/lib@v1.0.0: reading http://127.0.0.1:8787/401/example.com/lib/@v/v1.0.0.mod: 401 Unauthorized
	server response: authentication required`,
  markers: [': 401 ', ': 407 ', 'Proxy Authentication Required'],
  message: async (message, context) => {
    const found = await proxyCase(message, context)
    if (found?.fault.kind !== 'unauthorized') return undefined
    return diagnosis({
      message: `${found.host} wants credentials for ${found.name} (HTTP ${found.fault.status ?? 401}) and got none that it accepts.`,
      fix: advice(
        `Write the credentials from a secret into ~/.netrc before the go command runs: machine ${found.host.replace(/:\d+$/, '')} login USER password TOKEN. From Go 1.24 on GOAUTH can name a command that supplies them.`,
      ),
      locations: found.locations,
      module: found.module?.path,
      version: found.module?.version,
      key: found.host,
    })
  },
}

export default rule
