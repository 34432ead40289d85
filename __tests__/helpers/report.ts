import type { Finding } from '../../src/domain/finding.ts'
import type { Report, ReportTarget } from '../../src/domain/report.ts'

/** A finding with everything in it that a reporter may show; the parts a test is about are given. */
export function makeFinding(parts: Partial<Finding> = {}): Finding {
  return {
    rule: 'port-missing-symbol',
    severity: 'error',
    confidence: 'certain',
    title: 'Code that only some systems have',
    message: 'CertutilInstallHelp is declared for other systems only.',
    why: 'The files that declare it are left out here.',
    fix: { summary: 'Add a file for the other systems.', verified: false },
    locations: [{ file: 'main.go', line: 193, column: 39 }],
    targets: [],
    evidence: { command: 'go build ./...', excerpt: './main.go:193:39: undefined: CertutilInstallHelp' },
    docs: 'https://example.com/docs/rules/port-missing-symbol.md',
    fingerprint: 'f1',
    ...parts,
  }
}

/** A target that builds. */
export function makeTarget(target: string, parts: Partial<ReportTarget> = {}): ReportTarget {
  const [goos = '', goarch = '', level] = target.split('/')
  return {
    module: '.',
    target,
    port: `${goos}/${goarch}`,
    ...(level === undefined ? {} : { level }),
    cgo: false,
    build: 'pass',
    types: 'none',
    seconds: 1.5,
    bytes: 5_400_000,
    linkage: 'static',
    errors: [],
    ...parts,
  }
}

/** A run of one module in which all is well. */
export function makeReport(parts: Partial<Report> = {}): Report {
  return {
    schemaVersion: 1,
    gopreflight: '0.1.0',
    verdict: 'pass',
    toolchain: { version: 'go1.26.8', source: 'tool-cache', verified: 'not downloaded', reason: 'go.mod:3' },
    modules: [{ dir: '.', path: 'example.com/m', goVersion: '1.26' }],
    probes: [
      { probe: 'verify', module: '.', outcome: 'pass', seconds: 0.4 },
      { probe: 'build', module: '.', outcome: 'pass', seconds: 3.1 },
    ],
    targets: [makeTarget('linux/amd64')],
    findings: [],
    seconds: 3.9,
    notes: [],
    ...parts,
  }
}

const edges: readonly (readonly [string, string])[] = [
  ['filippo.io/mkcert', 'golang.org/x/net@v0.0.0-20220421235706-1d1ef9303861'],
  ['filippo.io/mkcert', 'golang.org/x/text@v0.3.7'],
  ['filippo.io/mkcert', 'howett.net/plist@v1.0.0'],
  ['filippo.io/mkcert', 'software.sslmate.com/src/go-pkcs12@v0.2.0'],
  ['howett.net/plist@v1.0.0', 'gopkg.in/yaml.v1@v1.0.0-20140924161607-9f9df34309c0'],
  ['software.sslmate.com/src/go-pkcs12@v0.2.0', 'golang.org/x/crypto@v0.0.0-20220331220935-ae2d96664a29'],
]

