import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { installLibrary } from '../../rule-helpers/native-packages.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'pkg-config',
  area: 'cgo',
  title: 'pkg-config is missing, or does not know a library',
  what: 'A package asks pkg-config where a C library is (`#cgo pkg-config:`), and pkg-config is not installed or has no entry of the library.',
  why: 'The program or the development package of the library is not installed in this image, or its .pc file lies where PKG_CONFIG_PATH does not point.',
  fix: 'Install both, in the same container that runs the build.',
  classes: ['C11'],
  example: `# example.com/app
# [pkg-config --cflags  -- nosuchlib]
Package nosuchlib was not found in the pkg-config search path.
Perhaps you should add the directory containing \`nosuchlib.pc'
to the PKG_CONFIG_PATH environment variable
Package 'nosuchlib', required by 'virtual:world', not found`,
  markers: ['pkg-config', 'pkgconf', 'Package '],
  message: (message, { command: run }) => {
    const block = plain(message)
    const program = /exec: "([^"\n]*pkg-?conf(?:ig)?[^"\n]*)": executable file not found/.exec(block)?.[1]
    if (program !== undefined) {
      return diagnosis({
        message: `${program} is not installed here, and ${message.package ?? 'a package'} needs it to find a C library.`,
        fix: advice('Install it in the image that runs the build.', [
          'apt-get install -y pkg-config  # Debian, Ubuntu',
          'apk add pkgconf  # Alpine',
        ]),
        package: message.package,
        key: 'program',
      })
    }
    const library =
      /Package '?([^\s',]+)'? was not found in the pkg-config search path/.exec(block)?.[1] ??
      /Package '([^']+)', required by '[^']*', not found/.exec(block)?.[1] ??
      /No package '([^']+)' found/.exec(block)?.[1]
    if (library !== undefined) {
      return diagnosis({
        message: `pkg-config does not know ${library}${message.package === undefined ? '' : `, which ${message.package} needs`}.`,
        fix: advice(
          `Install the development package that holds ${library}.pc, or add its folder to PKG_CONFIG_PATH.`,
          installLibrary(library.replace(/^lib/, '')),
        ),
        package: message.package,
        key: library,
      })
    }
    if (/^pkg-?conf(?:ig)?: exit status/.test(block) && run.messages.length > 1) return 'consequence'
    return undefined
  },
}

export default rule
