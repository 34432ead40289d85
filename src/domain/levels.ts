import { levelPatterns, levelVariables } from './port.ts'

/** What a level variable takes, in words. */
const values: Readonly<Record<string, string>> = {
  GO386: 'sse2 or softfloat',
  GOAMD64: 'v1 to v4',
  GOARM: '5, 6 or 7, optionally with ,softfloat or ,hardfloat',
  GOARM64: 'v8.0 to v8.9 or v9.0 to v9.5, optionally with ,lse or ,crypto',
  GOMIPS: 'hardfloat or softfloat',
  GOMIPS64: 'hardfloat or softfloat',
  GOPPC64: 'power8, power9 or power10',
  GORISCV64: 'rva20u64, rva22u64 or rva23u64',
  GOWASM: 'satconv, signext',
}

/**
 * Minor version of Go since which a variable, or a value of it, is known: read in internal/buildcfg/cfg.go (before 1.17:
 * cmd/internal/objabi) of each release. A variable that a Go does not know is ignored by it without a word.
 */
const since: readonly { readonly variable: string; readonly value?: RegExp; readonly minor: number }[] = [
  { variable: 'GOAMD64', minor: 18 },
  { variable: 'GOARM', value: /,/, minor: 22 },
  { variable: 'GOARM64', minor: 23 },
  { variable: 'GOPPC64', value: /^power10$/, minor: 20 },
  { variable: 'GORISCV64', value: /^rva23u64$/, minor: 25 },
  { variable: 'GORISCV64', minor: 23 },
]

/** First and last minor version of Go that build a wrong GOAMD64 or GOARM at the default level: goarm64() clears the error. */
const silentFrom = 23
const silentTo = 27

/** Names of all level variables, each once. */
export const allLevelVariables: readonly string[] = [...new Set(Object.values(levelVariables))]

/** `v1 to v4`: the values of a level variable, in words. */
export function levelValues(variable: string): string {
  return values[variable] ?? 'no values'
}

/** True for a value that some Go knows. */
export function isLevel(variable: string, value: string): boolean {
  return levelPatterns[variable]?.test(value) ?? false
}

/**
 * The first Go that knows a value, `1.25`, when the Go in use (`go1.24.4`) is older; undefined when it knows it, when the
 * value is none, and when the version cannot be read (a development version).
 */
export function levelNeedsGo(variable: string, value: string, goVersion: string): string | undefined {
  const minor = goMinor(goVersion)
  const entry = since.find((one) => one.variable === variable && (one.value === undefined || one.value.test(value)))
  return minor === undefined || entry === undefined || minor >= entry.minor ? undefined : `1.${entry.minor}`
}

/**
 * True when this Go builds its default level for a wrong value without a word. False where the value is right, and where
 * the go command or the compiler refuses it.
 */
export function isSilentlyIgnored(variable: string, value: string, goVersion: string): boolean {
  const minor = goMinor(goVersion)
  if (minor === undefined || minor < silentFrom || minor > silentTo) return false
  return (variable === 'GOAMD64' || variable === 'GOARM') && value !== '' && !isLevel(variable, value)
}

/**
 * True when code built at `built` uses instructions that a processor of level `cpu` need not have. False when it runs, or
 * when one of the two is no level of the variable. Softfloat code runs on every processor of the architecture.
 */
export function isAboveLevel(variable: string, built: string, cpu: string): boolean {
  if (!isLevel(variable, built) || !isLevel(variable, cpu)) return false
  const [code, processor] = [features(variable, built), features(variable, cpu)]
  if (code.series > processor.series) return true
  const processorVersion = processor.series > code.series ? processor.version + seriesStart : processor.version
  return code.version > processorVersion || [...code.extras].some((extra) => !processor.extras.has(extra))
}

/** Arm v9.0 has what v8.5 has (buildcfg, Supports). */
const seriesStart = 5

interface Features {
  /** 1 for Arm v9, whose code runs on no v8 processor. */
  readonly series: number
  readonly version: number
  readonly extras: ReadonlySet<string>
}

function features(variable: string, value: string): Features {
  const [head = '', ...options] = value.split(',')
  const extras = new Set(options)
  switch (variable) {
    case 'GOARM': {
      const version = Number(head)
      // 5 is softfloat and 6 and 7 are hardfloat unless said otherwise (buildcfg, goarm).
      const soft = extras.has('softfloat') || (version === 5 && !extras.has('hardfloat'))
      return { series: 0, version, extras: new Set(soft ? [] : ['hardfloat']) }
    }
    case 'GOARM64': {
      const [major = 8, minor = 0] = head.slice(1).split('.').map(Number)
      // The large system extensions belong to v8.1 and all after it.
      if (major === 9 || minor >= 1) extras.add('lse')
      return { series: major === 9 ? 1 : 0, version: minor, extras }
    }
    case 'GO386':
      return { series: 0, version: 0, extras: new Set(head === 'sse2' ? ['sse2'] : []) }
    case 'GOMIPS':
    case 'GOMIPS64':
      return { series: 0, version: 0, extras: new Set(head === 'hardfloat' ? ['hardfloat'] : []) }
    case 'GOWASM':
      // Both features are always on since Go 1.26 and in every engine that runs Go.
      return { series: 0, version: 0, extras: new Set() }
    default:
      return { series: 0, version: Number(/\d+/.exec(head)?.[0] ?? 0), extras: new Set() }
  }
}

/** 26 for `go1.26.3`. */
function goMinor(version: string): number | undefined {
  const minor = /^(?:go)?1\.(\d{1,4})/.exec(version)?.[1]
  return minor === undefined ? undefined : Number(minor)
}
