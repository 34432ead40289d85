import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { gitCase } from '../../rule-helpers/git-case.ts'
import { networkFault } from '../../rule-helpers/network.ts'

const rule: Rule = {
  id: 'git-revision-unknown',
  area: 'git',
  title: 'A version does not exist in the repository',
  what: 'The repository of a module has no such tag, branch or commit, or no version that fits the query.',
  why: 'The tag was deleted, never pushed, or lacks its `v` (1.2.0 is no version, v1.2.0 is); a commit was force-pushed away; the module lies in a subfolder, whose tags need the folder as a prefix (`sub/v1.2.0`).',
  fix: 'List the versions that exist and require one of them.',
  prevent: 'Push tags before you require them, and never delete a published one.',
  classes: ['G01', 'M14'],
  example:
    'go: github.com/acme/priv@v1.9.0: reading github.com/acme/priv/go.mod at revision v1.9.0: unknown revision v1.9.0',
  markers: ['unknown revision', 'no matching versions for query', 'unknown commit'],
  message: async (message, context) => {
    const found = await gitCase(message, context)
    if (networkFault(found.block)?.status !== undefined || /^\s*fatal: /m.test(found.block)) return undefined
    const revision = /unknown revision ([^\s"]+)/.exec(found.block)?.[1]
    const query = /no matching versions for query "([^"\n]*)"/.exec(found.block)?.[1]
    const wanted = revision ?? query
    if (wanted === undefined) return undefined
    const path = found.module?.path ?? /([^\s@:]+\.[^\s@:]+)@[^\s:]+: no matching versions/.exec(found.block)?.[1]
    const isTag = /^v?\d+(?:\.\d+)*/.test(wanted)
    return diagnosis({
      message: `${path ?? 'The module'} has no ${query !== undefined ? `version that fits ${query}` : isTag ? `version ${wanted}` : `revision ${wanted}`}.`,
      fix: advice(
        isTag
          ? 'List the versions that exist and require one of them. If the release was tagged without its v, ask for a tag with it, or require the commit.'
          : 'Require a version or a commit that still exists; a commit that was force-pushed away cannot be fetched from the repository (a module proxy may still have it).',
        path === undefined
          ? []
          : [command('go', 'list', '-m', '-versions', path), command('go', 'get', `${path}@latest`)],
      ),
      locations: found.locations,
      module: path,
      version: found.module?.version,
      key: `${path ?? ''} ${wanted}`,
    })
  },
}

export default rule
