import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'swig-missing',
  area: 'cgo',
  title: 'SWIG is needed and not installed',
  what: 'A package holds .swig or .swigcxx files, which the go command hands to the program swig.',
  why: 'swig is not on PATH.',
  fix: 'Install it, or keep such files out of the folder of the package.',
  classes: ['C21'],
  example: 'example.com/app: exec: "swig": executable file not found in $PATH',
  markers: ['exec: "swig"'],
  message: (message) =>
    /exec: "swig(?:\.exe)?": executable file not found/.test(plain(message))
      ? diagnosis({
          message: `${message.package ?? 'A package'} holds SWIG files, and swig is not installed here.`,
          fix: advice('Install it in the image that runs the build.', [
            'apt-get install -y swig  # Debian, Ubuntu',
            'apk add swig  # Alpine',
          ]),
          package: message.package,
          key: 'swig',
        })
      : undefined,
}

export default rule
