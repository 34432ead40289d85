import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const systems: Readonly<Record<string, string>> = {
  macos: 'darwin',
  osx: 'darwin',
  mac: 'darwin',
  win: 'windows',
  win32: 'windows',
  win64: 'windows',
  linus: 'linux',
  browser: 'js',
}
const machines: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  x64: 'amd64',
  x86: '386',
  i386: '386',
  i686: '386',
  aarch64: 'arm64',
  armv7: 'arm',
  armv6: 'arm',
  armhf: 'arm',
  arm64v8: 'arm64',
  ppc64el: 'ppc64le',
}
// When ports went (the release notes of each version).
const removed: Readonly<Record<string, string>> = {
  'darwin/386': '1.15',
  'darwin/arm': '1.15',
  'nacl/386': '1.14',
  'nacl/amd64p32': '1.14',
  'nacl/arm': '1.14',
  'openbsd/mips64': '1.23',
  'windows/arm': '1.26',
}

const rule: Rule = {
  id: 'port-unsupported',
  area: 'port',
  title: 'This Go has no such port',
  what: 'GOOS and GOARCH name a pair that the toolchain cannot build for.',
  why: 'The names are those of another program (x86_64, aarch64, macos) or misspelt, or the port was removed from Go.',
  fix: 'Use Go’s own names: `go tool dist list` prints all pairs.',
  classes: ['X01', 'X05'],
  example: 'go: unsupported GOOS/GOARCH pair macos/amd64',
  markers: ['unsupported GOOS/GOARCH pair', 'unknown architecture "'],
  message: (message) => {
    const block = plain(message)
    const [, goos, goarch] = /unsupported GOOS\/GOARCH pair ([^\s/]+)\/([^\s]+)/.exec(block) ?? []
    const machine = /compile: unknown architecture "([^"\n]+)"/.exec(block)?.[1]
    if (goos === undefined || goarch === undefined) {
      return machine === undefined
        ? undefined
        : diagnosis({
            message: `The compiler of this Go knows no architecture ${machine}.`,
            fix: advice('Take the target out: this port is unfinished.', ['go tool dist list']),
            key: machine,
          })
    }
    const right = `${systems[goos.toLowerCase()] ?? goos}/${machines[goarch.toLowerCase()] ?? goarch}`
    const gone = removed[`${goos}/${goarch}`]
    return diagnosis({
      message: `This Go cannot build for ${goos}/${goarch}${gone !== undefined ? `: the port was removed in Go ${gone}` : right !== `${goos}/${goarch}` ? `; Go calls it ${right}` : ''}.`,
      fix:
        gone !== undefined
          ? advice(`Take the target out, or build it with a Go older than ${gone}.`)
          : right !== `${goos}/${goarch}`
            ? advice(`Use Go's names.`, [
                `GOOS=${right.split('/')[0] ?? ''} GOARCH=${right.split('/')[1] ?? ''} ${command('go', 'build', './...')}`,
              ])
            : advice('Choose a pair that exists.', ['go tool dist list']),
      key: `${goos}/${goarch}`,
    })
  },
}

export default rule
