import { namePorts } from '../../../domain/port-set.ts'
import type { TagRun } from '../../../domain/platform.ts'
import type { Diagnosis, Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, enumerate } from '../../rule-helpers/text.ts'

const mostPlaces = 20

const rule: Rule = {
  id: 'tag-broken',
  area: 'code',
  title: 'With one of the module’s own build tags it does not compile',
  what: 'Files of the module ask for a build tag (`//go:build sqlite`), and with that tag, or with a combination that a file asks for, packages of the module do not type-check. Without it they do.',
  why: 'Nobody builds with the tag: code behind it rots with every change around it, or two files that the tag brings together declare the same thing. Whoever sets the tag meets the errors.',
  fix: 'Correct the code behind the tag and let the workflow build with it (`tags` input, or `go vet -tags=…`), or delete it.',
  classes: [],
  example: 'go vet -tags=sqlite ./...\nstore/sqlite.go:12:9: undefined: openStore',
  observe: { tags: ({ runs }) => runs.filter((run) => run.errors.length > 0).map(explain) },
}

export default rule

function explain({ tags, errors, checked }: TagRun): Diagnosis {
  const packages = [...new Set(errors.map((error) => error.package))]
  const tests = errors.every((error) => error.tests) ? 'the tests of ' : ''
  const one = packages.length === 1 && tests === ''
  const targets = [...new Set(errors.flatMap((error) => error.targets))]
  const [first] = errors
  const where = targets.length === checked.length ? 'every port' : namePorts(targets, checked)
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more ${errors.length === 2 ? 'error' : 'errors'})` : ''
  const flag = `-tags=${tags.join(',')}`
  const [goos = '', goarch = ''] = (first?.targets[0] ?? '').split(/[/ ]/)
  const variables = targets.length === checked.length || goos === '' ? [] : [`GOOS=${goos}`, `GOARCH=${goarch}`]
  return diagnosis({
    severity: 'notice',
    message: `With ${flag} ${tests}${enumerate(packages, 3)} ${one ? 'does' : 'do'} not compile on ${where}: ${clip(first?.message ?? '', 200)}${more}.`,
    fix: advice(`Correct what ${flag} brings in and build with it in the workflow too, or delete it.`, [
      command(...variables, 'go', 'vet', flag, './...'),
    ]),
    locations: errors.flatMap((error) => error.at ?? []).slice(0, mostPlaces),
    ...(packages.length === 1 ? { package: packages[0] } : {}),
    key: tags.join(','),
    excerpt: errors
      .slice(0, 10)
      .map(
        (error) => `${error.at === undefined ? error.package : `${error.at.file}:${error.at.line}`}: ${error.message}`,
      )
      .join('\n'),
  })
}
