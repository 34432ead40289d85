import { isLevel, levelValues } from '../domain/levels.ts'
import { levelVariables, type Target } from '../domain/port.ts'

export type TargetGroup = 'host' | 'first-class' | 'all'

/** One word of the targets input, before the toolchain says which ports there are. */
export type TargetSelector =
  { readonly kind: 'group'; readonly group: TargetGroup } | { readonly kind: 'target'; readonly target: Target }

const groups: readonly string[] = ['host', 'first-class', 'all']

/**
 * Reads a word of the targets input: a group, `GOOS/GOARCH` or `GOOS/GOARCH/LEVEL`. Returns a sentence when it is none.
 * Levels are checked here because Go 1.23 to 1.27 silently build GOAMD64=v5 as v1 (internal/buildcfg/cfg.go).
 */
export function parseTargetSelector(word: string): TargetSelector | string {
  if (groups.includes(word)) return { kind: 'group', group: word as TargetGroup }
  const [goos, goarch, ...rest] = word.split('/')
  if (goos === undefined || goarch === undefined || !/^\w+$/.test(goos) || !/^\w+$/.test(goarch)) {
    return `targets: "${word}" is neither a group (host, first-class, all) nor GOOS/GOARCH[/LEVEL] such as linux/arm64 or linux/amd64/v3`
  }
  if (rest.length === 0) return { kind: 'target', target: { goos, goarch } }
  const level = rest.join('/')
  const variable = levelVariables[goarch]
  if (variable === undefined) return `targets: "${word}": ${goarch} has no levels; write ${goos}/${goarch}`
  if (!isLevel(variable, level))
    return `targets: "${word}": ${level} is not a ${variable} level (${levelValues(variable)})`
  return { kind: 'target', target: { goos, goarch, level } }
}
