import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'tmp-noexec',
  area: 'environment',
  title: 'The temporary folder forbids to run programs',
  what: '`go run` and `go test` build a program into the temporary folder and start it there, and the system does not allow that.',
  why: 'The folder is mounted noexec, or a policy (SELinux, AppArmor, antivirus) forbids it.',
  fix: 'Set GOTMPDIR to a folder from which programs may be run.',
  classes: ['X15'],
  example: 'fork/exec /tmp/noexec/go-build440316662/b001/exe/app: permission denied',
  markers: ['permission denied', 'Access is denied'],
  message: (message) => {
    const path = /fork\/exec ([^\s:]+): (?:permission denied|Access is denied)/.exec(plain(message))?.[1]
    if (path === undefined) return undefined
    const own = /go-build\d/.test(path)
    return diagnosis({
      confidence: own ? 'likely' : 'guess',
      message: own
        ? `What the go command built may not be run from ${path.split(/[\\/]go-build/)[0] ?? 'the temporary folder'}; most likely it is mounted noexec.`
        : `${path} may not be run: most likely it lacks the permission to execute, or its folder is mounted noexec.`,
      fix: own
        ? advice('Set GOTMPDIR to a folder from which programs may be run.', [
            'mkdir -p "$HOME/.cache/go-tmp" && GOTMPDIR="$HOME/.cache/go-tmp" go test ./...',
          ])
        : advice('Look at its permissions and how its folder is mounted.'),
      key: own ? 'tmp' : path,
    })
  },
}

export default rule
