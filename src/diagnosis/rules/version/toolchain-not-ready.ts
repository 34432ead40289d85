import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'

const rule: Rule = {
  id: 'toolchain-not-ready',
  area: 'version',
  title: 'The Go that is asked for cannot be had',
  what: 'No source serves the Go version that the inputs or the go lines ask for, or what a source served did not verify. Nothing was checked.',
  why: 'The version does not exist, the machine reaches neither the download server nor a module proxy, or a mirror serves something else than was published.',
  fix: 'Correct the version, let the machine reach a source (`go-download-base-url`, GOPROXY), or install Go before this step.',
  classes: ['V03'],
  example: `No source serves Go 1.99.0 for linux/amd64 (go-version: 1.99.0):
  - the tool cache: no Go 1.99.0 for linux/amd64
  - PATH: there is no Go on PATH`,
  observe: {
    'broken-probe': ({ probe, error }) => {
      if (probe !== 'toolchain') return []
      const unverified = !error.startsWith('No source serves')
      return [
        diagnosis({
          message: error.split('\n')[0] ?? error,
          fix: unverified
            ? advice(
                'Do not use what that source serves. Name another one (go-download-base-url, GOPROXY), and tell its operators.',
              )
            : advice('Correct the version, let this machine reach one of the sources, or install Go before this step.'),
          key: 'toolchain',
          excerpt: error,
        }),
      ]
    },
  },
}

export default rule
