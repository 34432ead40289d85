import type { Parts, Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { enumerate, plain } from '../../rule-helpers/text.ts'

const using = /Using [`'‘]([^`'’\n]{1,100})['’] in statically linked applications/g

const rule: Rule = {
  id: 'static-link-warning',
  area: 'cgo',
  title: 'A static program still needs glibc at run time',
  what: 'The linker warns that functions of glibc in a static program load shared libraries when they run. The build itself succeeds.',
  why: 'net and os/user (and C libraries) call look-ups that glibc keeps in plug-ins (NSS). A program linked with -extldflags -static has them only when the very same glibc is installed where it runs; else they fail or crash.',
  fix: 'Add the tags netgo and osusergo, or build with CGO_ENABLED=0; plugins (dlopen) need a dynamic program.',
  classes: [],
  example: `/usr/bin/ld: /tmp/go-link-1/000004.o: in function \`_cgo_97ab22c4dc7b_C2func_getaddrinfo':
/tmp/go-build/cgo-gcc-prolog:60: warning: Using 'getaddrinfo' in statically linked applications requires at runtime the shared libraries from the glibc version used for linking`,
  markers: ['in statically linked applications'],
  message: (message) => {
    const names = [...plain(message).matchAll(using)].map((found) => found[1] ?? '')
    if (names.length === 0) return undefined
    const parts = { names }
    return diagnosis({ severity: 'warning', ...wording(parts), package: message.package, parts, key: 'static' })
  },
  merge: wording,
}

function wording({ names = [] }: Parts) {
  const tags = [
    ...(names.some((name) => /addrinfo|nameinfo|host|serv/.test(name)) ? ['netgo'] : []),
    ...(names.some((name) => /getpw|getgr|initgroups/.test(name)) ? ['osusergo'] : []),
  ]
  const dlopen = names.includes('dlopen')
  return {
    message: `The program is linked statically with glibc and uses ${enumerate(names, 4)}, which load shared libraries of the very same glibc when they run. This is a warning: the build goes on.`,
    fix: advice(
      dlopen && tags.length === 0
        ? 'A program that loads shared libraries or plugins (dlopen) should be linked dynamically.'
        : 'Let Go do these look-ups itself; without other C code, CGO_ENABLED=0 makes a truly static program.',
      [
        ...(tags.length === 0 ? [] : [`go build -tags ${tags.join(',')} -ldflags '-extldflags "-static"' ./...`]),
        ...(dlopen && tags.length === 0 ? [] : ['CGO_ENABLED=0 go build ./...']),
      ],
    ),
  }
}

export default rule
