import { formatTarget, type Target } from '../../domain/port.ts'

/** `it compiles`, `linux/386 compiles`, `3 of its targets build`: what a line of the policy did not expect; `text` is its left side. */
export function whatBuilds(text: string, targets: readonly Target[], built: boolean): string {
  const [first] = targets
  if (targets.length > 1 || first === undefined)
    return `${targets.length} of its targets ${built ? 'build' : 'compile'}`
  const name = formatTarget(first)
  return `${name === text ? 'it' : name} ${built ? 'builds' : 'compiles'}`
}
