import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { aboutToolchain } from '../../rule-helpers/network.ts'
import { moduleIn, plain } from '../../rule-helpers/text.ts'
import { locate, moduleLocations, positionedLines } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'proxy-off',
  area: 'proxy',
  title: 'A module is needed and GOPROXY=off forbids to look for it',
  what: 'A module is not in the module cache, and GOPROXY=off (or an offline setting like it) forbids to download it.',
  why: 'The step is meant to run offline, but the module cache was not filled before, or a version in go.mod has to be looked up first, as a branch name has.',
  fix: 'Fill the module cache in an earlier step with `go mod download`, or name a reachable proxy (a folder works too: `file:///path`).',
  classes: ['P01'],
  example: 'go: example.com/lib@v1.0.0: module lookup disabled by GOPROXY=off',
  markers: ['module lookup disabled by GOPROXY=off', 'module lookup disabled by -mod'],
  message: async (message, { facts }) => {
    const block = plain(message)
    if (!block.includes('module lookup disabled by GOPROXY=off') || aboutToolchain(block)) return undefined
    const line = positionedLines(message).find((each) => each.text.startsWith('module lookup disabled'))
    const module = moduleIn(block, message)
    const pinned = line?.position !== undefined && /go\.(?:mod|work)$/.test(line.position.file)
    const own = await locate(facts, line?.position)
    return diagnosis({
      message: pinned
        ? `The version on line ${line.position.line} of ${own[0]?.file ?? line.position.file} is a branch or a query, which has to be looked up, and GOPROXY=off forbids it.`
        : `${module === undefined ? 'A module' : `${module.path}@${module.version}`} is not in the module cache, and GOPROXY=off forbids to download it.`,
      fix: pinned
        ? advice('Replace the query by the version it stands for, on a machine that may download.', [
            command('go', 'mod', 'tidy'),
          ])
        : advice('Fill the module cache before the offline step, or set GOPROXY to a proxy that the step may reach.', [
            command('go', 'mod', 'download'),
          ]),
      locations: own.length > 0 ? own : await moduleLocations(module?.path, facts),
      module: module?.path,
      version: module?.version,
      key: pinned ? `${own[0]?.line ?? 0}` : 'GOPROXY=off',
    })
  },
}

export default rule
