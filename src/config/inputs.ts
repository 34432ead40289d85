/** Which entry offers an input: as an input of the action, as a flag of the command line. */
export type Entry = 'action' | 'cli'

/** One input. action.yml, the flags of the command line and the tables of the docs are made from this table. */
export interface InputDefinition {
  readonly name: string
  /** Sentence case, one or two sentences; ends up in action.yml, README and `--help`. */
  readonly description: string
  /** As written in action.yml; the command line takes it too unless it is an expression. */
  readonly default?: string
  readonly kind: 'text' | 'list' | 'boolean' | 'choice'
  readonly values?: readonly string[]
  /** `setup-go`: name and meaning are actions/setup-go's, so that a workflow can swap the line. */
  readonly origin: 'setup-go' | 'gopreflight'
  readonly entries: readonly Entry[]
}

const both: readonly Entry[] = ['action', 'cli']
const actionOnly: readonly Entry[] = ['action']

export const inputs: readonly InputDefinition[] = [
  {
    name: 'go-version',
    description:
      'The Go version to use: exact (1.26.1), a range (^1.25, 1.25.x), stable, oldstable or a pre-release (1.27rc1). Without it and go-version-file: the Go on PATH when it is new enough for the go and toolchain lines, else the version they ask for.',
    kind: 'text',
    origin: 'setup-go',
    entries: both,
  },
  {
    name: 'go-version-file',
    description: 'Path to a go.mod, go.work, .go-version or .tool-versions file that names the Go version.',
    kind: 'text',
    origin: 'setup-go',
    entries: both,
  },
  {
    name: 'check-latest',
    description: 'Look for the newest version that satisfies go-version instead of taking one that is already there.',
    default: 'false',
    kind: 'boolean',
    origin: 'setup-go',
    entries: both,
  },
  {
    name: 'token',
    description:
      'Token for requests to GitHub, and to nobody else: a mirror never gets it. Nothing more than contents: read is needed.',
    default: "${{ github.server_url == 'https://github.com' && github.token || '' }}",
    kind: 'text',
    origin: 'setup-go',
    entries: actionOnly,
  },
  {
    name: 'cache',
    description:
      'Cache modules and build results: true, false, restore (never save) or modules (leave the build cache out).',
    default: 'true',
    kind: 'choice',
    values: ['true', 'false', 'restore', 'modules'],
    origin: 'setup-go',
    entries: actionOnly,
  },
  {
    name: 'cache-dependency-path',
    description:
      'Files whose content the cache keys follow; globs, one a line. Default: every go.sum and go.work.sum of the run.',
    kind: 'list',
    origin: 'setup-go',
    entries: actionOnly,
  },
  {
    name: 'architecture',
    description: 'Architecture of the Go toolchain to install, such as x64 or arm64. Default: that of the machine.',
    kind: 'text',
    origin: 'setup-go',
    entries: both,
  },
  {
    name: 'go-download-base-url',
    description: 'Base URL of a Go download server that answers like https://go.dev/dl, for mirrors.',
    kind: 'text',
    origin: 'setup-go',
    entries: both,
  },
  {
    name: 'working-directory',
    description:
      'Directories of the modules to check, relative to the repository root: one or several, globs allowed. Default: the go.work found, else every go.mod.',
    kind: 'list',
    origin: 'gopreflight',
    entries: both,
  },
  {
    name: 'packages',
    description: 'Package patterns to check in every module.',
    default: './...',
    kind: 'list',
    origin: 'gopreflight',
    entries: both,
  },
  {
    name: 'targets',
    description:
      'Targets to build: GOOS/GOARCH, optionally with a level (linux/amd64/v3, linux/arm/6), and the groups host, first-class and all, read from the installed toolchain.',
    default: 'host',
    kind: 'list',
    origin: 'gopreflight',
    entries: both,
  },
  {
    name: 'probes',
    description:
      'Probes to run (docs/probes.md lists them); by default all but tags, which runs when it is named (all, tags). none only sets Go up.',
    default: 'all',
    kind: 'list',
    origin: 'gopreflight',
    entries: both,
  },
  {
    name: 'disable',
    description: 'Ids of rules to switch off. What they would have said is neither shown nor counted.',
    kind: 'list',
    origin: 'gopreflight',
    entries: both,
  },
  {
    name: 'cgo',
    description: 'CGO_ENABLED for every target: true, false, or auto for what the go command decides.',
    default: 'auto',
    kind: 'choice',
    values: ['auto', 'true', 'false'],
    origin: 'gopreflight',
    entries: both,
  },
  { name: 'tags', description: 'Build tags.', kind: 'list', origin: 'gopreflight', entries: both },
  {
    name: 'ldflags',
    description: 'Value of -ldflags for the build.',
    kind: 'text',
    origin: 'gopreflight',
    entries: both,
  },
  {
    name: 'trimpath',
    description: 'Build with -trimpath. It is another set of cache entries than a build without.',
    default: 'false',
    kind: 'boolean',
    origin: 'gopreflight',
    entries: both,
  },
  {
    name: 'base',
    description:
      'Commit, branch or tag to compare with: a port that fails there already fails nothing here. Default: the base of the pull request or merge group, or the commit before the push; on the command line nothing. none compares with nothing.',
    kind: 'text',
    origin: 'gopreflight',
    entries: both,
  },
  {
    name: 'policy',
    description:
      'Path of the policy file, relative to the repository root: what is expected of ports, and the processors that are deployed to. Default: .github/gopreflight.yml, when it is there.',
    kind: 'text',
    origin: 'gopreflight',
    entries: both,
  },
  {
    name: 'prove',
    description:
      'What to look for fixes of, proven in a copy of the module (docs/prove.md): ports tries newer versions and known successors of dependencies that do not compile on some ports. Nothing by default: it asks the module proxy.',
    kind: 'list',
    origin: 'gopreflight',
    entries: both,
  },
  {
    name: 'fail-on',
    description: 'The mildest severity that fails the run.',
    default: 'error',
    kind: 'choice',
    values: ['error', 'warning', 'notice', 'never'],
    origin: 'gopreflight',
    entries: both,
  },
  {
    name: 'summary',
    description: 'When to write the job summary.',
    default: 'always',
    kind: 'choice',
    values: ['always', 'on-failure', 'never'],
    origin: 'gopreflight',
    entries: actionOnly,
  },
  {
    name: 'annotations',
    description: 'Annotate the lines concerned on the pull request.',
    default: 'true',
    kind: 'boolean',
    origin: 'gopreflight',
    entries: actionOnly,
  },
  {
    name: 'report-file',
    description: 'Also write the JSON report (schema/report.schema.json) to this file.',
    kind: 'text',
    origin: 'gopreflight',
    entries: both,
  },
  {
    name: 'timeout',
    description: 'The longest that any one command may run, as a Go duration (90s, 15m, 1h).',
    default: '20m',
    kind: 'text',
    origin: 'gopreflight',
    entries: both,
  },
  {
    name: 'gotoolchain',
    description:
      'GOTOOLCHAIN for this run and the steps after it. local, as setup-go sets it: no other Go is downloaded behind your back.',
    default: 'local',
    kind: 'text',
    origin: 'gopreflight',
    entries: both,
  },
  {
    name: 'leg',
    description:
      'Index of the leg in a job matrix. Targets beyond the host are built and annotated on the first leg (0) only, so that a matrix does not do the same work many times.',
    default: '${{ strategy.job-index }}',
    kind: 'text',
    origin: 'gopreflight',
    entries: actionOnly,
  },
]
