import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'install-with-replace',
  area: 'requirement',
  title: 'A program whose go.mod replaces modules cannot be installed by version',
  what: '`go install path@version` refuses a module whose go.mod has replace or exclude lines.',
  why: 'Such lines count only in the main module, and here it is not the main module: the program built would not be the one its authors build.',
  fix: 'Clone the repository and build it there, or use a release that the authors build.',
  since: '1.16',
  classes: ['M15'],
  example: `go: example.com/tool@v1.0.0 (in example.com/tool@v1.0.0):
	The go.mod file for the module providing named packages contains one or
	more replace directives. It must not contain directives that would cause
	it to be interpreted differently than if it were the main module.`,
  markers: ['The go.mod file for the module providing named packages'],
  message: (message) => {
    const block = plain(message)
    const [, kind] = /contains one or\s+more (replace|exclude) directives/.exec(block) ?? []
    if (kind === undefined) return undefined
    const [, path, version] = /\(in ([^\s@]+)@([^\s)]+)\)/.exec(block) ?? /^([^\s@]+)@([^\s:]+)/.exec(block) ?? []
    return diagnosis({
      message: `${path ?? 'The module'}${version === undefined ? '' : `@${version}`} has ${kind} lines in its go.mod, so go install cannot build it by version.`,
      fix: advice(
        'Clone the repository at this version and run go install there, or download what its authors release.',
        path === undefined
          ? []
          : [
              `git clone --branch ${command(version ?? 'VERSION', `https://${path.split('/').slice(0, 3).join('/')}`, 'tool')} && cd tool && go install ./...`,
            ],
      ),
      module: path,
      version,
      key: path,
    })
  },
}

export default rule
