import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { messageLocations, moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'package-not-in-module',
  area: 'requirement',
  title: 'A module does not contain the package that is imported from it',
  what: 'The module that an import points to exists, but has no such package at the version that was looked at.',
  why: 'The package was removed, moved or renamed, came later than this version, or is misspelt.',
  fix: 'Change the import, or require a version that has the package.',
  classes: ['M04'],
  example: `go: example.com/app imports
	example.com/lib/gone: module example.com/lib@latest found (v1.2.0), but does not contain package example.com/lib/gone`,
  markers: ['but does not contain package', 'does not contain package'],
  message: async (message, { facts }) => {
    const [, path, query, version, found] =
      /module ([^\s@]+)@([^\s]+) found(?: \(([^)\s,]+)[^)]*\))?, but does not contain package ([^\s]+)/.exec(
        plain(message),
      ) ?? []
    if (path === undefined || found === undefined) return undefined
    const importer = message.importStack?.at(-2)
    const own = await messageLocations(message, facts)
    const required = (await facts.goMod())?.content.require.find((line) => line.path === path)
    const at = version ?? query ?? ''
    return diagnosis({
      message: `${path}@${at} has no package ${found}${importer === undefined ? '' : `, which ${importer} imports`}.`,
      fix: advice(
        required === undefined || required.version === at
          ? 'Change the import to where the package is now, or require a version that still has it.'
          : `go.mod requires ${required.version}. Change the import to where the package is now, or require a version that still has it.`,
        [command('go', 'list', '-m', '-versions', path)],
      ),
      locations: own.length > 0 ? own : await moduleLocations(path, facts),
      module: path,
      version: at,
      key: found,
    })
  },
}

export default rule
