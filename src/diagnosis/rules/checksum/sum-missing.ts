import type { Parts, Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { enumerate, moduleIn, plain } from '../../rule-helpers/text.ts'
import { messageLocations, moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'sum-missing',
  area: 'checksum',
  title: 'go.sum lacks the hash of a module that the build needs',
  what: 'The build needs a module for which go.sum has no line, and a build never writes go.sum by itself.',
  why: 'go.mod or an import changed and go.sum was not committed with it, or it was merged incompletely. Plain `go mod download` adds only the hashes of go.mod files.',
  fix: 'Run `go mod tidy` and commit go.mod and go.sum together.',
  prevent: 'Let CI run `go mod tidy -diff` (Go 1.23 and later).',
  since: '1.16',
  classes: ['S10', 'S11', 'S12', 'S13', 'S14'],
  example: `main.go:3:8: missing go.sum entry for module providing package example.com/lib (imported by example.com/app); to add:
	go get example.com/app`,
  markers: ['missing go.sum entry', 'updates to go.sum needed', 'unknown hashes in go.sum'],
  message: async (message, { facts }) => {
    const block = plain(message)
    const tidy = [command('go', 'mod', 'tidy')]
    if (block.includes('updates to go.sum needed')) {
      return diagnosis({
        message: 'The command had to add lines to go.sum and was not allowed to.',
        fix: advice('Run go mod tidy and commit go.sum.', tidy),
        locations: [],
      })
    }
    const forPackage =
      /missing go\.sum entry (?:for module providing|needed to verify) package ([^\s;]+)(?: \(imported by ([^\s)]+)\))?/.exec(
        block,
      )
    if (forPackage?.[1] !== undefined) {
      const [, imported, importer] = forPackage
      const own = await messageLocations(message, facts)
      return diagnosis({
        message: `go.sum has no hash of the module that provides ${imported}${importer === undefined ? '' : `, which ${importer} imports`}.`,
        fix: advice('Run go mod tidy and commit go.sum.', tidy),
        locations: own.length > 0 ? own : await moduleLocations(imported, facts),
        package: importer,
        key: imported,
        family: 'sums',
        parts: { packages: [imported] },
        follows: ['sum-absent'],
      })
    }
    const unknown = /verifying ([^\s@]+@[^\s:]+): unknown hashes in go\.sum/.test(block)
    if (!unknown && !block.includes('missing go.sum entry')) return undefined
    const wanted = /missing go\.sum entry[^\n]*\n\s*go mod download ([^\s]+)/.exec(block)?.[1]
    const module = moduleIn(
      block
        .split('\n')
        .reverse()
        .join('\n')
        .replace(/^\s*go mod download .*$/m, ''),
      message,
    )
    const path = module?.path ?? wanted
    if (path === undefined) {
      return diagnosis({
        message: 'go.sum lacks hashes that this command needs.',
        fix: advice('Run go mod tidy and commit go.sum.', tidy),
      })
    }
    const name = module?.version === undefined ? path : `${path}@${module.version}`
    return diagnosis({
      message: unknown
        ? `go.sum records ${name} only with a kind of hash that this Go does not know.`
        : `go.sum has no hash of ${block.includes('for go.mod file') ? 'the go.mod of ' : ''}${name}.`,
      fix: advice('Run go mod tidy and commit go.sum.', tidy),
      locations: await moduleLocations(path, facts),
      module: path,
      version: module?.version,
      key: name,
      ...(unknown ? {} : { family: 'sums', parts: { modules: [name] } }),
      follows: ['sum-absent'],
    })
  },
  merge: (parts) => wordsForMany(parts),
}

/** One `go mod tidy` adds all that is missing: that they are many is one cause, a go.sum that was not committed along. */
function wordsForMany({ modules = [], packages = [] }: Parts): { readonly message?: string } {
  if (modules.length + packages.length < 2) return {}
  const lists = [
    ...(modules.length === 0 ? [] : [`of ${enumerate(modules)}`]),
    ...(packages.length === 0
      ? []
      : [
          `of ${packages.length === 1 ? 'the module that provides' : 'the modules that provide'} ${enumerate(packages)}`,
        ]),
  ]
  return { message: `go.sum has no hash ${lists.join(', nor ')}.` }
}

export default rule
