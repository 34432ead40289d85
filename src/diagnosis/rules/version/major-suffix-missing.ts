import type { Location, ModuleVersion } from '../../../domain/module.ts'
import type { Diagnosis, Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { locate, positionedLines } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'major-suffix-missing',
  area: 'version',
  title: 'A version from 2 on is required without its path suffix',
  what: 'go.mod names a version of major 2 or higher for a path that does not end in that major, or the other way round.',
  why: 'From version 2 on the major is part of the path: example.com/lib/v2. A repository without go.mod is required as +incompatible instead.',
  fix: 'Add the suffix in go.mod and in the imports, or take the newest version below 2.',
  classes: ['V11'],
  example: `go: errors parsing go.mod:
go.mod:5: require example.com/lib: version "v2.0.0" invalid: should be v0 or v1, not v2`,
  markers: ['invalid: should be '],
  message: async (message, { facts }) => {
    const line = positionedLines(message).find((each) => /version "[^"]+" invalid: should be /.test(each.text))
    const [, path, version, expected, actual] =
      /(?:require|replace|exclude) ([^\s:]+): version "([^"]+)" invalid: should be (.+?), not (v\d+)/.exec(
        line?.text ?? '',
      ) ?? []
    if (path === undefined || version === undefined || actual === undefined) return undefined
    return misfit({ path, version }, expected ?? 'other majors', actual, await locate(facts, line?.position))
  },
  observe: {
    'module-files': ({ goMod, goModPath }) =>
      (goMod?.problems ?? []).flatMap((problem) => {
        const [, version, path, expected] =
          /^version "([^"]*)" does not fit the path "([^"]*)", which stands for (.+)$/.exec(problem.message) ?? []
        if (version === undefined || path === undefined || expected === undefined) return []
        const actual = /^v\d+/.exec(version)?.[0] ?? 'v1'
        return [misfit({ path, version }, expected, actual, [{ file: goModPath, line: problem.line }])]
      }),
  },
}

function misfit(
  { path, version }: ModuleVersion,
  expected: string,
  actual: string,
  locations: readonly Location[],
): Diagnosis {
  const base = path.replace(/\/v\d+$/, '')
  const suffix = actual === 'v0' || actual === 'v1' ? '' : `/${actual}`
  return diagnosis({
    message: `${path} cannot have the version ${version}: a path${path === base ? ' without suffix' : ` ending in ${path.slice(base.length)}`} is for ${expected}.`,
    fix: advice(
      `Require ${base}${suffix} and change the imports to it; if the repository has no go.mod, the version is ${version}+incompatible.`,
      [command('go', 'mod', 'edit', `-droprequire=${path}`), command('go', 'get', `${base}${suffix}@${version}`)],
    ),
    locations,
    module: path,
    version,
    key: path,
  })
}

export default rule
