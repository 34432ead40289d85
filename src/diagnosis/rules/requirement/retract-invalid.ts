import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { messageBlock } from '../../../domain/message.ts'
import { locate, positionedLines } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'retract-invalid',
  area: 'requirement',
  title: 'A retract line names a version that the module cannot have',
  what: 'go.mod retracts a version whose major does not fit the module path.',
  why: 'A path without suffix stands for v0 and v1 only, so v2.0.0 was never a version of it and cannot be retracted; Go refuses the whole go.mod. In a dependency’s go.mod its authors have to correct it.',
  fix: 'Remove the version from the retract line, and tag a new version.',
  classes: [],
  since: '1.16',
  example: 'go.mod:24:2: retract example.com/lib: version "v2.0.0" invalid: should be v0 or v1, not v2',
  markers: ['retract '],
  message: async (message, { facts }) => {
    const line = positionedLines(message).find((each) =>
      /retract [^\n]{0,300}version "[^"\n]+" invalid/.test(each.text),
    )
    const [, path, version] = /retract ([^\s:]+): version "([^"\n]+)" invalid/.exec(line?.text ?? '') ?? []
    if (line === undefined || path === undefined || version === undefined) return undefined
    const locations = await locate(facts, line.position)
    const main = (await facts.goMod())?.content.module?.value
    const own = main === path || (main === undefined && locations.length > 0 && !messageBlock(message).includes('@v'))
    return diagnosis({
      message: `The go.mod of ${path} retracts ${version}, which a path without that major cannot have, so Go refuses the file.`,
      fix: advice(
        own
          ? `Delete ${version} from the retract line. If ${path} is a dependency, only its authors can: until then require an older version of it.`
          : `Require a version of ${path} whose go.mod is right; its authors have to take ${version} out of the retract line and tag anew.`,
        own
          ? [command('go', 'mod', 'edit', `-dropretract=${version}`)]
          : [command('go', 'list', '-m', '-versions', path)],
      ),
      locations,
      module: path,
      key: path,
    })
  },
}

export default rule
