import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { aboutToolchain } from '../../rule-helpers/network.ts'
import { clip, plain } from '../../rule-helpers/text.ts'
import { goModDirective } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'toolchain-unverified',
  area: 'version',
  title: 'A fetched Go cannot be verified',
  what: 'The go command wanted to fetch a newer Go and could not check it against the checksum database.',
  why: 'The database is switched off (GOSUMDB=off) or cannot be reached. The go command never runs a Go that it could not verify; go.sum and GONOSUMDB have no say in it.',
  fix: 'Let the checksum database be asked, or install that Go beforehand.',
  since: '1.21',
  classes: ['V08'],
  example:
    'go: download go1.99.1: golang.org/toolchain@v0.0.1-go1.99.1.linux-amd64: verifying module: checksum database disabled by GOSUMDB=off',
  markers: ['golang.org/toolchain@', 'download go1'],
  message: async (message, { facts }) => {
    const block = plain(message)
    if (!aboutToolchain(block)) return undefined
    const name = /download (go\d[^\s:]*)/.exec(block)?.[1]
    const off = block.includes('checksum database disabled by GOSUMDB=off')
    const failed = /verifying module: ([^\n]+)/.exec(block)?.[1]
    if (name === undefined || failed === undefined) return undefined
    return diagnosis({
      message: `${name} was fetched and cannot be verified: ${off ? 'GOSUMDB=off switches the checksum database off' : clip(failed)}.`,
      fix: advice(
        off
          ? `Unset GOSUMDB (use GOPRIVATE for private modules instead), or install ${name} beforehand and set GOTOOLCHAIN=local.`
          : `Make the checksum database reachable, or install ${name} beforehand and set GOTOOLCHAIN=local.`,
        off ? ['go env -u GOSUMDB'] : [],
      ),
      locations: await goModDirective(facts, 'go'),
      key: name,
    })
  },
}

export default rule
