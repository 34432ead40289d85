import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { networkFault } from '../../rule-helpers/network.ts'
import { plain } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'no-required-module',
  area: 'requirement',
  title: 'An imported package comes from a module that go.mod does not require',
  what: 'A file imports a package, and no module that go.mod requires holds it.',
  why: 'The import was added without `go mod tidy`, go.mod was not committed or was merged badly, the package of this module was never committed (or is generated), or the path is misspelt. A build never changes go.mod by itself.',
  fix: 'Run `go mod tidy` (or `go get` with the package) and commit go.mod and go.sum.',
  prevent: 'Let CI run `go mod tidy -diff` (Go 1.23 and later).',
  since: '1.16',
  classes: ['M01', 'M02', 'M03', 'M08'],
  example: `main.go:3:8: no required module provides package example.com/lib; to add it:
	go get example.com/lib`,
  markers: ['no required module provides package', 'cannot find module providing package', 'missing module for import'],
  message: async (message, { facts, command: run }) => {
    const block = plain(message)
    const wanted =
      /no required module provides package ([^\s;:]+)/.exec(block)?.[1] ??
      /cannot find module providing package ([^\s;:]+)/.exec(block)?.[1] ??
      /missing module for import: [^\s]+ provides ([^\s]+)/.exec(block)?.[1]
    if (wanted === undefined || block.includes('import lookup disabled by -mod=vendor')) return undefined
    // Without a go.mod there is nothing that could require it.
    if (block.includes('go.mod file not found')) return undefined
    if (networkFault(block) !== undefined || /module lookup disabled|does not contain package|fatal: /.test(block))
      return undefined
    const file = await facts.goMod()
    const main = file?.content.module?.value
    const locations = await messageLocations(message, facts)
    const shared = { locations, key: wanted, package: message.package === wanted ? undefined : message.package }
    if (main !== undefined && (wanted === main || wanted.startsWith(`${main}/`))) {
      return diagnosis({
        ...shared,
        message: `${wanted} belongs to this module, but its folder${wanted === main ? '' : ` ${wanted.slice(main.length + 1)}`} holds no Go file here.`,
        why: 'The package is generated and was not generated before the build, is ignored by git, or was never committed; a difference of upper and lower case does the same on Linux.',
        fix: advice('Commit the package, or run the generator before the build; check the spelling of the import.', [
          'git check-ignore -v ' + command(wanted.slice(main.length + 1) || '.'),
        ]),
      })
    }
    const required = file?.content.require.find((line) => wanted === line.path || wanted.startsWith(`${line.path}/`))
    if (required !== undefined) {
      return diagnosis({
        ...shared,
        confidence: 'likely',
        message: `${required.path}@${required.version}, which go.mod requires, has no package ${wanted}.`,
        why: 'The package came with a later version of the module, was removed or moved, or is misspelt.',
        fix: advice('Require a version that has the package, or correct the import.', [
          command('go', 'get', `${wanted}@latest`),
        ]),
        locations: [...locations, ...(file === undefined ? [] : [{ file: file.path, line: required.line }])],
        module: required.path,
        version: required.version,
      })
    }
    const local = !(wanted.split('/')[0] ?? '').includes('.')
    const disabled = block.includes('import lookup disabled')
    return diagnosis({
      ...shared,
      confidence: disabled && file === undefined ? 'likely' : 'certain',
      message: `No module that go.mod requires provides ${wanted}${file === undefined && run.probe === 'diagnose' ? '; most likely it was imported without go mod tidy, or the path is misspelt' : ''}.`,
      fix: local
        ? advice(
            `${wanted} is no path that can be downloaded. Import it with the module path before it, or bring its module in with a replace line or a workspace.`,
          )
        : advice('Add the module that provides it, and commit go.mod and go.sum.', [
            command('go', 'get', wanted),
            command('go', 'mod', 'tidy'),
          ]),
    })
  },
}

export default rule
