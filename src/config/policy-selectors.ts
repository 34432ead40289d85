import { isLevel, levelValues } from '../domain/levels.ts'
import { levelVariables } from '../domain/port.ts'
import type { PolicySelector } from '../domain/policy.ts'

/**
 * Reads the left side of a line of the policy: `all`, `first-class`, `linux/amd64`, `windows/*`, `*\/arm64`, or a port with
 * a level (`linux/amd64/v3`). Returns a sentence when it is none.
 */
export function parsePolicySelector(text: string): PolicySelector | { readonly problem: string } {
  if (text === 'all' || text === '*' || text === '*/*') return { kind: 'all' }
  if (text === 'first-class') return { kind: 'first-class' }
  if (text === 'host')
    return { problem: '"host" is another target on every machine; name the port, such as linux/amd64' }
  const [goos = '', goarch = '', ...rest] = text.split('/')
  if (!isPart(goos) || !isPart(goarch)) {
    return {
      problem: `"${shorten(text)}" is no target: write GOOS/GOARCH (linux/arm64), GOOS/*, "*/GOARCH", first-class or all`,
    }
  }
  const parts = { ...(goos === '*' ? {} : { goos }), ...(goarch === '*' ? {} : { goarch }) }
  if (rest.length === 0) return { kind: 'ports', ...parts }
  const level = rest.join('/')
  const problem = levelProblem(goarch, level)
  return problem === undefined ? { kind: 'ports', ...parts, level } : { problem: `"${shorten(text)}": ${problem}` }
}

/** What is wrong with a level of an architecture; undefined when nothing is. */
export function levelProblem(goarch: string, level: string): string | undefined {
  const variable = levelVariables[goarch]
  if (variable === undefined) return goarch === '*' ? 'a level needs an architecture' : `${goarch} has no levels`
  if (isLevel(variable, level)) return undefined
  return `${shorten(level)} is not a ${variable} level (${levelValues(variable)})`
}

export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

function isPart(text: string): boolean {
  return text === '*' || /^\w{1,20}$/.test(text)
}