/** Six targets of filippo.io/mkcert v1.4.4, which has no file for freebsd; a warning and a notice beside it. */
export function mkcertReport(): Report {
  const failing = (target: string): ReportTarget => {
    const error = { package: 'filippo.io/mkcert', file: 'main.go', line: 193, column: 39, by: 'build' } as const
    const { bytes: _bytes, linkage: _linkage, ...rest } = makeTarget(target, { build: 'fail', seconds: 1.9 })
    return { ...rest, errors: [{ ...error, message: 'undefined: CertutilInstallHelp' }] }
  }
  return makeReport({
    verdict: 'fail',
    modules: [
      {
        dir: '.',
        path: 'filippo.io/mkcert',
        goVersion: '1.18',
        graph: {
          modules: [
            { path: 'filippo.io/mkcert', main: true, indirect: false },
            { path: 'golang.org/x/crypto', version: 'v0.0.0-20220331220935-ae2d96664a29', main: false, indirect: true },
          ],
          edges,
        },
      },
    ],
    toolchain: { version: 'go1.26.8', source: 'download', verified: 'sha256', reason: 'go-version: stable' },
    probes: [
      { probe: 'verify', module: '.', outcome: 'pass', seconds: 0.62 },
      { probe: 'graph', module: '.', outcome: 'pass', seconds: 0.31 },
      { probe: 'cgo', module: '.', outcome: 'skipped', reason: 'no package uses cgo on any target', seconds: 0 },
      { probe: 'build', module: '.', outcome: 'fail', seconds: 33.4 },
      { probe: 'binary', module: '.', outcome: 'pass', seconds: 0.08 },
    ],
    targets: [
      makeTarget('linux/amd64', { seconds: 4.2, bytes: 5_101_442 }),
      makeTarget('linux/arm64', { seconds: 12.9, bytes: 4_981_231 }),
      makeTarget('linux/arm/6', { seconds: 12.1, bytes: 4_720_004 }),
      makeTarget('darwin/amd64', { seconds: 13.3, bytes: 5_311_008 }),
      makeTarget('darwin/arm64', { seconds: 12.7, bytes: 5_190_018, linkage: 'dynamic', cgo: false }),
      makeTarget('windows/amd64', { seconds: 13.8, bytes: 5_289_472 }),
      makeTarget('windows/arm64', { seconds: 13.1, bytes: 4_998_656 }),
      failing('freebsd/amd64'),
      failing('freebsd/arm64'),
    ],
    findings: [
      makeFinding({
        title: 'Some systems have no file that declares this',
        message:
          '`CertutilInstallHelp` and 3 more symbols are used on every system, and declared only for linux, darwin and windows.',
        why: 'truststore_linux.go, truststore_darwin.go and truststore_windows.go declare them; their names leave them out on freebsd, and no other file stands in.',
        fix: {
          summary: 'Add a file for the other systems that declares the same symbols, or build for freebsd no longer.',
          diff: [
            '--- /dev/null',
            '+++ b/truststore_other.go',
            '@@ -0,0 +1,6 @@',
            '+//go:build !linux && !darwin && !windows',
            '+',
            '+package main',
            '+',
            '+var NSSBrowsers = "Firefox"',
            '+var CertutilInstallHelp = ""',
          ].join('\n'),
          verified: true,
        },
        locations: [
          { file: 'main.go', line: 193, column: 39 },
          { file: 'main.go', line: 195, column: 77 },
          { file: 'main.go', line: 272, column: 9 },
        ],
        package: 'filippo.io/mkcert',
        targets: ['freebsd/amd64', 'freebsd/arm64'],
        evidence: {
          command: 'GOOS=freebsd GOARCH=amd64 go build ./...',
          excerpt: [
            './main.go:193:39: undefined: CertutilInstallHelp',
            './main.go:195:77: undefined: NSSBrowsers',
            './main.go:272:9: m.installPlatform undefined (type *mkcert has no field or method installPlatform)',
            './main.go:280:80: undefined: NSSBrowsers',
          ].join('\n'),
        },
      }),
      makeFinding({
        rule: 'dependency-retracted',
        severity: 'warning',
        title: 'A version in use was withdrawn by its authors',
        message: 'golang.org/x/crypto@v0.0.0-20220331220935-ae2d96664a29 is retracted.',
        why: 'Its authors withdrew it after it was published: “tagged by mistake”. software.sslmate.com/src/go-pkcs12@v0.2.0 brings it in.',
        fix: {
          summary: 'Move to a version that is not withdrawn.',
          commands: ['go get golang.org/x/crypto@latest', 'go mod tidy'],
          verified: true,
        },
        locations: [{ file: 'go.mod', line: 12 }],
        module: 'golang.org/x/crypto',
        version: 'v0.0.0-20220331220935-ae2d96664a29',
        evidence: { command: 'go list -m -u -json all', excerpt: '' },
        docs: 'https://example.com/docs/rules/dependency-retracted.md',
      }),
      makeFinding({
        rule: 'go-line-old',
        severity: 'notice',
        confidence: 'likely',
        title: 'The go line is older than two releases',
        message: 'go.mod says `go 1.18`; features and fixes that newer lines switch on stay off.',
        why: 'The go line decides the language version and the defaults of GODEBUG.',
        fix: { summary: 'Raise it.', commands: ['go mod edit -go=1.25'], verified: false },
        locations: [{ file: 'go.mod', line: 3 }],
        evidence: { command: 'go list -m -json', excerpt: '' },
        docs: 'https://example.com/docs/rules/go-line-old.md',
      }),
    ],
    seconds: 34.9,
    notes: ['Fixes were tried for 30 s; 1 finding was not tried.'],
  })
}

