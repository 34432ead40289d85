import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'disk-full',
  area: 'environment',
  title: 'The disk is full',
  what: 'A file could not be written because its file system has no room left.',
  why: 'A Go build writes to three places: the build cache (GOCACHE), the module cache (GOMODCACHE) and a temporary folder (GOTMPDIR or TMPDIR), which is often a small memory disk.',
  fix: 'Make room, or point the folder that is full to a larger file system.',
  classes: ['D01', 'D07'],
  example: 'compile: writing output: write $WORK/b007/_pkg_.a: no space left on device',
  markers: ['no space left on device', 'There is not enough space on the disk', 'disk quota exceeded'],
  message: async (message, { facts }) => {
    const block = plain(message)
    const path =
      /(?:write|mkdir|open|copy|create|creating|trim) ([^\s:]+)[^\n]*(?:no space left on device|not enough space on the disk|quota exceeded)/.exec(
        block,
      )?.[1]
    if (!/no space left on device|not enough space on the disk|disk quota exceeded/i.test(block)) return undefined
    const env = await facts.goEnv()
    const temporary = path !== undefined && /^\$WORK|\/go-(?:build|link)|[\\/]tmp[\\/]/.test(path)
    const within = (name: string): boolean =>
      path !== undefined && (env?.[name] ?? '') !== '' && path.startsWith(env?.[name] ?? '\0')
    const [what, variable] =
      within('GOMODCACHE') || (path ?? '').includes('/pkg/mod/')
        ? ['the module cache', 'GOMODCACHE']
        : within('GOCACHE') || /go-build\/[0-9a-f]{2}\//.test(path ?? '')
          ? ['the build cache', 'GOCACHE']
          : temporary
            ? ['the temporary folder of the build', 'GOTMPDIR']
            : ['the file system', '']
    return diagnosis({
      message: `There is no room left for ${what}${path === undefined ? '' : ` (${clip(path, 100)})`}.`,
      fix: advice(
        variable === 'GOTMPDIR'
          ? 'Set GOTMPDIR to a folder on a larger file system, or make room.'
          : variable === ''
            ? 'Make room on the disk; on a hosted runner remove what the job does not need.'
            : `Make room, or set ${variable} to a folder on a larger file system.`,
        variable === 'GOCACHE' ? ['go clean -cache', 'df -h'] : ['df -h'],
      ),
      key: what,
    })
  },
}

export default rule
