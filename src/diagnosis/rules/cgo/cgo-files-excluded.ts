import type { Diagnosis, Extent, Parts, Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { insteadOf } from '../../rule-helpers/cgo-hidden.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { cgoOf, exclusionOf, importerOf, isStandard, portOf } from '../../rule-helpers/excluded.ts'
import { extentHere, onPorts, partOf, typedPort } from '../../rule-helpers/extent.ts'
import { enumerate } from '../../rule-helpers/text.ts'
import { importLocations, messageLocations, moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'cgo-files-excluded',
  area: 'cgo',
  title: 'A package consists of cgo files alone, and cgo is off',
  what: 'Every Go file of a package imports "C", and with CGO_ENABLED=0 such files are left out: nothing remains of the package.',
  why: 'cgo is off when CGO_ENABLED=0 is set, when GOOS or GOARCH name another machine than this one, or when no C compiler is found (Go 1.20 and later). No C library is missing: no C is compiled at all.',
  fix: 'Build with CGO_ENABLED=1 and a C compiler for the target, or use a package without cgo.',
  classes: ['C01'],
  example: `package example.com/app
	imports example.com/app/native: build constraints exclude all Go files in /src/app/native`,
  markers: ['build constraints exclude all Go files'],
  message: async (message, context) => {
    const found = await exclusionOf(message, context)
    if (found === undefined) return undefined
    const { goos, goarch } = portOf(context)
    const cgo = await cgoOf(context)
    const certain = found.reason === 'cgo'
    // Without a look at the files cgo is the likelier cause where nothing names another port and nothing says that it is on.
    const bare = found.reason === 'unknown' && cgo !== true && goos === undefined && goarch === undefined
    if (!certain && (!bare || isStandard(found))) return undefined
    const name = found.package === '' ? found.dir : found.package
    const importer = importerOf(message, found)
    const own = await messageLocations(message, context.facts)
    const imported = importer === undefined ? '' : `; ${importer} imports it`
    const shared = {
      locations:
        own.length > 0
          ? own
          : [
              ...(await importLocations(message, context.facts)),
              ...(await moduleLocations(found.package, context.facts)),
            ],
      package: name,
      key: name,
    }
    const look = `CGO_ENABLED=1 ${command('go', 'list', '-e', '-f', '{{.GoFiles}} cgo: {{.CgoFiles}} ignored: {{.IgnoredGoFiles}}', name)}`
    if (!certain && cgo === undefined) {
      return diagnosis({
        ...shared,
        confidence: 'guess',
        message: `Every Go file of ${name} is left out. Likeliest first: its files import "C" and cgo is off; they are for another system; they ask for a build tag${imported}.`,
        fix: advice(
          'Ask which: a package that is listed with cgo on needs cgo (CGO_ENABLED=1 and a C compiler); one that is not is for another system or tag.',
          [look],
        ),
      })
    }
    const parts = {
      packages: [name],
      files: found.files,
      importers: importer === undefined ? [] : [importer],
      ...typedPort(context),
    }
    return diagnosis({
      ...shared,
      ...wording(parts, extentHere(context)),
      confidence: certain ? 'certain' : 'likely',
      fix: advice(
        `Build with cgo on and a C compiler for the target; or use a package that needs no cgo.${insteadOf(name)}`,
        [
          `CGO_ENABLED=1 ${goos === undefined ? '' : `CC=<C compiler for ${[goos, goarch].filter((part) => part !== undefined).join('/')}> `}go build ./...`,
        ],
      ),
      parts,
    })
  },
  merge: (parts, extent) => wording(parts, extent),
}

function wording(parts: Parts, extent: Extent): Pick<Diagnosis, 'title' | 'message'> {
  const { files = [], importers = [] } = parts
  const name = partOf(parts, 'packages') ?? 'the package'
  const imported =
    importers.length === 0 ? '' : `; ${enumerate(importers, 3)} ${importers.length > 1 ? 'import' : 'imports'} it`
  return {
    title: `Nothing is left of ${name} without cgo`,
    message: `${name} has only files that import "C"${files.length === 0 ? '' : `, ${enumerate(files, 3)}`}, and cgo is off${onPorts(extent)}, so nothing is left of it${imported}.`,
  }
}

export default rule
