import { describeResolver, describeUsers } from '../../../domain/name-services.ts'
import type { NameServicesObservation } from '../../../domain/observation.ts'
import { formatTarget } from '../../../domain/port.ts'
import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { enumerate } from '../../rule-helpers/text.ts'

type Row = NameServicesObservation['targets'][number]

/** Systems that look up by a library of their own or not at all, in any mode: there is nothing to choose. */
const apart: readonly string[] = ['android', 'darwin', 'ios', 'js', 'plan9', 'wasip1', 'windows']

const rule: Rule = {
  id: 'resolver-differs',
  area: 'cgo',
  title: 'Targets of one release look up hosts or users in different ways',
  what: 'Programs for several Unix targets are built from different files of net or os/user: some call libc, others do it in Go.',
  why: 'With cgo, net and os/user can call getaddrinfo and getpwuid_r of libc, which know what /etc/nsswitch.conf names: LDAP, SSSD, mDNS (.local), systemd-resolved. Without cgo, or with the tags netgo and osusergo, Go reads /etc/resolv.conf, /etc/hosts and /etc/passwd itself and knows no more. So an account from LDAP, or a name that only split DNS or mDNS knows, is found on one target and not on the other.',
  fix: 'Build all targets in one mode: CGO_ENABLED=0, or the tags netgo and osusergo, for the same look-ups everywhere; CGO_ENABLED=1 with C compilers for those of libc.',
  classes: [],
  observe: {
    'name-services': (observation) => {
      const rows = observation.targets.filter(({ target }) => !apart.includes(target.goos))
      const hosts = groups(rows, (row) => (row.resolver === undefined ? undefined : describeResolver(row.resolver)))
      const users = groups(rows, (row) => (row.users === undefined ? undefined : describeUsers(row.users)))
      const here = observation.target === undefined ? '' : formatTarget(observation.target)
      const concerned = [...(hosts.size > 1 ? hosts.values() : []), ...(users.size > 1 ? users.values() : [])].flat()
      if (concerned.length === 0 || (here !== '' && !concerned.includes(here))) return []
      const sentences = [
        ...(hosts.size > 1 ? [`Hosts are looked up by ${listed(hosts)}.`] : []),
        ...(users.size > 1 ? [`Users come from ${listed(users)}.`] : []),
        cause(rows),
      ]
      const tags = [...(hosts.size > 1 ? ['netgo'] : []), ...(users.size > 1 ? ['osusergo'] : [])]
      return [
        diagnosis({
          severity: 'notice',
          message: sentences.filter((sentence) => sentence !== '').join(' '),
          fix: advice(
            'Let all targets look up in one way: in Go everywhere with CGO_ENABLED=0 or these tags; where accounts come from LDAP or SSSD, or names from mDNS, build every target with cgo instead.',
            ['CGO_ENABLED=0 go build ./...', `go build -tags ${tags.join(',')} ./...`],
          ),
          locations: observation.importedAt === undefined ? [] : [observation.importedAt],
          key: `names ${observation.module ?? ''}`,
        }),
      ]
    },
  },
}

function groups(rows: readonly Row[], words: (row: Row) => string | undefined): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const row of rows) {
    const text = words(row)
    if (text !== undefined) found.set(text, [...(found.get(text) ?? []), formatTarget(row.target)])
  }
  return found
}

function listed(all: ReadonlyMap<string, readonly string[]>): string {
  return [...all].map(([words, targets]) => `${words} on ${enumerate(targets, 4)}`).join('; ')
}

/** Why cgo is on for some and off for others, where that is so. */
function cause(rows: readonly Row[]): string {
  const on = rows.filter((row) => row.cgo)
  const off = rows.filter((row) => !row.cgo)
  if (on.length === 0 || off.length === 0) return ''
  const names = (some: readonly Row[]): string =>
    enumerate(
      some.map((row) => formatTarget(row.target)),
      4,
    )
  const cross = off.every((row) => row.reason === 'cross')
  return `cgo is on for ${names(on)} and off for ${names(off)}${cross ? ', as by default for cross builds' : ''}.`
}

export default rule
