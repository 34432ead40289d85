import { at, containing, env, requires, type ContextCase } from '../../helpers/context-case.ts'
import { checkout } from '../../helpers/rule-case.ts'

const lib = requires('example.com/lib')
const priv = requires('github.com/acme/priv')
const ofLib = (said: string): string => `# example.com/lib\n../../go/pkg/mod/example.com/lib@v1.0.0/lib.go:4:2: ${said}`
const proxy = 'https://proxy.corp.example,direct'
const mod = (text: string) => ({ facts: checkout({ mod: `module example.com/app\n\n${text}\n` }) })

/** Rules that look things up: what the files of the checkout or go env say changes the cause, the place or the fix. */
export const factCases: readonly ContextCase[] = [
  { rule: 'ambiguous-import', known: requires('example.com/big'), changes: at('main.go:3', 'go.mod:5') },
  {
    rule: 'assembly-error',
    output: '# example.com/lib\n../../go/pkg/mod/example.com/lib@v1.0.0/x_amd64.s:5: unrecognized instruction "FOO"',
    known: lib,
    changes: at('go.mod:5'),
  },
  {
    rule: 'c-compile-error',
    output: "# example.com/lib\n../../go/pkg/mod/example.com/lib@v1.0.0/x.c:3:5: error: unknown type name 'foo'",
    known: lib,
    changes: at('go.mod:5'),
  },
  {
    rule: 'c-header-missing',
    output: ofLib('fatal error: foo/bar.h: No such file or directory'),
    known: lib,
    changes: at('go.mod:5'),
  },
  {
    rule: 'c-name-unknown',
    output: ofLib('could not determine what C.foo refers to'),
    known: lib,
    changes: at('go.mod:5'),
  },
  {
    rule: 'cache-permission',
    known: env({ GOCACHE: '/home/dev/.cache/go-build' }),
    changes: { message: containing('GOCACHE=/home/dev/.cache/go-build') },
  },
  {
    rule: 'case-collision',
    output:
      '../../go/pkg/mod/example.com/lib@v1.0.0/x.go:4:2: case-insensitive import collision: "example.com/lib/log" and "example.com/lib/Log"',
    known: lib,
    changes: at('go.mod:5'),
  },
  { rule: 'cgo-directive-invalid', known: lib, changes: at('main.go:1') },
  {
    rule: 'cgo-files-excluded',
    known: env({ CGO_ENABLED: '0' }),
    changes: { confidence: 'likely', fix: { commands: ['CGO_ENABLED=1 go build ./...'] } },
  },
  {
    rule: 'cgo-source-mix',
    known: {
      facts: checkout({
        mod: 'module example.com/app\n',
        locate: ({ file, line }) => Promise.resolve(file === 'x.c' ? { file, line } : undefined),
      }),
    },
    changes: at('x.c:1'),
  },
  { rule: 'compile-error', output: ofLib('declared and not used: x'), known: lib, changes: at('go.mod:5') },
  { rule: 'dependency-needs-newer-go', known: requires('example.com/newer'), changes: at('go.mod:5') },
  { rule: 'dependency-too-old-for-go', known: requires('golang.org/x/tools', 'v0.1.0'), changes: at('go.mod:5') },
  { rule: 'deprecated-module', known: lib, changes: at('go.mod:5') },
  {
    rule: 'disk-full',
    output: 'compile: writing output: write /mnt/cache/aa/x-d: no space left on device',
    known: env({ GOCACHE: '/mnt/cache' }),
    changes: { message: containing('the build cache') },
  },
  {
    rule: 'embed-pattern',
    output: '../../go/pkg/mod/example.com/lib@v1.0.0/x.go:6:12: pattern ui/*: no matching files found',
    known: lib,
    changes: at('go.mod:5'),
  },
  { rule: 'git-auth', known: priv, changes: at('go.mod:5') },
  { rule: 'git-not-installed', known: priv, changes: at('go.mod:5') },
  { rule: 'git-repository-missing', known: priv, changes: at('go.mod:5') },
  { rule: 'git-revision-unknown', known: priv, changes: at('go.mod:5') },
  { rule: 'git-ssh', known: priv, changes: at('go.mod:5') },
  { rule: 'git-unreachable', known: priv, changes: at('go.mod:5') },
  { rule: 'go-mod-updates-needed', known: lib, changes: at('go.mod:5') },
  { rule: 'go-too-old', known: mod('go 1.99'), changes: at('go.mod:3') },
  { rule: 'goproxy-invalid', known: env({ GOPROXY: 'foo' }), changes: { message: containing('GOPROXY=foo') } },
  { rule: 'gosumdb-invalid', known: env({ GOSUMDB: 'foo' }), changes: { message: containing('GOSUMDB=foo') } },
  { rule: 'govcs-disallowed', known: priv, changes: at('go.mod:5') },
  {
    rule: 'gowork-invalid',
    known: env({ GOWORK: 'go.work' }),
    changes: { message: 'GOWORK=go.work is no absolute path.' },
  },
  { rule: 'import-path-unrecognized', known: requires('git.invalid/util'), changes: at('go.mod:5') },
  { rule: 'internal-package', known: mod(''), changes: { message: containing('this module is example.com/app') } },
  { rule: 'language-version', known: mod('go 1.17'), changes: at('main.go:4', 'go.mod:3') },
  {
    rule: 'linkname-blocked',
    output: '# example.com/app\nlink: example.com/lib/fast: invalid reference to runtime.gcController',
    known: lib,
    changes: at('go.mod:5'),
  },
  { rule: 'major-version-mismatch', known: requires('github.com/acme/priv', 'v2.0.0'), changes: at('go.mod:5') },
  { rule: 'module-cache-modified', known: lib, changes: at('go.mod:5') },
  { rule: 'module-path-differs', known: requires('example.com/renamed'), changes: at('go.mod:5') },
  {
    rule: 'module-path-no-dot',
    known: mod(''),
    changes: { fix: { summary: containing('import it as example.com/app/') } },
  },
  {
    rule: 'name-undefined',
    known: mod(''),
    changes: { confidence: 'certain', message: 'nope is used and not declared.' },
  },
  {
    rule: 'no-go-mod',
    output: "go: go.mod file not found in current directory or any parent directory; see 'go help modules'",
    known: { facts: checkout({ work: 'go 1.20\n\nuse ./app\n' }) },
    changes: 'silent',
  },
  {
    rule: 'no-required-module',
    known: lib,
    changes: {
      confidence: 'likely',
      message: 'example.com/lib@v1.0.0, which go.mod requires, has no package example.com/lib.',
    },
  },
  { rule: 'package-not-in-module', known: lib, changes: at('go.mod:5') },
  { rule: 'proxy-bad-answer', known: env({ GOPROXY: proxy }), changes: { message: containing(`GOPROXY=${proxy}`) } },
  { rule: 'proxy-dns', known: lib, changes: at('go.mod:5') },
  {
    rule: 'proxy-forbidden',
    known: env({ GOPROXY: proxy }),
    changes: { message: containing('did not go on to the next entry') },
  },
  { rule: 'proxy-not-found', known: lib, changes: at('go.mod:5') },
  { rule: 'proxy-off', known: lib, changes: at('go.mod:5') },
  {
    rule: 'proxy-outage',
    known: env({ GOPROXY: proxy }),
    changes: { message: containing('did not go on to the next entry') },
  },
  { rule: 'proxy-unauthorized', known: lib, changes: at('go.mod:5') },
  {
    rule: 'proxy-unreachable',
    known: env({ GOPROXY: proxy }),
    changes: { message: containing('did not go on to the next entry') },
  },
  {
    rule: 'pseudo-version-invalid',
    known: requires('github.com/acme/priv', 'v0.0.0-20200101000000-abcdefabcdef'),
    changes: at('go.mod:5'),
  },
  { rule: 'replace-conflict', known: lib, changes: at('go.mod:5') },
  { rule: 'replace-directory-missing', known: lib, changes: at('go.mod:5') },
  { rule: 'replaced-not-required', known: lib, changes: at('main.go:3', 'go.mod:5') },
  { rule: 'retract-invalid', known: mod(''), changes: { fix: { summary: containing('its authors have to') } } },
  { rule: 'retracted-version', known: lib, changes: at('go.mod:5') },
  {
    rule: 'std-api-missing',
    known: env({ GOVERSION: 'go1.21.0' }),
    changes: { message: 'strings.Lines came with Go 1.24, and Go 1.21.0 compiles.' },
  },
  { rule: 'sum-mismatch-database', known: lib, changes: at('go.mod:5') },
  {
    rule: 'sum-missing',
    output:
      'go: example.com/lib@v1.0.0: missing go.sum entry for go.mod file; to add it:\n\tgo mod download example.com/lib',
    known: lib,
    changes: at('go.mod:5'),
  },
  { rule: 'sumdb-bad-answer', known: lib, changes: at('go.mod:5') },
  {
    rule: 'sumdb-unknown-module',
    known: env({ GOPRIVATE: 'github.com/acme' }),
    changes: { fix: { commands: ['go env -w GOPRIVATE=github.com/acme,example.com/lib'] } },
  },
  { rule: 'sumdb-unreachable', known: lib, changes: at('go.mod:5') },
  { rule: 'toolchain-setting-invalid', known: mod('go 1.21\n\ntoolchain foo'), changes: at('go.mod:5') },
  {
    rule: 'toolchain-unavailable',
    known: env({ GOPROXY: proxy }),
    changes: { message: containing(`GOPROXY=${proxy}`) },
  },
  { rule: 'toolchain-unverified', known: mod('go 1.21\n\ntoolchain go1.22.0'), changes: at('go.mod:3') },
  {
    rule: 'vendor-inconsistent',
    known: { facts: checkout({ mod: 'module example.com/app\n\nrequire example.com/lib v1.1.0\n' }) },
    changes: { message: containing('there is no vendor folder'), ...at('go.mod:3') },
  },
  {
    rule: 'workspace-duplicate',
    known: { facts: checkout({ work: 'go 1.20\n\nuse ./app\nuse ./app\n' }) },
    changes: at('go.work:4'),
  },
  {
    rule: 'workspace-not-member',
    known: { facts: checkout({ work: 'go 1.20\n\nuse ./app\n' }) },
    changes: at('go.work:1'),
  },
  {
    rule: 'cgo-undefined',
    known: {
      facts: checkout({
        mod: 'module example.com/app\n',
        excludedDeclarations: () =>
          Promise.resolve([{ symbol: 'Add', file: 'native/c.go', line: 5, reason: 'cgo', constraint: 'import "C"' }]),
      }),
    },
    changes: { message: containing('native/c.go') },
  },
  {
    rule: 'vendor-package-missing',
    known: { facts: checkout({ vendorModules: '# example.com/lib v1.0.0\n## explicit\nexample.com/lib\n' }) },
    changes: { message: 'example.com/lib is vendored without its package example.com/lib/sub.' },
  },
  {
    rule: 'std-package-missing',
    output: 'main.go:3:8: package app/internal/x is not in std (/usr/local/go/src/app/internal/x)',
    known: { facts: checkout({ mod: 'module example.com/app\n' }) },
    changes: { fix: { summary: containing('example.com/app/internal/x') } },
  },
  {
    rule: 'import-of-program',
    output:
      '../../go/pkg/mod/example.com/lib@v1.0.0/x.go:3:8: import "example.com/lib/cmd" is a program, not an importable package',
    known: lib,
    changes: at('go.mod:5'),
  },
  { rule: 'level-invalid', known: env({ GOARM64: 'v7' }), changes: { message: containing('GOARM64=v7') } },
  { rule: 'workspace-flag', known: env({ GOFLAGS: '-mod=mod' }), changes: { message: containing('GOFLAGS') } },
  {
    rule: 'outside-module',
    output: 'directory ../tools outside main module or its selected dependencies',
    known: mod(''),
    changes: { message: containing('outside the module example.com/app') },
  },
  {
    rule: 'module-file-syntax',
    output: 'go: errors parsing ../go.mod:\n../go.mod:5: usage: require module/path v1.2.3',
    known: { facts: checkout({ locate: ({ line }) => Promise.resolve({ file: 'sub/go.mod', line }) }) },
    changes: at('sub/go.mod:5'),
  },
  {
    rule: 'module-file-conflict',
    output: 'go: errors parsing ../go.mod:\n../go.mod:4: unknown directive: <<<<<<<',
    known: { facts: checkout({ locate: ({ line }) => Promise.resolve({ file: 'sub/go.mod', line }) }) },
    changes: at('sub/go.mod:4'),
  },
  { rule: 'sum-malformed', known: { facts: checkout({}) }, changes: at('go.sum:1') },
  { rule: 'program-crash', known: { facts: checkout({}) }, changes: at('main.go:5') },
  { rule: 'unaligned-atomic', known: { facts: checkout({}) }, changes: at('main.go:7') },
  { rule: 'two-packages-in-directory', known: { facts: checkout({}) }, changes: at('a.go:1', 'b.go:1') },
  {
    rule: 'proxy-timeout',
    output:
      'go: example.com/lib@v1.0.0: Get "https://192.0.2.1/example.com/lib/@v/v1.0.0.mod": dial tcp 192.0.2.1:443: i/o timeout',
    known: lib,
    changes: at('go.mod:5'),
  },
  {
    rule: 'import-cycle',
    output: 'package app/a\n\timports app/b from a.go\n\timports app/a from b.go: import cycle not allowed',
    known: { facts: checkout({ mod: 'module app\n' }) },
    changes: { confidence: 'certain', message: containing('app/a → app/b → app/a') },
  },
  {
    rule: 'directive-unknown',
    output: 'go: errors parsing ../go.mod:\n../go.mod:4: unknown directive: tool',
    known: { facts: checkout({ locate: ({ line }) => Promise.resolve({ file: 'sub/go.mod', line }) }) },
    changes: at('sub/go.mod:4'),
  },
  {
    rule: 'go-line-format',
    output: "go: errors parsing ../go.mod:\n../go.mod:3: invalid go version 'v1.21': must match format 1.23.0",
    known: { facts: checkout({ locate: ({ line }) => Promise.resolve({ file: 'sub/go.mod', line }) }) },
    changes: at('sub/go.mod:3'),
  },
  {
    rule: 'major-suffix-missing',
    output:
      'go: errors parsing ../go.mod:\n../go.mod:5: require example.com/lib: version "v2.0.0" invalid: should be v0 or v1, not v2',
    known: { facts: checkout({ locate: ({ line }) => Promise.resolve({ file: 'sub/go.mod', line }) }) },
    changes: at('sub/go.mod:5'),
  },
  {
    rule: 'workspace-syntax',
    output: 'go: errors parsing ../go.work:\n../go.work:3: unknown directive: foo',
    known: { facts: checkout({ locate: ({ line }) => Promise.resolve({ file: 'q/go.work', line }) }) },
    changes: at('q/go.work:3'),
  },
]
