import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { gitCase } from '../../rule-helpers/git-case.ts'
import { safeUrl } from '../../rule-helpers/network.ts'
import { clip } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'git-unreachable',
  area: 'git',
  title: 'git cannot fetch from the host of a module',
  what: 'git reached no usable answer at the address of a module: no such host, no connection, a refused certificate or an HTTP error.',
  why: 'The go command goes to the repository itself for modules in GOPRIVATE and for GOPROXY=direct; this network does not let it, or the host refuses.',
  fix: 'Take public modules from a module proxy; for private ones make the host reachable and give git credentials.',
  classes: ['G05'],
  example: `go: github.com/acme/priv@v1.0.0: reading github.com/acme/priv/go.mod at revision v1.0.0: git ls-remote -q --end-of-options https://github.com/acme/priv in /home/dev/go/pkg/mod/cache/vcs/44184e: exit status 128:
	fatal: unable to access 'https://git.invalid/acme/priv/': Could not resolve host: git.invalid`,
  markers: ['unable to access', 'no secure protocol found', 'early EOF', 'RPC failed'],
  message: async (message, context) => {
    const found = await gitCase(message, context)
    const access = /unable to access '([^'\n]+)': ([^\n]{1,200})/.exec(found.block)
    const insecure = found.block.includes('no secure protocol found for repository')
    const cut = /RPC failed|early EOF/.test(found.block)
    if (access === null && !insecure && !cut) return undefined
    const goproxy = (await context.facts.goEnv())?.GOPROXY
    const url = access?.[1] === undefined ? undefined : safeUrl(access[1])
    const reason =
      access?.[2] ?? (insecure ? 'it answers over no secure protocol (https, ssh)' : 'the transfer broke off')
    const denied = /returned error: (?:401|403)/.test(reason)
    const direct = goproxy !== undefined && /^direct\b/.test(goproxy)
    return diagnosis({
      confidence: denied ? 'certain' : 'likely',
      message: `git cannot fetch ${found.name}${url === undefined ? '' : ` from ${url}`}: ${clip(reason)}.${direct ? ` GOPROXY=${goproxy} sends every module to its repository.` : ''}`,
      fix: advice(
        denied
          ? 'Give git credentials that may read the repository.'
          : /SSL certificate|certificate/.test(reason)
            ? 'Add the authority that signed the certificate to the system store, or point git at it with http.sslCAInfo. Do not switch the check off.'
            : direct
              ? 'Name a module proxy before direct in GOPROXY, so that public modules need no git.'
              : 'Check that this machine can reach the host (DNS, firewall, HTTPS_PROXY). A public module needs no git at all when GOPROXY names a module proxy.',
      ),
      locations: found.locations,
      module: found.module?.path,
      version: found.module?.version,
      key: url ?? found.name,
    })
  },
}

export default rule
