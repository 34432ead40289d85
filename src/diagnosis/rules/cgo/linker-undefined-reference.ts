import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'linker-undefined-reference',
  area: 'cgo',
  title: 'The linker finds no definition of a C function',
  what: 'C code uses a function or variable that none of the linked objects and libraries defines, or that two of them define.',
  why: 'A library is missing from #cgo LDFLAGS or stands in the wrong order, it is another version than its headers, or it was built for another libc (glibc against musl).',
  fix: 'Name the library in #cgo LDFLAGS (after what uses it), and use libraries built for this system.',
  classes: ['C09', 'C10'],
  example: `/usr/bin/ld: /tmp/go-link-2363634019/000001.o: in function \`_cgo_6bb80f922073_Cfunc_add':
/tmp/go-build/main.cgo2.c:56: undefined reference to \`add'
collect2: error: ld returned 1 exit status`,
  markers: [
    'undefined reference to',
    'Undefined symbols for architecture',
    'duplicate symbol',
    'multiple definition of',
    'undefined symbol: ',
    'cannot be used against symbol',
    'unresolved external symbol',
    'symbol(s) not found',
  ],
  message: async (message, { facts }) => {
    if (!['ld', 'link', 'cc', 'unknown'].includes(message.printer)) return undefined
    const block = plain(message)
    const missing =
      /undefined reference to [`'"‘]([^'"’\n]+)/.exec(block)?.[1] ??
      /undefined symbol: ([^\s]+)/.exec(block)?.[1] ??
      /unresolved external symbol ([^\s]+)/.exec(block)?.[1] ??
      (/Undefined symbols for architecture|symbol\(s\) not found for architecture/.test(block)
        ? (/^\s*"([^"\n]+)", referenced from/m.exec(block)?.[1] ?? 'a symbol')
        : undefined)
    const twice = /(?:duplicate symbol:?|multiple definition of) [`'‘]?([^\s'’;,]+)/.exec(block)?.[1]
    const pic = /relocation [^\s]+ (?:against|cannot be used against) [^\n]*recompile with -fPIC/.test(block)
    if (missing === undefined && twice === undefined && !pic) return undefined
    if (missing?.includes('@GLIBC') === true) return undefined
    const race = /race_linux|gotsan|__sanitizer|libc_stack_end/.test(block)
    const shared = { locations: await messageLocations(message, facts), package: message.package }
    if (race) {
      return diagnosis({
        ...shared,
        message:
          'The race detector does not link here: its runtime is made for glibc, and this system (Alpine) has musl.',
        fix: advice('Run the tests with -race on an image with glibc (Debian), or leave -race out on Alpine.'),
        key: 'race',
      })
    }
    if (pic) {
      return diagnosis({
        ...shared,
        message: `Code that was not built for a shared library is linked into one: ${clip(block.split('\n')[0] ?? '', 140)}.`,
        fix: advice(
          'Build the archive with -fPIC; a Go c-archive for a shared library is built with -buildmode=c-archive -ldflags=-shared or as c-shared.',
        ),
        key: 'pic',
      })
    }
    if (twice !== undefined) {
      return diagnosis({
        ...shared,
        message: `${clip(twice)} is defined twice among what is linked.`,
        fix: advice(
          'Two copies of the same C code (two forks or versions of one package) are in the program: keep one. A C function written in the preamble of a file with //export must be declared there and defined elsewhere.',
        ),
        key: twice,
      })
    }
    return diagnosis({
      ...shared,
      message: `${clip(missing ?? '')} is used by C code and defined in nothing that is linked${message.package === undefined ? '' : ` for ${message.package}`}.`,
      fix: advice(
        'Name the library that defines it in #cgo LDFLAGS, after what uses it; check that it is the version its headers are from, and built for this libc.',
      ),
      key: message.package ?? 'references',
    })
  },
}

export default rule
