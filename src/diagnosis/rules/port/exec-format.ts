import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { onPort, portOf } from '../../rule-helpers/excluded.ts'
import { plain } from '../../rule-helpers/text.ts'

// A shell that may not run a file takes it for a script.
const shell =
  /^(?:[^\s:]{0,300}\/)?[\w-]{1,100}: (?:line )?\d{1,6}: (?:Syntax error: [^\n]{0,60}unexpected|syntax error: unexpected [^\n]{1,60}|syntax error near unexpected token [`'"]\S{1,4})/

const rule: Rule = {
  id: 'exec-format',
  area: 'port',
  title: 'A program for another machine is started here',
  what: 'The system refuses to run a program because it was built for another system or processor.',
  why: 'GOOS or GOARCH are set (in the environment or with `go env -w`) while `go run`, `go test` or `go generate` start what they build; or a binary was copied to the wrong machine or image. A script without its first line (#!) does the same.',
  fix: 'Build for the machine that runs it; unset GOOS and GOARCH for go run and go test.',
  classes: ['X12'],
  example: 'fork/exec /tmp/go-build2886434404/b001/exe/app: exec format error',
  markers: [
    'xec format error',
    'ad CPU type',
    'is not a valid Win32 application',
    'yntax error',
    'cannot execute the specified program',
    'version of Windows you',
    'run on your PC',
    'cannot execute binary file',
  ],
  message: async (message, context) => {
    const block = plain(message)
    if (
      !shell.test(block) &&
      !/The system cannot execute the specified program|not compatible with the version of Windows you[’']re running|This app can[’']t run on your PC|[Ee]xec format error|[Bb]ad CPU type in executable|is not a valid Win32 application|cannot execute binary file/.test(
        block,
      )
    )
      return undefined
    const path =
      /fork\/exec ([^\s:]+):/.exec(block)?.[1] ??
      /(?:^|: )([^\s:]*[\\/][^\s:]+): cannot execute binary file/.exec(block)?.[1]
    const own = path !== undefined && /go-build\d|\.test$/.test(path)
    const env = await context.facts.goEnv()
    const { goos, goarch } = portOf(context)
    const built = `${goos ?? env?.GOOS ?? ''}/${goarch ?? env?.GOARCH ?? ''}`
    const host = env === undefined ? '' : `${env.GOHOSTOS ?? ''}/${env.GOHOSTARCH ?? ''}`
    const known = host.length > 1 && built.length > 1 && built !== host
    return diagnosis({
      confidence: own ? 'certain' : shell.test(block) ? 'guess' : 'likely',
      message: own
        ? `The go command built ${path.split(/[\\/]/).pop() ?? 'a program'}${known ? ` for ${built}` : onPort(context) === '' ? ' for another system or processor' : ` for${onPort(context).slice(3)}`} and then tried to run it ${known ? `on ${host}` : 'here'}.`
        : `${path ?? 'The program'} was built for another system or processor than the one that starts it.`,
      fix: advice(
        own
          ? 'Unset GOOS and GOARCH for go run, go test and go generate (also the persisted values); to run tests for another machine, give go test -exec a program such as qemu.'
          : 'Build it for the machine that runs it, and look at what it is now.',
        own
          ? ['go env -u GOOS', 'go env -u GOARCH']
          : [path === undefined ? 'file PROGRAM' : `file ${path.replace(/[^\w./\\-]/g, '')}`, 'go version -m PROGRAM'],
      ),
      key: own ? 'go' : (path ?? 'program'),
    })
  },
}

export default rule
