import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { compileKind, compileText, isCompileMessage, languageNeeded } from '../../rule-helpers/compile.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'language-version',
  area: 'version',
  title: 'The code uses more of the language than the go line allows',
  what: 'A feature of the language is newer than the go line of the module it is used in; the compiler refuses it although it knows it.',
  why: 'The go line decides which language a module is written in. It is older than the code, or missing (then the language is that of Go 1.16).',
  fix: 'Raise the go line to the version the message names. For a file that must stay older, a `//go:build go1.N` line sets its language.',
  since: '1.18',
  classes: ['V14'],
  example: `# example.com/app
./main.go:4:17: cannot range over 3 (untyped int constant): requires go1.22 or later (-lang was set to go1.20; check go.mod)`,
  markers: ['-lang was set to', ' or later', 'cannot range over ', 'unexpected '],
  message: async (message, { facts }) => {
    if (!isCompileMessage(message) || compileKind(message) !== 'language') return undefined
    const text = compileText(message)
    const wanted = languageNeeded(text)
    const set = /-lang was set to go(1\.\d+)/.exec(text)?.[1]
    const feature = text.replace(/:? requires go1\.[^\n]*$/, '')
    const own = await messageLocations(message, facts)
    const file = await facts.goMod()
    const foreign = message.module !== undefined
    const line = !foreign && file !== undefined ? [{ file: file.path, line: file.content.go?.line ?? 1 }] : []
    return diagnosis({
      message: `${clip(feature.split('\n')[0] ?? '')}: this needs the language of Go ${wanted ?? 'a newer version'}, and the go line of ${foreign ? `${message.module.path}@${message.module.version}` : 'the module'} says ${set ?? 'an older one'}.`,
      fix: foreign
        ? advice(`Require a version of ${message.module.path} whose go line fits its code.`, [
            command('go', 'get', `${message.module.path}@latest`),
          ])
        : advice(
            'Raise the go line (everyone who builds the module then needs that Go), or write the code without the feature.',
            [command('go', 'mod', 'edit', `-go=${wanted ?? 'VERSION'}`)],
          ),
      locations: [...own, ...line],
      package: message.package,
      key: `${message.module?.path ?? ''} ${wanted ?? ''}`,
    })
  },
}

export default rule
