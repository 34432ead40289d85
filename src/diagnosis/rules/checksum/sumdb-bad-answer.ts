import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { moduleIn, plain } from '../../rule-helpers/text.ts'
import { moduleLocations } from '../../rule-helpers/where.ts'

const fork = /go\.sum database server misbehavior detected|security error: misbehaving server/
const garbage =
  /downloaded inconsistent tile|cannot authenticate record data in server response|cannot validate record \d+ in tree of size|malformed record data|malformed tree note|malformed note|invalid transparency proof|checksum missing from sumdb response/

const rule: Rule = {
  id: 'sumdb-bad-answer',
  area: 'checksum',
  title: 'The checksum database gave an answer that does not verify',
  what: 'What came back from the checksum database is not a record that its signature and its log prove.',
  why: 'A login page, a broken mirror or a proxy answered in its place. When the signed log itself contradicts an earlier one, somebody shows different clients different histories.',
  fix: 'Find out who answers in place of the database (GOSUMDB, GOPROXY, a captive portal) and take it out of the way. Keep the output when the log contradicts itself.',
  classes: ['S03', 'S04', 'S05'],
  example: `go: example.com/lib@v1.0.0: verifying go.mod: example.com/lib@v1.0.0/go.mod: malformed record data`,
  markers: [
    'misbehav',
    'inconsistent tile',
    'cannot authenticate record',
    'cannot validate record',
    'malformed record data',
    'malformed tree note',
    'malformed note',
    'invalid transparency proof',
    'missing from sumdb response',
  ],
  message: async (message, { facts }) => {
    const block = plain(message)
    const forked = fork.test(block)
    if (!forked && !garbage.test(block)) return undefined
    const module = moduleIn(block, message)
    const env = await facts.goEnv()
    const setting = env?.GOSUMDB
    const about = module === undefined ? '' : ` for ${module.path}@${module.version}`
    return diagnosis({
      message: forked
        ? 'The checksum database showed a log that contradicts the one seen before: treat this as a security incident.'
        : `The answer of the checksum database${about} does not verify${setting === undefined || setting === 'sum.golang.org' ? '' : ` (GOSUMDB=${setting})`}; something else answers in its place.`,
      fix: advice(
        forked
          ? 'Stop and keep the whole output with its proof lines. Compare from another network; only when the stored state is known to be damaged, remove the folder pkg/sumdb under GOPATH.'
          : 'Open the address of the database from this machine and see who answers: correct GOSUMDB or the proxy that passes it on.',
      ),
      locations: await moduleLocations(module?.path, facts),
      module: module?.path,
      version: module?.version,
      key: forked ? 'fork' : 'garbage',
    })
  },
}

export default rule
