import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'plugin-mismatch',
  area: 'port',
  title: 'A plugin was not built together with the program that loads it',
  what: 'plugin.Open refuses a plugin because it was built with other versions, flags or settings than the program.',
  why: 'Program and plugin share their packages, so both must be built with the same Go release, the same versions of all common modules, and the same flags (-trimpath, -race, tags, GOPATH or module paths).',
  fix: 'Build both from one go.mod in one go, with the same flags.',
  classes: [],
  example: 'plugin.Open("/srv/p"): plugin was built with a different version of package internal/runtime/atomic',
  markers: [
    'plugin was built with',
    'plugin.Open',
    'plugin already loaded',
    'no plugin module data',
    'not a Go plugin',
  ],
  message: (message) => {
    const block = plain(message)
    const other = /plugin was built with a different version of package ([^\s"]{1,300})/.exec(block)?.[1]
    const name = /plugin\.Open\("([^"\n]{1,300})"\)/.exec(block)?.[1]
    const who = name === undefined ? 'The plugin' : `The plugin ${clip(name, 100)}`
    if (other !== undefined) {
      const standard = !(other.split('/')[0] ?? '').includes('.')
      return diagnosis({
        message: `${who} and the program that loads it were built with different versions of ${other}${standard ? ': a package of the standard library, so with another Go release or with other flags (-trimpath, -race, CGO_ENABLED)' : ''}.`,
        fix: advice(
          standard
            ? 'Build both with the same Go and the same flags; compare what is in them.'
            : `Require the same version of the module of ${other} in both (best: one go.mod), and build both with the same flags.`,
          ['go version -m PROGRAM', 'go version -m PLUGIN.so', 'go build -trimpath -buildmode=plugin ./plugin'],
        ),
        key: other,
      })
    }
    if (block.includes('plugin already loaded')) {
      return diagnosis({
        message: `${who} is loaded twice under two names: its package path is the same.`,
        fix: advice('Give every plugin a package path of its own (another folder, or -ldflags=-pluginpath=NAME).'),
        key: 'twice',
      })
    }
    if (
      !block.includes('no plugin module data') &&
      !/plugin\.Open[^\n]{0,300}(?:realpath failed|not a Go plugin|undefined symbol|invalid ELF header|cannot open shared object)/.test(
        block,
      )
    )
      return undefined
    return diagnosis({
      confidence: 'likely',
      message: block.includes('realpath failed')
        ? `${who} is not at that path.`
        : `${who} cannot be loaded: it was not built with -buildmode=plugin, or for another system or C library.`,
      fix: advice('Check the path, and build it with -buildmode=plugin by the Go that builds the program.'),
      key: 'load',
    })
  },
}

export default rule
