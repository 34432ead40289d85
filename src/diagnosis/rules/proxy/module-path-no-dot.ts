import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { messageLocations, moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'module-path-no-dot',
  area: 'proxy',
  title: 'A module path without a dot cannot be downloaded',
  what: 'A path whose first element has no dot is no host name, so the go command cannot download it; such paths are reserved for the standard library and for code at hand.',
  why: 'The module is local code that this checkout lacks (a replace line or workspace that was not committed), or the import misses the module path before it.',
  fix: 'Bring the code in with a `replace` line or a workspace, or write the whole path.',
  classes: ['P21'],
  example: 'go: corp/util@v1.0.0: unrecognized import path "corp/util": import path does not begin with hostname',
  markers: ['missing dot in first path', 'import path does not begin with hostname'],
  message: async (message, { facts }) => {
    const block = plain(message)
    const path =
      /malformed module path "([^"\n]+)": missing dot/.exec(block)?.[1] ??
      /unrecognized import path "([^"\n]+)": import path does not begin with hostname/.exec(block)?.[1]
    if (path === undefined) return undefined
    const own = await messageLocations(message, facts)
    const main = (await facts.goMod())?.content.module?.value
    // The go command says “cannot load” of a package of a module that it has, and in which it found no such package.
    const replaced = block.includes('cannot load ')
    return diagnosis({
      message: `${path} is no path that can be downloaded: ${path.split('/')[0] ?? path} is not a host name.`,
      fix: advice(
        `If it is a package of this module, import it as ${main ?? 'the module path'}/${path}. If it is another module on disk, add a replace line for it (or a go.work) and commit both${replaced ? '; where that line is there already, the folder it names holds no Go files: in a container, copy it into the image (it must lie in the build context)' : ''}.`,
        [command('go', 'mod', 'edit', `-replace=${path}=../${path.split('/').pop() ?? path}`)],
      ),
      locations: own.length > 0 ? own : await moduleLocations(path, facts),
      module: path,
      key: path,
    })
  },
}

export default rule
