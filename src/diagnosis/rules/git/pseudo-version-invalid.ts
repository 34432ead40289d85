import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { gitCase } from '../../rule-helpers/git-case.ts'
import { clip } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'pseudo-version-invalid',
  area: 'git',
  title: 'A pseudo-version does not fit its commit',
  what: 'A version of the form v0.0.0-date-commit must carry the date and the twelve characters of that very commit; this one does not.',
  why: 'It was written by hand or by a tool. Since Go 1.13 such versions are refused, also in the go.mod of a dependency.',
  fix: 'Let `go get module@commit` write it. When a dependency requires it, replace that one version in your go.mod.',
  classes: ['G08'],
  example:
    'go: github.com/acme/priv@v0.0.0-20200101000000-a01db1928425: invalid pseudo-version: does not match version-control timestamp (expected 20240102030405)',
  markers: ['invalid pseudo-version'],
  message: async (message, context) => {
    const found = await gitCase(message, context)
    const problem = /invalid pseudo-version: ([^\n]+)/.exec(found.block)?.[1]
    if (problem === undefined) return undefined
    const named = [...found.block.matchAll(/([^\s@]{1,200})@(v[^\s:]{1,100}): invalid pseudo-version/g)].at(-1)
    const path = named?.[1] ?? found.module?.path
    const version = named?.[2] ?? found.module?.version
    const commit = version === undefined ? undefined : /-([0-9a-f]{7,40})$/.exec(version)?.[1]
    const expected = /expected (\d{14})/.exec(problem)?.[1]
    const right =
      expected === undefined || version === undefined ? undefined : version.replace(/\d{14}(?=-[0-9a-f]+$)/, expected)
    const through =
      found.module !== undefined && path !== undefined && found.module.path !== path ? found.module : undefined
    return diagnosis({
      message: `${path ?? 'A module'}@${version ?? ''} is no version of that commit: ${clip(problem)}${right === undefined ? '' : `; the right one is ${right}`}.${through === undefined ? '' : ` ${through.path}@${through.version} leads to it.`}`,
      fix: advice(
        through === undefined
          ? 'Let the go command write the version of the commit.'
          : 'Replace this one version in your go.mod by one that exists, or move to a version of the dependency that no longer asks for it.',
        path === undefined || commit === undefined
          ? []
          : [
              through === undefined
                ? command('go', 'get', `${path}@${commit}`)
                : command('go', 'mod', 'edit', `-replace=${path}@${version ?? ''}=${path}@${commit}`),
            ],
      ),
      locations: found.locations,
      module: path,
      version,
      key: `${path ?? ''}@${version ?? ''}`,
    })
  },
}

export default rule
