import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'go-setting-invalid',
  area: 'environment',
  title: 'A setting of the go command has a value that it does not know',
  what: 'GO111MODULE, GOFLAGS, GOEXPERIMENT, GOFIPS140 or another setting holds something that this Go does not know, or switches off what the command needs.',
  why: 'A typing slip, advice from an old or invented source (GO111MODULE has no `strict`), or a value of another Go version; the environment and `go env -w` both count.',
  fix: 'Unset the setting, in the environment and with `go env -u`.',
  classes: ['M30', 'M31', 'M32', 'X04', 'D08'],
  example: 'go: unknown environment setting GO111MODULE=strict',
  markers: [
    'GO111MODULE',
    'parsing $GOFLAGS',
    'unknown GOEXPERIMENT',
    'GOFIPS140',
    'unknown go command variable',
    '-insecure flag is no longer supported',
    '(from $GOPATH)',
  ],
  message: (message) => {
    const block = plain(message)
    const setting = /unknown environment setting (GO111MODULE)=([^\s]+)/.exec(block)
    if (setting !== null) {
      return diagnosis({
        message: `GO111MODULE=${clip(setting[2] ?? '', 60)} does not exist: it knows on, off and auto.`,
        fix: advice('Unset it; modules are the default since Go 1.16.', ['unset GO111MODULE', 'go env -u GO111MODULE']),
        key: 'GO111MODULE',
      })
    }
    if (
      block.includes('modules disabled by GO111MODULE=off') ||
      /cannot find package "[^"\n]+" in any of:[^\n]*\n[^\n]*\(from \$GOROOT\)/.test(block)
    ) {
      return diagnosis({
        confidence: block.includes('GO111MODULE=off') ? 'certain' : 'likely',
        message: block.includes('GO111MODULE=off')
          ? 'GO111MODULE=off switches modules off.'
          : 'Packages are looked for in GOPATH: GO111MODULE=off switches modules off (or this is a Go before 1.16 outside a module).',
        fix: advice('Unset it; modules are the default since Go 1.16.', ['unset GO111MODULE', 'go env -u GO111MODULE']),
        key: 'GO111MODULE',
      })
    }
    const [, kind, flag] = /parsing \$GOFLAGS: (unknown flag|non-flag) "?([^"\s]+)"?/.exec(block) ?? []
    if (flag !== undefined) {
      return diagnosis({
        message:
          kind === 'non-flag'
            ? `GOFLAGS holds ${clip(flag)}, which is no flag: each begins with -.`
            : `GOFLAGS holds ${clip(flag)}, a flag that this Go does not know.`,
        fix: advice(
          `Correct GOFLAGS where it is set${kind === 'non-flag' ? ` (perhaps -${clip(flag)})` : ''}, or unset it. A flag with a blank in its value cannot stand there.`,
          ['go env -u GOFLAGS'],
        ),
        key: 'GOFLAGS',
      })
    }
    if (block.includes('-insecure flag is no longer supported')) {
      return diagnosis({
        message: 'go get has no flag -insecure any more.',
        fix: advice(
          'Leave it out. For a host of your own network without https, name that host alone in GOINSECURE; checksums are still compared.',
          ['go env -w GOINSECURE=HOST'],
        ),
        key: '-insecure',
      })
    }
    const experiment = /unknown GOEXPERIMENT ([^\s]+)/.exec(block)?.[1]
    const fips = /((?:unknown|invalid) GOFIPS140[^\n]+)/.exec(block)?.[1]
    const variable = /unknown go command variable ([^\s]+)/.exec(block)?.[1]
    const name = experiment !== undefined ? 'GOEXPERIMENT' : fips !== undefined ? 'GOFIPS140' : variable
    if (name === undefined) return undefined
    return diagnosis({
      message:
        experiment !== undefined
          ? `This Go has no experiment ${clip(experiment)}: experiments come and go with releases.`
          : fips !== undefined
            ? `GOFIPS140 has a value that this Go does not know: ${clip(fips)}.`
            : `${clip(name)} is no setting of the go command.`,
      fix: advice(
        variable === undefined
          ? `Unset ${name}, or use a Go that knows the value.`
          : 'Correct the name; `go env` lists all settings.',
        variable === undefined ? [`go env -u ${name}`] : ['go env'],
      ),
      key: name,
    })
  },
}

export default rule
