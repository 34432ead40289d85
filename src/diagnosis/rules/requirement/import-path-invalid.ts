import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'import-path-invalid',
  area: 'requirement',
  title: 'An import path is relative or not a path at all',
  what: 'An import is written relative to the file (`./x`) or holds characters that no import path may hold.',
  why: 'Relative imports belong to the time before modules. Blanks, upper ASCII signs and a leading slash are not allowed.',
  fix: 'Write the whole path: the module path of go.mod and the folder.',
  classes: ['M22', 'M24'],
  example: 'main.go:3:8: "./x" is relative, but relative import paths are not supported in module mode',
  markers: ['is relative, but relative import paths', 'local import "', 'invalid import path', 'malformed import path'],
  message: async (message, { facts, command }) => {
    const block = plain(message)
    const relative =
      /"(\.\.?\/[^"\n]*|\.\.?)" is relative, but relative import paths are not supported/.exec(block)?.[1] ??
      /local import "([^"\n]+)" in non-local package/.exec(block)?.[1]
    const invalid = /(?:invalid|malformed) import path:? "?([^"\n]+?)"?(?:: ([^\n]+))?$/m.exec(block)
    const path = relative ?? invalid?.[1]
    if (path === undefined || block.includes('missing dot in first path element')) return undefined
    if (
      block.includes('local import') &&
      command.messages.some((other) => other.text.includes('is relative, but relative'))
    )
      return 'consequence'
    const main = (await facts.goMod())?.content.module?.value
    return diagnosis({
      message:
        relative === undefined
          ? `${clip(path)} is no import path${invalid?.[2] === undefined ? '' : `: ${clip(invalid[2])}`}.`
          : `The import ${clip(path)} is relative, which modules do not allow.`,
      fix: advice(
        `Write the whole path: ${main ?? 'the module path'}${relative === undefined ? '/FOLDER' : `/${path.replace(/^(?:\.\.?\/)+/, '')}`}.`,
      ),
      locations: await messageLocations(message, facts),
      package: message.package,
      key: path,
    })
  },
}

export default rule
