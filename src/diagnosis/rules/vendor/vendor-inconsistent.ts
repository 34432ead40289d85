import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { enumerate, linesOf, plain } from '../../rule-helpers/text.ts'
import { moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'vendor-inconsistent',
  area: 'vendor',
  title: 'vendor/ does not fit go.mod',
  what: 'vendor/modules.txt and go.mod say different things about which modules at which versions the module uses.',
  why: 'go.mod changed (by hand, a bot or a merge) and `go mod vendor` was not run after it, or vendor/ was only partly committed.',
  fix: 'Run `go mod vendor` and commit vendor/ whole, with vendor/modules.txt.',
  prevent: 'Run `go mod vendor` in CI and fail when git then shows a difference.',
  since: '1.14',
  classes: ['W01'],
  example: `go: inconsistent vendoring in /src/app:
	example.com/lib@v1.1.0: is explicitly required in go.mod, but not marked as explicit in vendor/modules.txt
	example.com/lib@v1.0.0: is marked as explicit in vendor/modules.txt, but not explicitly required in go.mod`,
  markers: ['inconsistent vendoring in'],
  message: async (message, { facts }) => {
    const block = plain(message)
    if (!block.includes('inconsistent vendoring in')) return undefined
    const listed = linesOf(block)
      .map((line) =>
        /^([^\s@:]+)(?:@([^\s:]+))?: (is [^\n]+|[^\n]*(?:go\.mod|modules\.txt|go\.work)[^\n]*)$/.exec(line),
      )
      .filter((found) => found !== null)
      .map(([, path = '', version, said = '']) => ({ path, version, said }))
    const paths = [...new Set(listed.map((each) => each.path))]
    const work = block.includes('go work vendor')
    const absent = (await facts.goMod()) !== undefined && (await facts.vendor()) === undefined
    const bare = listed.filter((each) => each.said.includes('is explicitly required in'))
    const marked = listed.filter((each) => each.said.includes('is marked as explicit in'))
    const replaced = listed.filter((each) => each.said.includes('replaced'))
    const moved = bare.filter((each) => marked.some((other) => other.path === each.path))
    const parts = [
      ...moved.map(
        (each) =>
          `${each.path} is ${each.version ?? ''} in go.mod and ${marked.find((other) => other.path === each.path)?.version ?? 'another version'} in vendor/`,
      ),
      ...bare
        .filter((each) => !moved.includes(each))
        .map((each) => `${each.path}@${each.version ?? ''} is not in vendor/`),
      ...marked
        .filter((each) => !moved.some((other) => other.path === each.path))
        .map((each) => `${each.path}@${each.version ?? ''} is only in vendor/`),
      ...replaced.map((each) => `${each.path} is replaced differently`),
    ]
    const locations = await Promise.all(paths.slice(0, 5).map((path) => moduleLocations(path, facts)))
    return diagnosis({
      message: absent
        ? `-mod=vendor is set and there is no vendor folder: ${enumerate(parts, 3)}.`
        : `vendor/ does not fit go.mod${parts.length === 0 ? '' : `: ${enumerate(parts, 4)}`}.`,
      fix: advice(`Vendor anew and commit vendor/ whole.${absent ? ' Or unset -mod=vendor in GOFLAGS.' : ''}`, [
        command('go', work ? 'work' : 'mod', 'vendor'),
      ]),
      locations: locations.flat(),
      ...(paths.length === 1 ? { module: paths[0] } : {}),
      key: work ? 'work' : 'vendor',
    })
  },
}

export default rule
