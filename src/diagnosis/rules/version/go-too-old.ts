import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { goModDirective, goWorkDirective, moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'go-too-old',
  area: 'version',
  title: 'The module asks for a newer Go than the one that runs',
  what: 'The go line of go.mod or go.work names a version above the Go that runs, and the go command may not fetch a newer one.',
  why: 'The go line was raised (often by `go get` or `go mod tidy` because of a dependency), and the machine still has the older Go with GOTOOLCHAIN=local, as official images and setup actions set it.',
  fix: 'Install that Go, or let the go command fetch it with GOTOOLCHAIN=auto. Lower the go line only when nothing in the module needs it.',
  prevent: 'Read the version from go.mod (`go-version-file: go.mod`) rather than writing it down a second time.',
  since: '1.21',
  classes: ['V01'],
  example: 'go: go.mod requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)',
  markers: [' requires go >= '],
  message: async (message, { facts }) => {
    const block = plain(message)
    const [, file, wanted, running, more] =
      /(?:^|[\s:])([^\s@]*go\.(?:mod|work))(?: file)? requires go >= ([^\s]+) \(running go ([^\s;)]+)((?:; [^;)]+)*)\)/.exec(
        block,
      ) ??
      /^module ([^\s@]+) requires go >= ([^\s]+) \(running go ([^\s;)]+)((?:; [^;)]+)*)\)/m.exec(block) ??
      /: module ([^\s@]+) requires go >= ([^\s]+) \(running go ([^\s;)]+)((?:; [^;)]+)*)\)/.exec(block) ??
      []
    if (file === undefined || wanted === undefined || running === undefined) return undefined
    const local = (more ?? '').includes('GOTOOLCHAIN=local')
    const work = file.endsWith('go.work')
    const directory = !/go\.(?:mod|work)$/.test(file)
    return diagnosis({
      message: `${directory ? `The module in ${file}` : file.replace(/^(?:\.\.\/)+/, '')} asks for Go ${wanted}, and Go ${running} runs${local ? '; GOTOOLCHAIN=local forbids to fetch a newer one' : ''}.`,
      fix: advice(
        `Install Go ${wanted} or newer here${local ? ', or set GOTOOLCHAIN=auto so that the go command fetches it' : ''}. If the module runs on older versions as well, lower its go line instead.`,
        local ? ['go env -w GOTOOLCHAIN=auto'] : [],
      ),
      locations: directory
        ? await moduleLocations(message.module?.path, facts)
        : work
          ? await goWorkDirective(facts, 'go')
          : await goModDirective(facts, 'go'),
      key: `${file} ${wanted}`,
    })
  },
}

export default rule
