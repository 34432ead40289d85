import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'symlink-loop',
  area: 'environment',
  title: 'A symbolic link leads back to itself',
  what: 'The go command, or the system below it, followed a symbolic link that ends nowhere (ELOOP).',
  why: 'A link was committed or made that points to itself or to a link that points back: ln -s run a second time, a folder of caches linked into itself, a relative target that was right elsewhere.',
  fix: 'Look where the link leads, remove it and make it anew.',
  classes: [],
  example: 'stat /src/app/main.go: too many levels of symbolic links',
  markers: ['too many levels of symbolic links', 'Too many levels of symbolic links', 'too many links'],
  message: async (message, { facts }) => {
    const block = plain(message)
    const found =
      /(?:^|[:\s])(?:[a-z]{2,20} )?["']?((?:\/|\.{1,2}\/|[A-Za-z]:\\)?[^\s:"']{1,500})["']?: (?:[Tt]oo many levels of symbolic links|too many links)/m.exec(
        block,
      )
    const path = found?.[1]
    if (path === undefined) return undefined
    const goEnv = await facts.goEnv()
    const cache = ['GOMODCACHE', 'GOCACHE', 'GOROOT', 'GOPATH'].find((name) => {
      const dir = goEnv?.[name]
      return dir !== undefined && dir !== '' && (path === dir || path.startsWith(`${dir}/`))
    })
    return diagnosis({
      message: `${clip(path)} is a symbolic link that leads back to itself${cache === undefined ? '' : `; it lies in ${cache}, not in the checkout`}.`,
      fix: advice('See where it points, remove it and make it anew.', [
        command('ls', '-l', path),
        ...(cache === undefined ? [command('git', 'ls-files', '-s', '--', path)] : []),
      ]),
      locations: cache === undefined ? await locations(path, facts) : [],
      key: path,
    })
  },
}

async function locations(
  path: string,
  facts: Parameters<NonNullable<Rule['message']>>[1]['facts'],
): Promise<readonly { readonly file: string; readonly line: number }[]> {
  const at = await facts.locate({ file: path, line: 1 })
  return at === undefined ? [] : [at]
}

export default rule
