/** A GOOS/GOARCH pair as `go tool dist list -json` describes it. */
export interface Port {
  readonly goos: string
  readonly goarch: string
  readonly cgoSupported: boolean
  readonly firstClass: boolean
}

/** What is built for: a port plus, optionally, a level of its architecture and a cgo mode. */
export interface Target {
  readonly goos: string
  readonly goarch: string
  /** The value of the architecture's own variable, e.g. `v3` for GOAMD64 or `6` for GOARM. */
  readonly level?: string
  /** CGO_ENABLED for this target; absent: what the go command decides for itself. */
  readonly cgo?: boolean
}

/** The environment variable that sets the level of an architecture (internal/buildcfg/cfg.go). */
export const levelVariables: Readonly<Record<string, string>> = {
  '386': 'GO386',
  amd64: 'GOAMD64',
  arm: 'GOARM',
  arm64: 'GOARM64',
  mips: 'GOMIPS',
  mipsle: 'GOMIPS',
  mips64: 'GOMIPS64',
  mips64le: 'GOMIPS64',
  ppc64: 'GOPPC64',
  ppc64le: 'GOPPC64',
  riscv64: 'GORISCV64',
  wasm: 'GOWASM',
}

/**
 * The values a level variable takes (internal/buildcfg/cfg.go of Go 1.27). Checked by us because Go 1.23 to 1.27
 * silently build a wrong GOAMD64 or GOARM at the default level.
 */
export const levelPatterns: Readonly<Record<string, RegExp>> = {
  GO386: /^(sse2|softfloat)$/,
  GOAMD64: /^v[1-4]$/,
  GOARM: /^[567](,(softfloat|hardfloat))?$/,
  GOARM64: /^(v8\.[0-9]|v9\.[0-5])(,(lse|crypto))*$/,
  GOMIPS: /^(hardfloat|softfloat)$/,
  GOMIPS64: /^(hardfloat|softfloat)$/,
  GOPPC64: /^power(8|9|10)$/,
  GORISCV64: /^rva(20|22|23)u64$/,
  GOWASM: /^(satconv|signext)(,(satconv|signext))*$/,
}

/** `linux/amd64`. */
export function formatPort(port: { readonly goos: string; readonly goarch: string }): string {
  return `${port.goos}/${port.goarch}`
}

/**
 * `linux/amd64` or `linux/arm/6`: the one name of a target in logs and reports. The cgo mode is not part of it: within
 * one run a port and level are built in one mode, which the report says beside the name.
 */
export function formatTarget(target: Target): string {
  return target.level === undefined ? formatPort(target) : `${formatPort(target)}/${target.level}`
}

/** Tells targets apart that differ in nothing but the cgo mode. */
export function targetKey(target: Target): string {
  return `${formatTarget(target)} ${target.cgo === undefined ? 'auto' : target.cgo ? 'cgo' : 'no-cgo'}`
}

/** The environment that makes the go command build for a target: GOOS, GOARCH, the level variable and CGO_ENABLED when given. */
export function targetEnvironment(target: Target): Readonly<Record<string, string>> {
  const variable = levelVariables[target.goarch]
  return {
    GOOS: target.goos,
    GOARCH: target.goarch,
    ...(target.level !== undefined && variable !== undefined ? { [variable]: target.level } : {}),
    ...(target.cgo === undefined ? {} : { CGO_ENABLED: target.cgo ? '1' : '0' }),
  }
}
