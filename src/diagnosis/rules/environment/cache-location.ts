import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'cache-location',
  area: 'environment',
  title: 'The go command does not know where its caches are',
  what: 'Neither GOCACHE or GOMODCACHE nor HOME says where the caches are; or GOCACHE is relative or off.',
  why: 'A service, a cron job or a minimal container runs without HOME. Since Go 1.12 no build works without the build cache.',
  fix: 'Set HOME, or GOCACHE and GOMODCACHE to absolute paths.',
  classes: ['D04', 'D05'],
  example:
    'build cache is required, but could not be located: GOCACHE is not defined and neither $XDG_CACHE_HOME nor $HOME are defined',
  markers: ['build cache is ', 'module cache not found'],
  message: (message) => {
    const block = plain(message)
    const off = block.includes('build cache is disabled by GOCACHE=off')
    const relative = block.includes('GOCACHE is not an absolute path')
    const unknown = block.includes('build cache is required, but could not be located')
    const modules = block.includes('module cache not found: neither GOMODCACHE nor GOPATH is set')
    if (!off && !unknown && !modules) return undefined
    return diagnosis({
      message: off
        ? 'GOCACHE=off, and since Go 1.12 no build works without the build cache.'
        : relative
          ? 'GOCACHE is a relative path, and the go command wants an absolute one.'
          : `There is no HOME and no ${modules ? 'GOMODCACHE or GOPATH' : 'GOCACHE'}, so the go command does not know where its ${modules ? 'module' : 'build'} cache is.`,
      fix: advice(
        off || relative
          ? 'Unset GOCACHE, or set it to an absolute path.'
          : 'Set HOME for this step, or name the folders.',
        off || relative ? ['go env -u GOCACHE'] : ['export GOCACHE=/tmp/go-cache GOMODCACHE=/tmp/go-mod'],
      ),
      key: modules ? 'GOMODCACHE' : 'GOCACHE',
    })
  },
}

export default rule
