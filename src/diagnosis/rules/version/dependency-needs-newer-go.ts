import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { moduleIn, plain } from '../../rule-helpers/text.ts'
import { moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'dependency-needs-newer-go',
  area: 'version',
  title: 'A dependency asks for a newer Go than the one that runs',
  what: 'The go.mod of a dependency names a go version above the Go that runs.',
  why: 'The dependency raised its go line in this version, and the go command may not fetch a newer Go (GOTOOLCHAIN=local).',
  fix: 'Use a newer Go, or require the last version of the dependency that runs on yours.',
  since: '1.21',
  classes: ['V02'],
  example: 'go: example.com/newer@v1.0.0 requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)',
  markers: [' requires go >= '],
  message: async (message, { facts }) => {
    const block = plain(message)
    const line = block.split('\n').find((each) => each.includes(' requires go >= ')) ?? ''
    const [, wanted, running] = / requires go >= ([^\s]+) \(running go ([^\s;)]+)/.exec(line) ?? []
    const { path, version } = moduleIn(line.slice(0, line.indexOf(' requires go >= '))) ?? {}
    if (path === undefined || version === undefined || wanted === undefined || running === undefined) return undefined
    if (/(?:^|: )module [^\s]+ requires go >= /.test(line)) return undefined
    const switching = message.text.includes('; switching to go')
    if (switching) return undefined
    return diagnosis({
      message: `${path}@${version} asks for Go ${wanted}, and Go ${running} runs.`,
      fix: advice(
        `Install Go ${wanted} or newer here (and raise the go line of go.mod to it), or let the go command find the newest version of ${path} that runs on Go ${running}.`,
        [`${command('go', 'get', `go@${wanted}`)}  # or`, command('go', 'get', `${path}@latest`, `go@${running}`)],
      ),
      locations: await moduleLocations(path, facts),
      module: path,
      version,
      key: `${path}@${version}`,
    })
  },
}

export default rule
