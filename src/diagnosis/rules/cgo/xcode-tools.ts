import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'xcode-tools',
  area: 'cgo',
  title: 'The command line tools of Xcode are missing or not set up',
  what: 'On macOS the C compiler, the linker and git are only links to Xcode’s command line tools, and those are not there or wait for something.',
  why: 'They disappear with an update of macOS, were never installed, point to an Xcode that was removed, or its license was not accepted.',
  fix: 'Install them anew: xcode-select --install. Without cgo (CGO_ENABLED=0) only git needs them.',
  classes: [],
  example:
    'xcrun: error: invalid active developer path (/Library/Developer/CommandLineTools), missing xcrun at: /Library/Developer/CommandLineTools/usr/bin/xcrun',
  markers: [
    'invalid active developer path',
    'Xcode license',
    'Xcode/iOS license',
    'no developer tools were found',
    'xcode-select: ',
    'unable to find a valid SDK',
    'no such sysroot directory',
  ],
  message: (message) => {
    const block = plain(message)
    const license = /(?:agree|agreed) to the Xcode(?:\/iOS)? license|Xcode license agreements?/.test(block)
    const sdk = /no such sysroot directory: '?([^'\n]{1,200})/.exec(block)?.[1]
    if (
      !license &&
      sdk === undefined &&
      !/invalid active developer path|xcode-select: (?:note: no developer tools|error: )|no developer tools were found/.test(
        block,
      )
    )
      return undefined
    if (block.includes('requires Xcode, but')) return undefined
    return diagnosis({
      confidence: sdk === undefined ? 'certain' : 'likely',
      message: license
        ? 'The license of Xcode was not accepted on this machine, so its compiler and git refuse to work.'
        : sdk === undefined
          ? 'The command line tools of Xcode are not installed, or were removed by an update of macOS.'
          : `The SDK ${sdk} is gone: most likely Xcode was updated, and SDKROOT or the build cache still name the old one.`,
      fix: license
        ? advice('Accept it.', ['sudo xcodebuild -license accept'])
        : advice('Install them anew, and unset SDKROOT.', ['xcode-select --install', 'go clean -cache']),
      key: license ? 'license' : sdk === undefined ? 'tools' : 'sdk',
    })
  },
}

export default rule
