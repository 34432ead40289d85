import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { goModDirective, moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'go-mod-updates-needed',
  area: 'requirement',
  title: 'go.mod is not up to date, and the command may not change it',
  what: 'The go command would have to change go.mod before it could go on, and a build may not.',
  why: 'A requirement is missing or lower than what a dependency asks for, an indirect requirement is not written down, or an excluded version is required: go.mod was edited by hand, by a bot or by a merge, without `go mod tidy`.',
  fix: 'Run `go mod tidy` and commit go.mod and go.sum.',
  since: '1.16',
  classes: ['M05', 'M06', 'M29'],
  example: `go: ignoring requirement on excluded version example.com/lib v1.0.0
go: updates to go.mod needed; to update it:
	go mod tidy`,
  markers: ['updates to go.mod needed', 'from implicitly required module', 'ignoring requirement on excluded version'],
  message: async (message, { facts, command: run }) => {
    const block = plain(message)
    const [, importer, imported, module] =
      /package ([^\s]+) imports ([^\s]+) from implicitly required module; to add missing requirements, run:\s+go get ([^\s]+)/.exec(
        block,
      ) ?? []
    if (module !== undefined) {
      return diagnosis({
        message: `${importer ?? 'A package'} imports ${imported ?? 'a package'}, whose module go.mod does not name; it is there only because another module requires it.`,
        fix: advice('Name it in go.mod.', [command('go', 'get', module)]),
        locations: await moduleLocations(imported, facts),
        key: module,
      })
    }
    const excluded = /ignoring requirement on excluded version ([^\s]+) ([^\s]+)/.exec(block)
    const needed = block.includes('updates to go.mod needed')
    if (!needed && excluded === null) return undefined
    if (!needed && run.messages.some((other) => other.text.includes('updates to go.mod needed'))) return 'consequence'
    const dropped =
      excluded ??
      run.messages
        .map((other) => /ignoring requirement on excluded version ([^\s]+) ([^\s]+)/.exec(other.text))
        .find((found) => found !== null)
    const [, path, version] = dropped ?? []
    const readonly = block.includes('-mod=readonly')
    return diagnosis({
      severity: needed ? 'error' : 'warning',
      message:
        path === undefined
          ? `go.mod lacks changes that the command needs and may not make${readonly ? ' (-mod=readonly)' : ''}.`
          : `go.mod requires ${path}@${version ?? ''} and excludes that very version, so go.mod has to change first.`,
      fix: advice(
        'Run go mod tidy and commit go.mod and go.sum; go mod tidy -diff (Go 1.23) shows what it would change.',
        [command('go', 'mod', 'tidy')],
      ),
      locations: path === undefined ? await goModDirective(facts, 'module') : await moduleLocations(path, facts),
      module: path,
      version,
      key: path ?? 'updates',
    })
  },
}

export default rule
