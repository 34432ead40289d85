/** How Go, its archives and the tool cache name a machine. Pure, so that every platform is tested on one. */
export interface Platform {
  /** Node's name: `linux`, `darwin`, `win32`. */
  readonly platform: string
  /** As the `architecture` input or Node says it: `x64`, `arm64`, `x86`. The folder in the tool cache has this name. */
  readonly arch: string
}

const goArchNames: Readonly<Record<string, string>> = {
  x64: 'amd64',
  x86_64: 'amd64',
  x86: '386',
  x32: '386',
  ia32: '386',
  i386: '386',
  aarch64: 'arm64',
  armv6l: 'arm',
  armv7l: 'arm',
  loong64: 'loong64',
  // Node says ppc64 for both; Go's Linux releases are little-endian alone.
  ppc64: 'ppc64le',
  mipsel: 'mipsle',
}

/** GOOS: `windows` for `win32`, `solaris` for `sunos`, else Node's own name. */
export function goOs(platform: string): string {
  if (platform === 'win32') return 'windows'
  return platform === 'sunos' ? 'solaris' : platform
}

/** GOARCH for an `architecture` input or Node's name. Throws for what cannot be one: it becomes part of file names. */
export function goArch(arch: string): string {
  if (!/^[A-Za-z0-9_]{1,20}$/.test(arch)) {
    throw new Error(`architecture ${JSON.stringify(arch)} is none; it looks like x64, arm64 or x86`)
  }
  const lower = arch.toLowerCase()
  return Object.hasOwn(goArchNames, lower) ? (goArchNames[lower] ?? lower) : lower
}

/** The architecture as the download list names it: 32-bit ARM releases are built for ARMv6 (cmd/distpack/pack.go). */
export function distributionArch(arch: string): string {
  const name = goArch(arch)
  return name === 'arm' ? 'armv6l' : name
}

/** `go1.26.8.linux-amd64.tar.gz`; a zip on Windows. `version` has no `go` in front. */
export function archiveName(version: string, { platform, arch }: Platform): string {
  const suffix = platform === 'win32' ? 'zip' : 'tar.gz'
  return `go${version}.${goOs(platform)}-${distributionArch(arch)}.${suffix}`
}

/** The version of the module golang.org/toolchain that holds a release (cmd/go/internal/toolchain/select.go). */
export function toolchainModuleVersion(version: string, { platform, arch }: Platform): string {
  return `v0.0.1-go${version}.${goOs(platform)}-${goArch(arch)}`
}

/** The release in a version of golang.org/toolchain; undefined when it is for another machine. */
export function releaseOfModuleVersion(moduleVersion: string, { platform, arch }: Platform): string | undefined {
  const start = 'v0.0.1-go'
  const end = `.${goOs(platform)}-${goArch(arch)}`
  if (!moduleVersion.startsWith(start) || !moduleVersion.endsWith(end)) return undefined
  return moduleVersion.slice(start.length, -end.length)
}

/** `go.exe` on Windows. */
export function goBinaryName(platform: string): string {
  return platform === 'win32' ? 'go.exe' : 'go'
}

/** `linux/amd64`, for people. */
export function shownPlatform({ platform, arch }: Platform): string {
  return `${goOs(platform)}/${goArch(arch)}`
}
