import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { cgoOf, exclusionOf, importerOf, isStandard, onPort, portOf } from '../../rule-helpers/excluded.ts'
import { enumerate } from '../../rule-helpers/text.ts'
import { packageExperiment, packageSince } from '../../rule-helpers/std-packages.ts'
import { messageLocations, moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'port-files-excluded',
  area: 'port',
  title: 'A package has no file for this port',
  what: 'The build constraints (`//go:build` lines and names such as x_linux.go) leave out every Go file of a package on this port.',
  why: 'The package is written for other systems only, and something imports it unconditionally. A custom build tag that is not set does the same.',
  fix: 'Import the package only from files with the same constraint, add a file for the other ports, or do not build for this port.',
  classes: ['C01'],
  example: `package example.com/app
	imports syscall/js: build constraints exclude all Go files in /usr/local/go/src/syscall/js`,
  markers: ['build constraints exclude all Go files'],
  message: async (message, context) => {
    const found = await exclusionOf(message, context)
    if (found === undefined || found.reason === 'cgo') return undefined
    // Too new for this Go, or an experiment of it: the rule std-package-missing knows which.
    if (isStandard(found) && (packageSince[found.package] ?? packageExperiment[found.package]) !== undefined)
      return undefined
    const { goos, goarch } = portOf(context)
    const bare =
      found.reason === 'unknown' && (await cgoOf(context)) !== true && goos === undefined && goarch === undefined
    if (bare && !isStandard(found)) return undefined
    const name = found.package === '' ? found.dir || 'the package' : found.package
    const importer = importerOf(message)
    const own = await messageLocations(message, context.facts)
    const shared = {
      locations: own.length > 0 ? own : await moduleLocations(found.package, context.facts),
      package: name,
      key: name,
    }
    const on = onPort(context)
    const imported = importer === undefined ? '' : `; ${importer} imports it`
    if (isStandard(found)) {
      return diagnosis({
        ...shared,
        message: `${name} of the standard library does not exist${on === '' ? ' on this port' : on}${found.package === 'syscall/js' ? ' (only on js/wasm)' : ''}${imported}.`,
        fix: advice(
          `Import ${name} only from files that are built where it exists${found.package === 'syscall/js' ? ' (//go:build js && wasm)' : ''}; a very new package may also need a newer Go.`,
        ),
      })
    }
    if (found.reason === 'tag') {
      return diagnosis({
        ...shared,
        message: `Every file of ${name} asks for a build tag that is not set: ${enumerate(found.files, 3)}${imported}.`,
        fix: advice('Set the tag with -tags, or add a file for builds without it.'),
      })
    }
    if (found.reason === 'port') {
      return diagnosis({
        ...shared,
        message: `${name} has no file${on === '' ? ' for this port' : on}: ${enumerate(found.files, 3)}${imported}.`,
        fix: advice(
          `Import ${name} only from files with the same constraint, or add a file for the other ports (//go:build with the constraint turned round).`,
        ),
      })
    }
    return diagnosis({
      ...shared,
      confidence: goos === undefined ? 'guess' : 'likely',
      message: `Every Go file of ${name} is left out${on}. Likeliest first: its files are for other systems${goos === undefined ? '; they ask for a build tag' : '; they import "C", and cgo is off when building for another machine'}${imported}.`,
      fix: advice(
        'Ask which: a package that is listed with cgo on needs cgo; one that is not is for another system or tag.',
        [
          command(
            'CGO_ENABLED=1',
            'go',
            'list',
            '-e',
            '-f',
            '{{.GoFiles}} cgo: {{.CgoFiles}} ignored: {{.IgnoredGoFiles}}',
            name,
          ).replace("'CGO_ENABLED=1'", 'CGO_ENABLED=1'),
        ],
      ),
    })
  },
}

export default rule
