import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { gitCase } from '../../rule-helpers/git-case.ts'

const rule: Rule = {
  id: 'major-version-mismatch',
  area: 'git',
  title: 'The major version and the module path do not go together',
  what: 'From version 2 on a module path ends in /v2, /v3 and so on, in the module’s own go.mod and in every import; here path and version disagree.',
  why: 'The module was tagged v2 or higher without changing its module line, or it is required without the suffix that it has.',
  fix: 'Require the path with its suffix when the module has it; otherwise take the last version below 2, or a commit.',
  prevent: 'Change the module line to …/v2 in the commit that is tagged v2.0.0.',
  classes: ['G09', 'G10'],
  example:
    'go: github.com/acme/priv@v2.0.0+incompatible: invalid version: module contains a go.mod file, so module path must match major version ("github.com/acme/priv/v2")',
  markers: ['must match major version', 'module path "', 'go.mod has '],
  message: async (message, context) => {
    const found = await gitCase(message, context)
    const named = found.module
    const wanted = /so module path must match major version \("([^"\n]+)"\)/.exec(found.block)?.[1]
    if (wanted !== undefined) {
      const already = found.block.includes(`${wanted}@`) || found.block.includes(`${wanted}/`)
      const base = wanted.replace(/\/v\d+$/, '')
      return diagnosis({
        confidence: already ? 'certain' : 'likely',
        message: already
          ? `${wanted} does not exist: the repository is tagged ${named?.version ?? 'so'}, but its go.mod still says ${base}.`
          : `${found.name} has a go.mod file, so this version can only be required as ${wanted}${(named?.version ?? '').includes('incompatible') ? '; +incompatible is for repositories without go.mod' : ''}.`,
        fix: already
          ? advice(
              `Ask the authors for a tag whose go.mod says ${wanted}. Until then require the last version below 2, or a commit.`,
              [command('go', 'get', `${base}@latest`)],
            )
          : advice(
              `Import and require ${wanted}. If its go.mod does not say so (its authors forgot the suffix), take the last version below 2 of ${base}, or a commit.`,
              [command('go', 'get', `${wanted}@${(named?.version ?? 'latest').replace(/\+incompatible$/, '')}`)],
            ),
        locations: found.locations,
        module: named?.path,
        version: named?.version,
        key: wanted,
      })
    }
    const [, suffix, declared] =
      /go\.mod has (?:non-\.\.\.\/|post-)(v\d+) module path "([^"\n]+)"/.exec(found.block) ?? []
    if (suffix === undefined || declared === undefined) return undefined
    return diagnosis({
      message: `${found.name} is asked for, but its go.mod says ${declared}.`,
      fix: advice(
        `Require ${declared} under the path that its go.mod declares, or ask the authors for a tag whose go.mod says …/${suffix}.`,
        [command('go', 'get', `${declared}@latest`)],
      ),
      locations: found.locations,
      module: named?.path,
      version: named?.version,
      key: `${found.name} ${declared}`,
    })
  },
}

export default rule
