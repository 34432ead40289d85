import type { Diagnosis, Extent, Parts, Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { chainText, dependencyFix, whyInBuild } from '../../rule-helpers/dependency.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { cgoOf, chainOf, exclusionOf, importerOf, isStandard, portOf } from '../../rule-helpers/excluded.ts'
import { extentHere, onPorts, partOf, portTitle, typedPort } from '../../rule-helpers/extent.ts'
import { enumerate, splitModule } from '../../rule-helpers/text.ts'
import { packageExperiment, packageSince } from '../../rule-helpers/std-packages.ts'
import { importLocations, messageLocations, moduleLocations } from '../../rule-helpers/where.ts'

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
    const importer = importerOf(message, found)
    const stack = chainOf(message, found)
    const by = found.module ?? message.module
    const parts = {
      packages: [name],
      kinds: [isStandard(found) ? 'standard' : found.reason],
      files: found.files,
      importers: importer === undefined ? [] : [importer],
      modules: by === undefined ? [] : [`${by.path}@${by.version}`],
      // Two packages are told by the words for the importer.
      chains: stack.length < 3 ? [] : [chainText(stack)],
      ...typedPort(context),
      systems: goos === undefined ? [] : [goos],
    }
    const own = await messageLocations({ ...message, ...(by === undefined ? {} : { module: by }) }, context.facts)
    return diagnosis({
      ...wording(parts, extentHere(context)),
      confidence: isStandard(found) || found.reason !== 'unknown' ? 'certain' : goos === undefined ? 'guess' : 'likely',
      locations: [
        ...own,
        ...(await moduleLocations(by?.path ?? found.package, context.facts)),
        ...(own.length > 0 ? [] : await importLocations(message, context.facts)),
      ],
      module: by?.path,
      version: by?.version,
      package: name,
      parts,
      key: name,
    })
  },
  merge: (parts, extent) => wording(parts, extent),
}

function wording(parts: Parts, extent: Extent): Pick<Diagnosis, 'title' | 'message' | 'why' | 'fix'> {
  const { importers = [], files = [] } = parts
  const name = partOf(parts, 'packages') ?? 'the package'
  const on = onPorts(extent)
  const imported =
    importers.length === 0 ? '' : `; ${enumerate(importers, 3)} ${importers.length > 1 ? 'import' : 'imports'} it`
  const reach = whyInBuild(parts, rule.why)
  switch (partOf(parts, 'kinds')) {
    case 'standard': {
      const js = name === 'syscall/js'
      return {
        title: `${name} does not exist on ${portTitle(extent)}`,
        message: `${name} of the standard library does not exist${on || ' on this port'}${js ? ' (only on js/wasm)' : ''}${imported}.`,
        ...reach,
        fix: advice(
          `Import ${name} only from files that are built where it exists${js ? ' (//go:build js && wasm)' : ''}; a very new package may also need a newer Go.`,
        ),
      }
    }
    case 'tag':
      return {
        title: `Every file of ${name} asks for a build tag`,
        message: `Every file of ${name} asks for a build tag that is not set: ${enumerate(files, 3)}${imported}.`,
        ...reach,
        fix: advice('Set the tag with -tags, or add a file for builds without it.'),
      }
    case 'port': {
      const module = partOf(parts, 'modules')
      return {
        title: `${name} has no file for ${portTitle(extent)}`,
        message: `${name} has no file${on || ' for this port'}: ${enumerate(files, 3)}${imported}.`,
        ...reach,
        fix:
          module !== undefined
            ? dependencyFix(splitModule(module).path, extent)
            : advice(
                `Import ${name} only from files with the same constraint, or add a file for the other ports (//go:build with the constraint turned round).`,
              ),
      }
    }
    default: {
      const known = (parts.systems ?? []).length > 0
      return {
        message: `Every Go file of ${name} is left out${on}. Likeliest first: its files are for other systems${known ? '; they import "C", and cgo is off when building for another machine' : '; they ask for a build tag'}${imported}.`,
        ...reach,
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
      }
    }
  }
}

export default rule
