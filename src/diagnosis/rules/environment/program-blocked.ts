import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const virus =
  /contains a virus or potentially unwanted software|ERROR_VIRUS_INFECTED|contient un virus|einen Virus oder (?:möglicherweise|potenziell)|enthält einen Virus|contiene un virus/
const policy =
  /blocked by (?:group policy|your (?:system )?administrator|your organization)|Application Control policy has blocked|This app has been blocked|Windows Defender (?:Application Control|SmartScreen)|durch eine Gruppenrichtlinie/

// Without a reason given; of a program that Go has just made.
const denied =
  /(?:fork\/exec|open|remove|rename) [A-Za-z]:[^\n:]{1,400}(?:go-build\d|go-link-|[\\/]Temp[\\/])[^\n:]{0,300}\.exe: Access is denied/

const rule: Rule = {
  id: 'program-blocked',
  area: 'environment',
  title: 'A virus scanner or policy blocks what Go has built',
  what: 'Windows refuses to open or start a program that the go command has just built.',
  why: 'Fresh, unsigned programs in the temporary folder look suspicious to virus scanners, Go programs more often than others; company policies forbid to run programs from there at all.',
  fix: 'Exclude the folders of the build from scanning, or build into a folder that is allowed; report the false alarm.',
  classes: [],
  example:
    'open C:\\Users\\dev\\AppData\\Local\\Temp\\go-build1\\b001\\exe\\a.out.exe: Operation did not complete successfully because the file contains a virus or potentially unwanted software.',
  markers: [
    'virus',
    'Virus',
    'ERROR_VIRUS_INFECTED',
    'blocked by',
    'has blocked',
    'been blocked',
    'Windows Defender',
    '.exe: Access is denied',
    'Gruppenrichtlinie',
  ],
  message: (message) => {
    const block = plain(message)
    const infected = virus.test(block)
    const silent = denied.test(block)
    if (!infected && !silent && !policy.test(block)) return undefined
    const file = /(?:open|fork\/exec|remove|rename) ([A-Za-z]:[^\n:]{1,400}?\.\w{1,5})[: ]/.exec(block)?.[1]
    const own = file === undefined || /go-build\d|go-link-|\.test\.exe$|a\.out\.exe$/.test(file)
    return diagnosis({
      confidence: silent ? 'guess' : infected && own ? 'certain' : 'likely',
      message: `${silent ? 'Most likely a virus scanner or a policy of this machine' : infected ? 'The virus scanner' : 'A policy of this machine'} blocks ${file ?? 'a program'}${own ? ', which the go command has just built' : ''}.`,
      fix: advice(
        infected || silent
          ? 'If you trust the source (look at new dependencies first), exclude the folder of the build from scanning: set GOTMPDIR to a folder of its own and exclude only that, and report the false alarm to the maker of the scanner. Do not switch the scanner off.'
          : 'Ask for a folder from which programs may be run, and let GOTMPDIR name it.',
        ['go env -w GOTMPDIR=C:\\go-tmp'],
      ),
      key: infected ? 'virus' : 'policy',
    })
  },
}

export default rule
