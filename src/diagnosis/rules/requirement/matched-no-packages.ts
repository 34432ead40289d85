import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { onPort } from '../../rule-helpers/excluded.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'matched-no-packages',
  area: 'requirement',
  title: 'A pattern matches no package, so nothing is built',
  what: 'A pattern such as `./...` matched nothing. `go build` only warns and exits 0: the step is green and has built nothing.',
  why: 'The command runs in the wrong folder, or every file is left out on this target, by its port or because cgo is off.',
  fix: 'Run in the folder of the module, or look at why every file is left out.',
  classes: ['M21'],
  example: `go: warning: "./..." matched no packages
no packages to vet`,
  markers: ['matched no packages', 'no packages to vet'],
  message: (message, context) => {
    const block = plain(message)
    const pattern = /"([^"\n]+)" matched no packages/.exec(block)?.[1]
    if (pattern === undefined) {
      if (!block.startsWith('no packages to vet')) return undefined
      if (context.command.messages.some((other) => other.text.includes('matched no packages'))) return 'consequence'
      return diagnosis({
        confidence: 'likely',
        message: 'There is no package to vet here.',
        fix: advice('Run in the folder of the module, or name the packages.'),
        key: 'none',
      })
    }
    const port = onPort(context)
    return diagnosis({
      severity: context.command.failed ? 'error' : 'warning',
      confidence: 'likely',
      message: `${pattern} matches no package${port}: nothing was built. Likeliest first: the command runs in the wrong folder; every file is left out by its build constraint; CGO_ENABLED=0 leaves out files with import "C".`,
      fix: advice('See what is there with cgo on and off; files that are left out are listed as ignored.', [
        "CGO_ENABLED=1 go list -e -f '{{.ImportPath}} {{.GoFiles}} ignored: {{.IgnoredGoFiles}}' ./...",
      ]),
      key: pattern,
    })
  },
}

export default rule
