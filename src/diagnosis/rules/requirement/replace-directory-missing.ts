import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'replace-directory-missing',
  area: 'requirement',
  title: 'A replace line points to a folder that is not there',
  what: 'go.mod replaces a module by a folder, and the folder (or its go.mod) does not exist here.',
  why: 'The line was meant for one developer’s machine and was committed, the folder lies outside the checkout or the Docker context, or a git submodule was not checked out.',
  fix: 'Drop the line when the published version will do; otherwise bring the folder along.',
  prevent: 'Use a go.work file that is not committed for local work on several modules.',
  classes: ['M11'],
  example: 'main.go:3:8: example.com/lib@v1.0.0: replacement directory ../lib does not exist',
  markers: ['replacement directory', '(replaced by '],
  message: async (message, { facts }) => {
    const block = plain(message)
    const [, path, version, dir] =
      /([^\s@:]{1,300})@([^\s:]{1,200}): replacement directory ([^\s]+) does not exist/.exec(block) ??
      /([^\s@:]{1,300})@([^\s:]{1,200}) \(replaced by ([^\s)]+)\): reading [^\s]+go\.mod: open [^\n]*: (?:no such file or directory|The system cannot find)/.exec(
        block,
      ) ??
      []
    if (path === undefined || dir === undefined) return undefined
    const placeholder = /^v0\.0\.0(?:-00010101000000-000000000000)?$/.test(version ?? '')
    const outside = dir.startsWith('../') || dir.startsWith('/') || /^[A-Za-z]:/.test(dir)
    const there = !block.includes('replacement directory')
    return diagnosis({
      ...(there ? { title: 'A replace line points to a folder that holds no module' } : {}),
      message: `go.mod replaces ${path} by the folder ${dir}, which ${there ? 'holds no go.mod' : 'is not there'}${outside ? '; it lies outside the module' : ''}.`,
      fix: placeholder
        ? advice(
            `Bring the folder along (submodules, the Docker context, a checkout beside this one): ${path} is required only as a placeholder, so there is no published version in go.mod to fall back to.`,
            ['git submodule update --init --recursive'],
          )
        : advice(
            `Drop the replace line and use ${path}@${version ?? ''} as published; or bring the folder along (submodules, the Docker context).`,
            [command('go', 'mod', 'edit', `-dropreplace=${path}`), command('go', 'mod', 'tidy')],
          ),
      locations: await moduleLocations(path, facts),
      module: path,
      version,
      key: path,
    })
  },
}

export default rule
