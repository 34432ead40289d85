import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const signature =
  /Code Signature Invalid|code signature (?:in \S{1,300} )?(?:is )?(?:not valid|invalid)|CODESIGNING|code object is not signed at all|invalid signature \(code or signature have been modified\)|main executable failed strict validation|code signing blocked|not valid for use in process|Taskgated Invalid Signature|cs_invalid_page|load code signature error/i
const quarantine =
  /com\.apple\.quarantine|developer cannot be verified|(?:cannot|can[’']t) be opened because (?:the developer|Apple cannot)|is damaged and can[’']t be opened|could not verify [^\n]{1,200} is free of malware|unidentified developer/
const killed =
  /^Killed: 9$|^zsh: killed {1,10}(\S{1,300})|^\[\d{1,4}\] {1,10}\d{1,9} killed {1,20}(\S{1,300})|(?:^|: )(\S{1,300}): Killed: 9$|\] Killed: 9$|line \d{1,6}: {1,4}\d{1,9} Killed: 9 {1,40}(\S{1,300})/
const building = /^(?:go|make|docker|npm|brew|compile|link|clang)$/

const rule: Rule = {
  id: 'macos-code-signature',
  area: 'port',
  title: 'macOS ends the program because of its code signature',
  what: 'A program is killed at its start (“Killed: 9”, “Code Signature Invalid”), or macOS refuses to open it.',
  why: 'Apple Silicon runs only signed programs. The linker of Go and of Xcode signs what it makes; upx, strip, appending data, or writing over a program in place make the signature invalid. What a browser downloaded is in quarantine until it is notarized or released.',
  fix: 'Do not change a program after linking, or sign it again; put a new file in place instead of writing over the old one.',
  classes: [],
  example: `$ ./app
Killed: 9`,
  markers: [
    'Killed: 9',
    'killed',
    'ode Signature Invalid',
    'ode signature',
    'CODESIGNING',
    'not signed at all',
    'invalid signature',
    'strict validation',
    'code signing blocked',
    'quarantine',
    'developer cannot be verified',
    'cannot be opened because',
    'be opened',
    'free of malware',
    'unidentified developer',
  ],
  message: (message, { command: run }) => {
    if (['go', 'compile', 'cc', 'test'].includes(message.printer)) return undefined
    const block = plain(message)
    const says = signature.test(block)
    const held = quarantine.test(block)
    const kill = killed.exec(block)
    if (!says && !held && kill === null) return undefined
    const name = kill?.slice(1).find((part) => part !== undefined)
    if (!says && !held && (building.test(name ?? '') || run.timedOut)) return undefined
    const program = name ?? /(?:“|")([^”"\n]{1,100})(?:”|") (?:cannot|is damaged)/.exec(block)?.[1]
    const who = program === undefined ? 'the program' : clip(program)
    return diagnosis({
      confidence: says || held ? 'certain' : 'likely',
      message: held
        ? `macOS holds ${who} in quarantine: it was downloaded and is not notarized.`
        : says
          ? `macOS ended ${who} because its code signature is invalid: it was changed after linking (upx, strip, written over in place), or never signed.`
          : `${who} was killed at its start. On macOS most likely its code signature is invalid: it was changed after linking (upx, strip, written over in place) or never signed. Lack of memory is the other cause.`,
      fix: advice(
        held
          ? 'If you trust where it comes from, take the mark off this one file; who releases it should sign and notarize it. A program that go install builds is never held.'
          : 'Remove the file and install it anew (never copy over a program that has been run); do not pack Apple Silicon programs with upx. An ad-hoc signature makes it valid again.',
        held
          ? [command('xattr', '-d', 'com.apple.quarantine', program ?? './PROGRAM')]
          : ['codesign --verify --verbose ./PROGRAM', 'codesign --force --sign - ./PROGRAM'],
      ),
      // A shell and the crash report speak of one end of one program.
      key: held ? 'quarantine' : 'signature',
    })
  },
}

export default rule
