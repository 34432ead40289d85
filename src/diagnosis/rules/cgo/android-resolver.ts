import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'

const rule: Rule = {
  id: 'android-resolver',
  area: 'cgo',
  title: 'On Android a program without cgo finds no name server',
  what: 'A program for android is built without cgo and links net: it looks up hosts with the resolver of Go, which finds no /etc/resolv.conf there and asks a name server on the device itself, where there is none.',
  why: 'Android keeps its name servers in system properties that only its libc reads. With cgo, net always asks libc on Android (goosPrefersCgo in src/net/conf.go); without cgo it has nobody to ask.',
  fix: 'Build for Android with CGO_ENABLED=1 and the clang of the NDK, or give net.DefaultResolver a Dial that asks a name server of your choice.',
  classes: [],
  example: 'lookup example.com on [::1]:53: read udp [::1]:50051->[::1]:53: read: connection refused',
  observe: {
    cgo: ({ target, names, programAt, module }) =>
      target.goos !== 'android' || names?.resolver !== 'go'
        ? []
        : [
            diagnosis({
              severity: 'warning',
              confidence: 'likely',
              message:
                "The program is built for Android without cgo, so that Go's own resolver looks up hosts: it finds no /etc/resolv.conf there, and every look-up of a name fails with “connection refused”.",
              fix: advice(
                'Build for Android with CGO_ENABLED=1 and CC set to the clang of the NDK; without it, set net.DefaultResolver to one with PreferGo and a Dial that asks a name server of your choice.',
              ),
              locations: programAt === undefined ? [] : [programAt],
              key: `android ${module ?? ''}`,
            }),
          ],
  },
}

export default rule
