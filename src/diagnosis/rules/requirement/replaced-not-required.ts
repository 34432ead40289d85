import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { messageLocations, moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'replaced-not-required',
  area: 'requirement',
  title: 'A module is replaced but not required',
  what: 'go.mod has a `replace` line for a module, and no `require` line that the replacement could stand in for.',
  why: 'A replace line says where a module is taken from, not that it is needed.',
  fix: 'Add the requirement with `go get` or `go mod tidy`.',
  classes: ['M12'],
  example: `main.go:3:8: module example.com/lib provides package example.com/lib and is replaced but not required; to add it:
	go get example.com/lib`,
  markers: ['is replaced but not required'],
  message: async (message, { facts }) => {
    const [, path, imported, get] =
      /module ([^\s]+) provides package ([^\s]+) and is replaced but not required; to add it:\s+go get ([^\s]+)/.exec(
        plain(message),
      ) ?? []
    if (path === undefined) return undefined
    const own = await messageLocations(message, facts)
    return diagnosis({
      message: `${imported ?? path} comes from ${path}, which go.mod replaces but does not require.`,
      fix: advice('Add the requirement and commit go.mod.', [command('go', 'get', get ?? path)]),
      locations: [...own, ...(await moduleLocations(path, facts))],
      module: path,
      key: path,
    })
  },
}

export default rule
