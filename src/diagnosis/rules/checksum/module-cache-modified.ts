import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { moduleLocations } from '../../rule-helpers/where.ts'

const states: readonly (readonly [RegExp, string])[] = [
  [/dir has been modified/, 'the unpacked source was changed after its download'],
  [/zip has been modified/, 'the zip was changed after its download'],
  [/missing ziphash/, 'the zip came without its hash, as a partly restored cache leaves it'],
  [/zip: not a valid zip file/, 'the zip is damaged'],
  [/unexpected ziphash/, 'the stored hash of the zip is damaged'],
]

const rule: Rule = {
  id: 'module-cache-modified',
  area: 'checksum',
  title: 'A module in the module cache is not what was downloaded',
  what: 'A module in the module cache was changed after its download, so the build would compile something that nobody published.',
  why: 'An editor, a code generator or a restored CI cache wrote into the module cache; sometimes a download was cut off.',
  fix: 'Clear the module cache and download again; throw the CI cache entry away that it came from.',
  prevent:
    'Never unpack a cache over an existing one, and never edit files below the module cache: use a `replace` line or a workspace.',
  classes: ['S15', 'S16', 'S17', 'S18', 'S19'],
  example: `example.com/lib v1.0.0: dir has been modified (/home/dev/go/pkg/mod/example.com/lib@v1.0.0)`,
  markers: ['has been modified', 'missing ziphash', 'zip: not a valid zip file', 'unexpected ziphash'],
  message: async (message, { facts }) => {
    const block = plain(message)
    const found =
      /^([^\s:@]+) (v[^\s:]+): (?:dir has been modified|zip has been modified|missing ziphash|zip: not a valid zip file)/.exec(
        block,
      ) ?? /verifying ([^\s@]+)@([^\s:]+): unexpected ziphash/.exec(block)
    const [, path, version] = found ?? []
    const state = states.find(([pattern]) => pattern.test(block))?.[1]
    if (path === undefined || version === undefined || state === undefined) return undefined
    return diagnosis({
      message: `The module cache does not hold ${path}@${version} as it was published: ${state}.`,
      fix: advice('Clear the module cache, drop the CI cache entry it was restored from, and download again.', [
        command('go', 'clean', '-modcache'),
        command('go', 'mod', 'download'),
      ]),
      locations: await moduleLocations(path, facts),
      module: path,
      version,
      key: `${path}@${version}`,
    })
  },
}

export default rule
