import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain, splitModule } from '../../rule-helpers/text.ts'
import { importLocations, messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'import-path-invalid',
  area: 'requirement',
  title: 'An import path is relative or not a path at all',
  what: 'An import is written relative to the file (`./x`) or holds characters that no import path may hold.',
  why: 'Relative imports belong to the time before modules. Blanks, upper ASCII signs and a leading slash are not allowed.',
  fix: 'Write the whole path: the module path of go.mod and the folder.',
  classes: ['M22', 'M24'],
  example: 'main.go:3:8: "./x" is relative, but relative import paths are not supported in module mode',
  markers: [
    'is relative, but relative import paths',
    'local import "',
    'invalid import path',
    'malformed import path',
    'is not a package path; see',
    'can only use path@version syntax with',
  ],
  message: async (message, { facts, command }) => {
    const block = plain(message)
    const relative =
      /"(\.\.?\/[^"\n]*|\.\.?)" is relative, but relative import paths are not supported/.exec(block)?.[1] ??
      /local import "([^"\n]+)" in non-local package/.exec(block)?.[1]
    const invalid = /(?:invalid|malformed) import path:? "?([^"\n]+?)"?(?:: ([^\n]+))?$/m.exec(block)
    const rooted = /"(\/[^"\n]*)" is not a package path/.exec(block)?.[1]
    const versioned =
      message.importStack === undefined
        ? undefined
        : /([^\s:]+@[^\s:]+): can only use path@version syntax with/.exec(block)?.[1]
    const path = relative ?? invalid?.[1] ?? rooted ?? versioned
    const reason =
      invalid?.[2] ??
      (rooted === undefined
        ? versioned === undefined
          ? undefined
          : 'versions stand in go.mod, not in imports'
        : 'it begins with a slash')
    if (path === undefined || block.includes('missing dot in first path element')) return undefined
    if (
      block.includes('local import') &&
      command.messages.some((other) => other.text.includes('is relative, but relative'))
    )
      return 'consequence'
    const main = (await facts.goMod())?.content.module?.value
    const own = await messageLocations(message, facts)
    return diagnosis({
      message:
        relative === undefined
          ? `${clip(path)} is no import path${reason === undefined ? '' : `: ${clip(reason)}`}.`
          : `The import ${clip(path)} is relative, which modules do not allow.`,
      fix: advice(
        versioned === undefined
          ? `Write the whole path: ${main ?? 'the module path'}${relative === undefined ? '/FOLDER' : `/${path.replace(/^(?:\.\.?\/)+/, '')}`}.`
          : `Write ${splitModule(versioned).path}, and let go get ${versioned} write the version into go.mod.`,
      ),
      locations: own.length > 0 ? own : await importLocations(message, facts),
      package: message.package,
      key: path,
    })
  },
}

export default rule
