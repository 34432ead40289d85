import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { isCompileMessage, undefinedName } from '../../rule-helpers/compile.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { messageLocations } from '../../rule-helpers/where.ts'
import { addedIn } from '../../rule-helpers/std-api.ts'

const rule: Rule = {
  id: 'std-api-missing',
  area: 'version',
  title: 'A function of the standard library is newer than this Go',
  what: 'The code uses something of the standard library that came with a newer Go than the one that compiles it.',
  why: 'The go line of the module (or of a dependency) promises an older Go than the code needs, or the machine has an older Go than the others.',
  fix: 'Use a newer Go and raise the go line to it, or do without the function.',
  prevent: 'Build in CI with the version that the go line names.',
  classes: ['C02'],
  example: `# example.com/app
./main.go:6:28: undefined: strings.Lines`,
  markers: ['undefined: ', 'not declared by package', 'undeclared name'],
  message: async (message, { facts }) => {
    if (!isCompileMessage(message)) return undefined
    const name = undefinedName(message)
    const needs = name === undefined ? undefined : addedIn(name)
    if (name === undefined || needs === undefined) return undefined
    const running = (await facts.goEnv())?.GOVERSION?.replace(/^go/, '')
    if (running !== undefined && minor(running) >= minor(needs)) return undefined
    const by = message.module
    return diagnosis({
      confidence: 'likely',
      message: `${name} came with Go ${needs}${running === undefined ? '; the Go that compiles is older' : `, and Go ${running} compiles`}${by === undefined ? '' : `; ${by.path}@${by.version} uses it`}.`,
      fix: advice(
        `Use Go ${needs} or newer here${by === undefined ? ' and raise the go line to it' : `, or require the last version of ${by.path} that runs on yours`}.`,
        by === undefined ? [command('go', 'mod', 'edit', `-go=${needs}`)] : [],
      ),
      locations: await messageLocations(message, facts),
      module: by?.path,
      version: by?.version,
      package: message.package,
      key: `${by?.path ?? ''} ${needs}`,
    })
  },
}

/** The second number of a Go 1 version. */
function minor(version: string): number {
  return Number(/^1\.(\d+)/.exec(version)?.[1] ?? 0)
}

export default rule
