import type { PlatformToolsObservation } from '../../../domain/platform-observation.ts'
import { formatTarget } from '../../../domain/port.ts'
import type { Diagnosis, Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { enumerate } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'phone-linker',
  area: 'port',
  title: 'Programs for Android and iOS are linked by the tools of the platform',
  what: 'The targets name android or ios, and the module has main packages: these are linked with the Android NDK or with Xcode, and with cgo.',
  why: 'Go has no linker of its own for programs of android/386, android/amd64, android/arm and ios (android/arm64 links alone while cgo is off). Packages that are no programs compile everywhere without any of it; only the programs need the tools.',
  fix: 'Android: a machine with the NDK (GitHub’s ubuntu runners have it), CGO_ENABLED=1 and CC naming its clang for the target. iOS: a macOS runner with Xcode, CGO_ENABLED=1 and CC=$(go env GOROOT)/misc/ios/clangwrap.sh.',
  classes: [],
  example: 'android/amd64 requires external (cgo) linking, but cgo is not enabled',
  observe: { 'platform-tools': (observation) => [explain(observation)] },
}

export default rule

function explain({ tools, targets, mains }: PlatformToolsObservation): Diagnosis {
  const names = targets.map(formatTarget)
  const android = tools.system === 'android'
  const kit = android ? 'the Android NDK' : 'Xcode'
  const state =
    tools.state === 'ready'
      ? `${kit} is here, in ${tools.where ?? 'an unknown folder'}`
      : tools.state === 'elsewhere'
        ? `this machine cannot have it. ${tools.detail ?? ''}`.trimEnd().replace(/\.$/, '')
        : `it was not found here${tools.detail === undefined ? '' : `: ${tools.detail.replace(/\.$/, '')}`}`
  return diagnosis({
    severity: 'notice',
    message: `${enumerate(mains, 3)} for ${enumerate(names)}: ${mains.length === 1 ? 'this program is' : 'these programs are'} linked with ${kit} and cgo; ${state}.`,
    fix: android ? androidFix(tools.compilers, targets) : iosFix(tools.state, tools.compilers),
    key: tools.system,
  })
}

/** How the NDK names its compilers. */
const triples: Readonly<Record<string, string>> = {
  '386': 'i686-linux-android',
  amd64: 'x86_64-linux-android',
  arm: 'armv7a-linux-androideabi',
  arm64: 'aarch64-linux-android',
}

function androidFix(
  compilers: Readonly<Record<string, string>>,
  targets: PlatformToolsObservation['targets'],
): Diagnosis['fix'] {
  const commands = targets.flatMap((target) => {
    const compiler = compilers[formatTarget(target)]
    if (compiler === undefined) return []
    const words = ['CGO_ENABLED=1', `GOOS=${target.goos}`, `GOARCH=${target.goarch}`, `CC=${compiler}`]
    return [command(...words, 'go', 'build', './...')]
  })
  if (commands.length > 0) return advice('Build with cgo and the compiler of the NDK.', commands.slice(0, 4))
  const goarch = targets[0]?.goarch ?? 'arm64'
  return advice(
    'Use a runner that has the NDK (ubuntu-latest; ANDROID_NDK_LATEST_HOME names its folder), set CGO_ENABLED=1 and let CC name its clang for the target, or let ANDROID_NDK_HOME name an NDK of your own.',
    [
      `export CC="$(ls "$ANDROID_NDK_LATEST_HOME"/toolchains/llvm/prebuilt/*/bin/${triples[goarch] ?? 'aarch64-linux-android'}*-clang | head -n 1)"`,
      command('CGO_ENABLED=1', 'GOOS=android', `GOARCH=${goarch}`, 'go', 'build', './...'),
    ],
  )
}

function iosFix(state: string, compilers: Readonly<Record<string, string>>): Diagnosis['fix'] {
  if (state === 'elsewhere') {
    return advice('Build the iOS programs in a job with runs-on: macos-latest, whose image holds Xcode.', [
      'CGO_ENABLED=1 GOOS=ios GOARCH=arm64 CC="$(go env GOROOT)/misc/ios/clangwrap.sh" go build ./...',
    ])
  }
  if (state === 'missing') {
    return advice('Install Xcode, select it, and accept its licence.', [
      'sudo xcode-select --switch /Applications/Xcode.app/Contents/Developer',
      'sudo xcodebuild -license accept',
    ])
  }
  const wrapper = Object.values(compilers)[0]
  return advice(
    'Build with cgo and the wrapper that comes with Go. It is made for the simulator: for devices change SDK and PLATFORM in a copy of it.',
    wrapper === undefined
      ? []
      : [command('CGO_ENABLED=1', 'GOOS=ios', 'GOARCH=arm64', `CC=${wrapper}`, 'go', 'build', './...')],
  )
}
