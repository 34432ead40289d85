import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'cache-permission',
  area: 'environment',
  title: 'A cache folder cannot be written',
  what: 'The go command may not write to its build cache or module cache, or the path is no folder.',
  why: 'The cache was filled by another user (root while the image was built), is mounted read-only, or the variable points to a file. Files in the module cache are read-only on purpose, so unpacking an archive over them fails as well.',
  fix: 'Give the folder to the user who builds, or point GOCACHE and GOMODCACHE to one that is theirs.',
  classes: ['D03', 'D05', 'D07'],
  example: 'failed to initialize build cache at /dev/null/x: mkdir /dev/null: not a directory',
  markers: [
    'failed to initialize build cache',
    'could not create module cache',
    ' cache: mkdir',
    'permission denied',
    'Permission denied',
    'failed to trim cache',
    'read-only file system',
    'Access is denied',
    ' cache: open',
    'not a directory',
  ],
  message: async (message, { facts }) => {
    const block = plain(message)
    const build = /failed to (?:initialize build|trim) cache(?: at ([^\s:]+))?: ([^\n]+)/.exec(block)
    const module =
      /could not create module cache: ([^\n]+)/.exec(block) ??
      /(?:^|: )writing (?:go\.mod|stat|[^\s]{1,20}) cache: ([^\n]+)/.exec(block) ??
      (message.printer === 'go'
        ? /^((?:mkdir|open|rename) [^\n:]*[\\/]cache(?:[\\/][^\n:]*)?: (?:permission denied|read-only file system))/.exec(
            block,
          )
        : null) ??
      /(?:^|: )(?:writing (?:go\.mod|stat|[^\s]{1,20}) cache: )?((?:mkdir|open|rename|remove|unlinkat|chmod) [^\n]*[\\/]pkg[\\/]mod[\\/]?[^\n]*: (?:permission denied|read-only file system|Access is denied\.?))/.exec(
        block,
      )
    const unpack =
      /pkg\/mod\/[^\n]{1,500}: (?:Can't unlink already-existing object|Cannot open|Cannot unlink)[^\n]*/.exec(block)
    if (build === null && module === null && unpack === null) return undefined
    const env = await facts.goEnv()
    const variable = build === null ? 'GOMODCACHE' : 'GOCACHE'
    const where = env?.[variable]
    if (unpack !== null) {
      return diagnosis({
        message: 'A cache archive was unpacked over a module cache that is already there, whose files are read-only.',
        fix: advice(
          'Clear the module cache before the restore, or keep it on the machine and do not restore it there at all.',
          ['go clean -modcache'],
        ),
        key: 'unpack',
      })
    }
    return diagnosis({
      message: `The ${build === null ? 'module' : 'build'} cache${where === undefined ? '' : ` (${variable}=${where})`} cannot be used: ${clip(build?.[2] ?? module?.[1] ?? '', 160)}.`,
      fix: advice(`Give the folder to the user who builds, or set ${variable} to a folder that is theirs.`, [
        `go env ${variable}`,
        'id -un',
      ]),
      key: variable,
    })
  },
}

export default rule
