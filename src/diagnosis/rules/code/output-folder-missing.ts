import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const flag =
  /-(?:test\.)?(coverprofile|cpuprofile|memprofile|blockprofile|mutexprofile|trace|outputdir)[= ]["']?([^\s"']{1,500})/g
// Names that profiles go by, for a log that does not show its command.
const profile =
  /(?:^|[\\/])[^\\/]*(?:cover|coverage|cov|cpu|mem|profile|trace)[^\\/]*\.(?:out|txt|cov|prof|pprof|profile)$/i

const rule: Rule = {
  id: 'output-folder-missing',
  area: 'code',
  title: 'The folder that a profile is to be written to is not there',
  what: 'go test was to write a profile (-coverprofile, -cpuprofile …) into a folder that does not exist.',
  why: 'Go makes the file and not its folder. On the laptop the folder was left from an earlier run; a fresh checkout has none.',
  fix: 'Make the folder first (mkdir -p), or write the profile into one that exists.',
  classes: [],
  example: 'open /src/app/out/coverage.out: no such file or directory',
  markers: [
    '.out: no such',
    '.cov: no such',
    '.txt: no such',
    'prof: no such',
    'profile: no such',
    '.out: The system',
    '.txt: The system',
  ],
  message: (message, context) => {
    const [, path] =
      /(?:^|\s)open ([^\n]{1,1000}?): (?:no such file or directory|The system cannot find the path specified)/.exec(
        plain(message),
      ) ?? []
    if (path === undefined) return undefined
    const named = [...context.command.command.matchAll(flag)].find(([, name, value]) =>
      name === 'outputdir' ? false : tail(path, value ?? ''),
    )
    if (named === undefined && !profile.test(path)) return undefined
    const folder = path.replace(/[\\/][^\\/]*$/, '')
    return diagnosis({
      confidence: named === undefined ? 'likely' : 'certain',
      message: `${named === undefined ? 'A profile' : `-${named[1] ?? ''}`} is to be written to ${clip(path)}, and its folder is not there.`,
      fix: advice('Make the folder first.', [command('mkdir', '-p', folderOf(named?.[2]) ?? folder)]),
      key: path,
    })
  },
}

function tail(path: string, value: string): boolean {
  const short = value.replace(/^(?:\.\/)+/, '')
  return short !== '' && (path === short || path.endsWith(`/${short}`) || path.endsWith(`\\${short}`))
}

/** The folder as the command names it. */
function folderOf(value: string | undefined): string | undefined {
  const folder = value?.replace(/[\\/]?[^\\/]*$/, '')
  return folder === '' ? undefined : folder
}

export default rule
