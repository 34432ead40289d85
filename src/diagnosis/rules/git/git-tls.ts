import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { gitCase } from '../../rule-helpers/git-case.ts'
import { hostOf, safeUrl } from '../../rule-helpers/network.ts'
import { clip } from '../../rule-helpers/text.ts'

const trust =
  /SSL certificate problem: [^\n]{1,100}|server certificate verification failed[^\n]{0,100}|certificate verify failed|schannel: [^\n]{0,60}(?:certificate|SEC_E_\w{1,40}|revocation)[^\n]{0,100}|error setting certificate (?:verify locations|file)[^\n]{0,100}|SSL: no alternative certificate subject name[^\n]{0,100}|SSL peer certificate or SSH remote key was not OK|unable to get local issuer certificate|self[- ]signed certificate/
const handshake =
  /gnutls_handshake\(\) failed[^\n]{0,100}|OpenSSL SSL_connect: [^\n]{1,100}|SSL_ERROR_SYSCALL|TLS connect error[^\n]{0,100}|wrong version number|unsupported protocol/

const rule: Rule = {
  id: 'git-tls',
  area: 'git',
  title: 'git does not trust the certificate of a host',
  what: 'git asks a repository over https, and its certificate does not convince, or no secure connection comes about.',
  why: 'A company proxy or server signs with an authority that this image does not know; the image holds no certificates at all (slim images without ca-certificates); git has a certificate store of its own (Git for Windows), which is not the system’s.',
  fix: 'Install ca-certificates and the authority’s certificate, or point git at it with http.sslCAInfo. Do not switch the check off.',
  classes: [],
  example: `go: git.corp.example/lib@v1.0.0: git ls-remote -q origin in /home/user/go/pkg/mod/cache/vcs/1: exit status 128:
	fatal: unable to access 'https://git.corp.example/lib/': server certificate verification failed. CAfile: none CRLfile: none`,
  markers: [
    'certificate',
    'schannel',
    'gnutls_handshake() failed',
    'OpenSSL SSL_connect',
    'SSL_ERROR_SYSCALL',
    'TLS connect error',
    'SSL peer',
  ],
  message: async (message, context) => {
    if (!['git', 'go', 'unknown'].includes(message.printer)) return undefined
    const found = await gitCase(message, context)
    if (!/unable to access '|^fatal: |\bfatal: /.test(found.block)) return undefined
    const untrusted = trust.exec(found.block)?.[0]
    const broken = untrusted === undefined ? handshake.exec(found.block)?.[0] : undefined
    if (untrusted === undefined && broken === undefined) return undefined
    const address = /unable to access '([^'\n]+)'/.exec(found.block)?.[1]
    const host = address === undefined ? 'the host' : (hostOf(safeUrl(address)).host ?? 'the host')
    const empty = /CAfile: none|error setting certificate/.test(found.block)
    const expired = (untrusted ?? '').includes('expired')
    const windows = found.block.includes('schannel')
    return diagnosis({
      confidence: broken === undefined ? 'certain' : 'likely',
      message: `git cannot fetch ${found.name} from ${host}: ${clip(untrusted ?? broken ?? '', 160)}.`,
      fix: advice(
        empty
          ? 'This image has no certificates: install ca-certificates, and add the one of your own authority if the host uses it.'
          : expired
            ? `Have the certificate of ${host} renewed, and check the clock of this machine and the age of its ca-certificates.`
            : broken !== undefined
              ? 'Something between (proxy, firewall) breaks the connection, or one side knows only old versions of TLS: check HTTPS_PROXY, and update git and its TLS library.'
              : windows
                ? 'Add the authority to the certificates of Windows, which schannel reads; if only the revocation list cannot be reached, let that host through.'
                : 'Add the certificate of the authority (of the company proxy or server) to the system store and run update-ca-certificates, or name it for this host alone. Switching the check off would let anybody change the code.',
        empty
          ? ['apt-get install -y ca-certificates  # Debian, Ubuntu', 'apk add ca-certificates  # Alpine']
          : expired || broken !== undefined || windows
            ? []
            : [`git config --global http."https://${host.replace(/[^\w.:-]/g, '')}/".sslCAInfo /path/to/authority.pem`],
      ),
      locations: found.locations,
      module: found.module?.path,
      version: found.module?.version,
      key: `${host} tls`,
    })
  },
}

export default rule
