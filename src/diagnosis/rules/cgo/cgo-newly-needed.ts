import type { CgoNeededObservation } from '../../../domain/policy-observation.ts'
import { formatTarget } from '../../../domain/port.ts'
import type { Diagnosis, Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { enumerate } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'cgo-newly-needed',
  area: 'cgo',
  title: 'This change needs cgo where none was needed',
  what: 'A target compiles with `CGO_ENABLED=1` alone, and at the base it compiled with `CGO_ENABLED=0` as well.',
  why: 'Without a C compiler for the target (in a container, when cross-compiling, on the machine of somebody who installs the module) Go switches cgo off by itself, and the build fails there.',
  fix: 'Give the package that needs cgo a file in pure Go for `!cgo`, use another dependency, or keep the change and build with a C compiler everywhere; `cgo: true` says that this is meant.',
  prevent: 'A base to compare with: pull requests and pushes have one.',
  classes: [],
  example: 'linux/amd64 compiles with cgo alone since this change',
  observe: { 'cgo-needed': (observation) => [explain(observation)] },
}

export default rule

function explain({ target, alsoOn = [], base, packages }: CgoNeededObservation): Diagnosis {
  const names = [target, ...alsoOn].map(formatTarget)
  const [first] = packages
  const said = first === undefined ? '' : ` Without cgo ${first.package} fails: ${first.message}`
  const whole = packages.map((one) => one.package)
  return diagnosis({
    message: `${enumerate(names, 4)} ${names.length === 1 ? 'compiles' : 'compile'} with cgo alone; at the base (${base}) ${names.length === 1 ? 'it' : 'they'} did without.${said}`,
    fix: advice(
      `Give ${enumerate(whole, 3)} a file for the build without cgo (//go:build !cgo), use something that is pure Go, or say cgo: true when a C compiler is there wherever this is built.`,
      [command('CGO_ENABLED=0', `GOOS=${target.goos}`, `GOARCH=${target.goarch}`, 'go', 'build', './...')],
    ),
    locations: packages.flatMap((one) => one.at ?? []),
    ...(first === undefined ? {} : { package: first.package }),
    key: whole.join(' '),
  })
}
