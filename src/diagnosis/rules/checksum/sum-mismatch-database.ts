import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, moduleIn, plain } from '../../rule-helpers/text.ts'
import { moduleLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'sum-mismatch-database',
  area: 'checksum',
  title: 'A module is not the one that the checksum database records',
  what: 'The hash of a downloaded module differs from the one in the checksum database, which keeps the first hash that was ever published of each version.',
  why: 'The tag was moved after its first publication, or the proxy serves other bytes.',
  fix: 'Use a version that was not tagged twice, or a proxy that serves the first content. Do not switch the database off.',
  prevent: 'Never move a published tag; publish a new patch version and retract the bad one.',
  classes: ['S02'],
  example: `go: example.com/lib@v1.0.0: verifying module: checksum mismatch
	downloaded: h1:MWrsb+MdYGFVoVAWThwosSi5u4gGoooaXj08PPMUDbw=
	sum.test: h1:8bFSgm62HmIvYoywbNSFYOa9ZQB3oLVCIP+iNmhXVYg=`,
  markers: ['checksum mismatch'],
  message: async (message, { facts }) => {
    const block = plain(message)
    const found =
      /verifying (module|go\.mod): checksum mismatch\s+downloaded: +(h1:[^\s]+)\s+([^\s:]+): +(h1:[^\s]+)/.exec(block)
    const [, file, downloaded, database, official] = found ?? []
    if (downloaded === undefined || database === undefined || official === undefined) return undefined
    const module = moduleIn(block, message)
    const name = module === undefined ? 'a module' : `${module.path}@${module.version}`
    const env = await facts.goEnv()
    const direct = env !== undefined && /^direct\b/.test(env.GOPROXY ?? '')
    return diagnosis({
      confidence: 'likely',
      message: `${file === 'go.mod' ? `The go.mod of ${name}` : name} was downloaded as ${downloaded}, but ${clip(database)} recorded ${official} when it was first published: ${direct ? 'the tag was moved in its repository' : 'the tag was moved, or the proxy serves other bytes'}.`,
      fix: advice(
        direct
          ? `Take the first content from a module proxy instead of the repository (GOPROXY without a leading direct), or move to a version that was tagged once.`
          : `Compare with the other versions and require one that was tagged once; if every client of this proxy sees the difference and others do not, the proxy is at fault: change GOPROXY and clear the module cache.`,
        module === undefined
          ? []
          : [command('go', 'list', '-m', '-versions', module.path), command('go', 'get', `${module.path}@latest`)],
      ),
      locations: await moduleLocations(module?.path, facts),
      module: module?.path,
      version: module?.version,
      key: `${name} ${file ?? ''}`,
    })
  },
}

export default rule