const ports = {
  aix: ['ppc64'],
  android: ['386', 'amd64', 'arm', 'arm64'],
  darwin: ['amd64', 'arm64'],
  freebsd: ['386', 'amd64', 'arm', 'arm64', 'riscv64'],
  illumos: ['amd64'],
  js: ['wasm'],
  linux: ['386', 'amd64', 'arm', 'arm64', 'loong64', 'mips', 'mips64', 'ppc64le', 'riscv64', 's390x'],
  plan9: ['386', 'amd64', 'arm'],
  windows: ['386', 'amd64', 'arm64'],
} as const

/** A workspace of two modules: one type-checked on many ports, one built in both cgo modes. */
export function workspaceReport(): Report {
  const checked = Object.entries(ports).flatMap(([goos, arches]) =>
    arches.map((arch) => {
      const name = `${goos}/${arch}`
      const {
        bytes: _bytes,
        linkage: _linkage,
        ...base
      } = makeTarget(name, { module: 'core', build: 'none', types: 'pass', seconds: 0 })
      if (name === 'linux/amd64') return makeTarget(name, { module: 'core', types: 'pass', seconds: 4 })
      if (name === 'android/arm')
        return { ...base, types: 'skipped' as const, reason: 'needs a C compiler for android/arm' }
      if (goos === 'plan9' || arch === '386') return { ...base, types: 'fail' as const }
      return name === 'js/wasm' ? { ...base, types: 'error' as const, reason: 'the type check crashed' } : base
    }),
  )
  const failing = checked.filter((target) => target.types === 'fail').map((target) => target.target)
  return makeReport({
    verdict: 'fail',
    modules: [
      { dir: 'core', path: 'example.com/app/core', workspace: '.' },
      { dir: 'cmd', path: 'example.com/app/cmd', workspace: '.' },
    ],
    probes: [
      { probe: 'build', module: 'core', outcome: 'fail', seconds: 12.5 },
      { probe: 'build', module: 'cmd', outcome: 'pass', seconds: 7.25 },
    ],
    targets: [
      ...checked,
      makeTarget('linux/amd64', { module: 'cmd', cgo: true, linkage: 'dynamic', seconds: 3.5 }),
      makeTarget('linux/amd64', { module: 'cmd', seconds: 2 }),
      makeTarget('linux/amd64/v3', { module: 'cmd', seconds: 1.75 }),
    ],
    findings: [
      makeFinding({
        rule: 'int-overflow',
        title: 'A number does not fit into int on 32-bit systems',
        message: 'The constant 1 << 40 does not fit into int, which has 32 bits there.',
        locations: [{ file: 'core/size.go', line: 12, column: 15 }],
        package: 'example.com/app/core',
        targets: failing.filter((name) => name.endsWith('/386')),
        evidence: {
          command: 'type check',
          excerpt: 'core/size.go:12:15: cannot use 1 << 40 (untyped int constant) as int value (overflows)',
        },
        fix: { summary: 'Make it an int64.', verified: false },
      }),
      makeFinding({
        locations: [{ file: 'core/lock.go', line: 8, column: 10 }],
        message: 'syscall.Flock is not there on plan9.',
        targets: failing.filter((name) => name.startsWith('plan9/')),
        evidence: { command: 'type check', excerpt: 'core/lock.go:8:10: undefined: syscall.Flock' },
      }),
    ],
    seconds: 21,
  })
}

const allPorts = {
  linux: '386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x',
  darwin: 'amd64 arm64',
  windows: '386 amd64 arm64',
  aix: 'ppc64',
  android: '386 amd64 arm arm64',
  dragonfly: 'amd64',
  freebsd: '386 amd64 arm arm64',
  illumos: 'amd64',
  ios: 'amd64 arm64',
  js: 'wasm',
  netbsd: '386 amd64 arm arm64',
  openbsd: '386 amd64 arm arm64 ppc64 riscv64',
  plan9: '386 amd64 arm',
  solaris: 'amd64',
  wasip1: 'wasm',
} as const

const refused = ['android/386', 'android/amd64', 'android/arm', 'ios/amd64', 'ios/arm64']
const withoutMmap = ['aix/ppc64', 'plan9/386', 'plan9/amd64', 'plan9/arm', 'js/wasm', 'wasip1/wasm']

/**
 * What the port check of a program says of every port of Go 1.26 while three were built: two dependencies that some ports
 * lack, an overflow on 32-bit systems in the module itself, programs that need an external linker.
 */
