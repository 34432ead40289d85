import type { Message } from '../../../domain/message.ts'
import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

interface Known {
  readonly module: string
  /** The Go release that old versions of the module do not compile or run with. */
  readonly go: string
  readonly pattern: RegExp
  /** Where the file that is named must lie, when the words alone say too little. */
  readonly file?: RegExp
}

// Modules that reach into Go’s inside and break with a new Go until they are updated; each is common as a dependency of others.
const known: readonly Known[] = [
  { module: 'golang.org/x/tools', go: '1.25', pattern: /invalid array length -delta \* delta/ },
  {
    module: 'golang.org/x/sys',
    go: '1.18',
    pattern: /\/\/go:linkname must refer to declared function or variable/,
    file: /golang\.org\/x\/sys(?:@|\/)/,
  },
  {
    module: 'github.com/quic-go/quic-go',
    go: '1.20',
    pattern: /The version of quic-go you[’']re using can[’']t be built (?:on|with) (?:Go|outdated)/,
  },
  {
    module: 'github.com/quic-go/quic-go',
    go: '1.20',
    pattern: /panic: qtls\.\w{1,40} (?:doesn[’']t match|not compatible)/,
  },
  {
    module: 'github.com/bytedance/sonic',
    go: '1.24',
    pattern:
      /undefined: (?:GoMapIterator|mapiterinit|mapiternext|_subr__\w{1,40})|bytedance\/sonic[^\n]{0,80}(?:invalid reference to|build constraints)/,
    file: /bytedance\/sonic/,
  },
  {
    module: 'gvisor.dev/gvisor',
    go: '1.24',
    pattern: /(?:redeclared in this block|other declaration of|undefined: (?:goready|gopark|sync\.\w{1,30}))/,
    file: /gvisor\.dev\/gvisor(?:@|\/)/,
  },
  { module: 'github.com/goccy/go-json', go: '1.21', pattern: /goccy\/go-json[^\n]{0,80}invalid reference to/ },
  {
    module: 'github.com/modern-go/reflect2',
    go: '1.18',
    pattern: /concurrent map (?:iteration|read)|unexpected fault address|reflect2\.\w{1,40}\.[^\n]{0,80}nil pointer/,
    file: /modern-go\/reflect2@v1\.0\.[01]\b/,
  },
]

const rule: Rule = {
  id: 'dependency-too-old-for-go',
  area: 'version',
  title: 'A dependency is too old for this Go',
  what: 'A dependency that relies on the inside of Go does not compile, or crashes at its start, with a newer Go.',
  why: 'Go promises that programs go on working, but not those that use its inner functions, go:linkname, or the layout of its structs. Such modules must be updated with each Go.',
  fix: 'Update the dependency, also when only another one needs it.',
  classes: [],
  example:
    '../pkg/mod/golang.org/x/tools@v0.22.0/internal/tokeninternal/tokeninternal.go:64:9: invalid array length -delta * delta (constant -256 of type int64)',
  markers: [
    'invalid array length',
    'must refer to declared function',
    'The version of quic-go',
    'panic: qtls.',
    'GoMapIterator',
    'mapiter',
    '_subr__',
    'bytedance/sonic',
    'gvisor.dev/gvisor',
    'goccy/go-json',
    'redeclared in this block',
    'modern-go/reflect2',
  ],
  message: async (message, { facts }) => {
    const block = plain(message)
    const where = `${message.position?.file ?? ''} ${message.package ?? ''} ${block}`
    const found = known.find(({ pattern, file }) => pattern.test(block) && (file === undefined || file.test(where)))
    if (found === undefined) return undefined
    const { path, version } = owner(message, found.module)
    return diagnosis({
      message: `${path}${version === undefined ? '' : ` ${version}`} does not work with Go ${found.go} or newer: ${clip(block.split('\n')[0] ?? '', 120)}.`,
      fix: advice(
        `Update it; when only another dependency needs it, the same command raises it (go mod why -m ${path} shows who does). A tool that go install builds needs a newer release of the tool.`,
        [command('go', 'get', `${path}@latest`), 'go mod tidy'],
      ),
      locations: await messageLocations(message, facts),
      module: path,
      version,
      package: message.package,
      key: path,
    })
  },
}

function owner(message: Message, module: string): { readonly path: string; readonly version?: string } {
  const own = message.module
  return own?.path.startsWith(module) === true ? { path: own.path, version: own.version } : { path: module }
}

export default rule
