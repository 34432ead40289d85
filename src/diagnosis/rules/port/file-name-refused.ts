import type { FileName } from '../../../domain/platform.ts'
import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'file-name-refused',
  area: 'port',
  title: 'A file name keeps the module from being downloaded',
  what: 'A file of the module has a name that Go refuses in a module, or two names differ in nothing but the case of letters. The build of a checkout does not mind.',
  why: 'A module is packed into a zip that unpacks on every system, so the go command refuses to make one with names that Windows or macOS cannot hold: characters such as : * ? " < > |, a dot at the end, reserved names (con, prn, aux, nul, com1, lpt1, with any extension), two names that are the same without case. `go get`, `go install module@version` and every module proxy then fail for this version.',
  fix: 'Rename the file, and let a test make such a file while it runs. Files below a folder with its own go.mod, and packages below vendor, are not part of the module.',
  classes: [],
  example:
    'create zip: testdata/aux.go: malformed file path "testdata/aux.go": "aux" disallowed as path element component on Windows',
  observe: {
    'file-names': ({ names }) =>
      names
        .filter((one) => one.published && (one.problem === 'refused' || one.problem === 'case'))
        .map((name) =>
          diagnosis({
            severity: 'warning',
            message: `${describe(name)}. Nobody can download this module with it: go get and go install module@version fail.`,
            fix: advice('Rename the file, or put it below a folder with a go.mod of its own.'),
            locations: [{ file: name.file, line: 1 }],
            key: name.file,
          }),
        ),
  },
}

export default rule

function describe({ file, detail }: FileName): string {
  return `${clip(file, 160)}: ${detail}`
}
