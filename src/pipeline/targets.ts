import { ConfigurationError } from '../config/error.ts'
import type { TargetSelector } from '../config/targets.ts'
import { levelNeedsGo } from '../domain/levels.ts'
import { formatPort, formatTarget, levelVariables, type Port, type Target } from '../domain/port.ts'
import type { PlannedTarget } from '../probes/support/probe.ts'

/**
 * The targets that selectors mean on a toolchain, in the order given, each once. Throws a ConfigurationError that names
 * every port the toolchain does not have, and every level that the Go in use (`go1.24.4`) does not know yet: some it refuses,
 * others it ignores without a word.
 */
export function resolveTargets(
  selectors: readonly TargetSelector[],
  ports: readonly Port[],
  host: Target,
  cgo: boolean | undefined,
  goVersion = '',
): readonly PlannedTarget[] {
  const problems: string[] = []
  const planned = new Map<string, PlannedTarget>()
  const add = (target: Target, named: boolean): void => {
    const supported = ports.find((port) => formatPort(port) === formatPort(target))?.cgoSupported ?? false
    // CGO_ENABLED=1 on a port without cgo, from the input or the environment, builds the wrong files (js/wasm selects
    // runtime/cgo and loses the stubs of os/user).
    const mode = supported ? (cgo === undefined ? {} : { cgo }) : { cgo: false }
    const name = formatTarget(target)
    const known = planned.get(name)
    planned.set(name, { target: { ...target, ...mode }, named: named || known?.named === true })
  }
  for (const selector of selectors) {
    if (selector.kind === 'group') {
      const group = selector.group
      if (group === 'host') add(host, true)
      else
        for (const port of ports)
          if (group === 'all' || port.firstClass) add({ goos: port.goos, goarch: port.goarch }, group !== 'all')
      continue
    }
    const { target } = selector
    const needed = levelNeedsGo(levelVariables[target.goarch] ?? '', target.level ?? '', goVersion)
    if (target.level !== undefined && needed !== undefined)
      problems.push(
        `targets: ${formatTarget(target)}: Go knows ${target.level} since ${needed}, and this is ${goVersion}; take a newer Go or another level`,
      )
    else if (ports.some((port) => formatPort(port) === formatPort(target))) add(target, true)
    else problems.push(`targets: this toolchain has no port ${formatPort(target)}${suggestion(target, ports)}`)
  }
  if (problems.length > 0) throw new ConfigurationError(problems)
  return [...planned.values()]
}

const otherNames: Readonly<Record<string, string>> = {
  x86_64: 'amd64', x64: 'amd64', i386: '386', i686: '386', x86: '386', aarch64: 'arm64', armv7: 'arm', armv6: 'arm',
  macos: 'darwin', mac: 'darwin', osx: 'darwin', win: 'windows', win32: 'windows', win64: 'windows', sunos: 'solaris', wasm: 'js',
} // prettier-ignore

function suggestion(target: Target, ports: readonly Port[]): string {
  const goos = otherNames[target.goos] ?? target.goos
  const goarch = otherNames[target.goarch] ?? target.goarch
  const meant = `${goos}/${goarch}`
  if (ports.some((port) => formatPort(port) === meant)) return `; did you mean ${meant}?`
  const archs = ports.filter((port) => port.goos === goos).map((port) => port.goarch)
  return archs.length > 0 ? `; ${goos} has ${archs.join(', ')}` : '; `go tool dist list` names them'
}