export function everyPortReport(): Report {
  const names = Object.entries(allPorts).flatMap(([goos, arches]) => arches.split(' ').map((arch) => `${goos}/${arch}`))
  const narrow = names.filter((name) => /\/(?:386|arm|mips|mipsle)$/.test(name) && !refused.includes(name))
  const missing = ['linux/loong64', 'linux/riscv64', 'openbsd/riscv64']
  const failing = new Set([...withoutMmap, ...narrow, ...missing])
  const built = ['linux/amd64', 'linux/arm64', 'windows/amd64']
  const overflow = {
    package: 'example.com/shop',
    file: 'stock/size.go',
    line: 12,
    column: 15,
    message: 'cannot use 1 << 40 (untyped int constant 1099511627776) as int value in assignment (overflows)',
    by: 'types',
  } as const
  const targets = names.map((name): ReportTarget => {
    if (built.includes(name)) return makeTarget(name, { types: 'pass', seconds: 12.5 })
    const { bytes: _bytes, linkage: _linkage, ...base } = makeTarget(name, { build: 'none', types: 'pass', seconds: 0 })
    const reason = `${name} requires external (cgo) linking, but cgo is not enabled`
    if (refused.includes(name)) return { ...base, types: 'skipped', reason }
    return failing.has(name) ? { ...base, types: 'fail', errors: narrow.includes(name) ? [overflow] : [] } : base
  })
  const cause = (parts: Partial<Finding>): Finding => makeFinding({ severity: 'notice', ...parts })
  const causes = [
    cause({
      rule: 'int-overflow',
      title: 'A number does not fit into int on 32-bit systems',
      message: '1 << 40 does not fit into int, which has 32 bits on 32-bit systems.',
      why: 'int has the size of a pointer.',
      fix: { summary: 'Make the variable an int64.', verified: false },
      locations: [{ file: 'stock/size.go', line: 12, column: 15 }],
      package: 'example.com/shop/stock',
      targets: narrow,
      evidence: {
        command: 'GOOS=freebsd GOARCH=386 CGO_ENABLED=0 go build ./...',
        excerpt: `stock/size.go:12:15: ${overflow.message}`,
      },
    }),
    cause({
      title: 'github.com/edsrzf/mmap-go has no mmap for aix, plan9, js and wasip1',
      message: 'mmap is declared only for unix and windows; github.com/edsrzf/mmap-go@v1.1.0 uses it everywhere.',
      module: 'github.com/edsrzf/mmap-go',
      version: 'v1.1.0',
      package: 'github.com/edsrzf/mmap-go',
      locations: [{ file: 'go.mod', line: 9 }],
      targets: withoutMmap,
      evidence: {
        command: 'GOOS=plan9 GOARCH=386 CGO_ENABLED=0 go build ./...',
        excerpt: 'mmap.go:65:10: undefined: mmap',
      },
    }),
    cause({
      title: 'github.com/boltdb/bolt has no maxMapSize for riscv64 and loong64',
      message: 'maxMapSize and maxAllocSize are declared only for 386, amd64, arm, arm64, ppc64, ppc64le and s390x.',
      module: 'github.com/boltdb/bolt',
      version: 'v1.3.1',
      package: 'github.com/boltdb/bolt',
      locations: [{ file: 'go.mod', line: 7 }],
      targets: missing,
      evidence: {
        command: 'GOOS=linux GOARCH=riscv64 CGO_ENABLED=0 go build ./...',
        excerpt: 'db.go:101:13: undefined: maxMapSize',
      },
    }),
  ]
  const notice = makeFinding({
    rule: 'ports-fail',
    severity: 'notice',
    title: 'Ports that do not compile, and fail nothing',
    message: [
      '23 ports do not compile, for 3 reasons; this project does not name them, so nothing fails for it.',
      ...causes.map(({ message }) => message),
    ].join('\n'),
    why: 'Somebody who installs the module there is the first to notice.',
    fix: {
      summary: 'Correct the causes for the ports that people should be able to use, then name them.',
      verified: false,
    },
    locations: causes.flatMap((one) => one.locations),
    targets: [...failing].sort(),
    evidence: causes[0]?.evidence ?? { command: '', excerpt: '' },
    docs: 'https://example.com/docs/rules/ports-fail.md',
    causes,
  })
  return makeReport({
    modules: [{ dir: '.', path: 'example.com/shop', goVersion: '1.24' }],
    probes: [
      { probe: 'build', module: '.', outcome: 'pass', seconds: 21.4 },
      { probe: 'ports', module: '.', outcome: 'fail', reason: 'compile errors on 23 of 42 ports', seconds: 0.4 },
    ],
    targets,
    findings: [notice],
    seconds: 24.2,
  })
}
