import type { Rule } from '../../../domain/rule.ts'
import { undefinedName } from '../../rule-helpers/compile.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { enumerate, plain } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const standard =
  /^(?:net|http|os|exec|user|syscall|tls|x509|reflect|runtime|debug|plugin|sql|rpc|signal|template|pprof|filepath|testing|sync|atomic)\./
const versions = /requires go version (\d[\w.]{0,20}) through (\d[\w.]{0,20}), got go(\d[\w.]{0,20})/

const rule: Rule = {
  id: 'tinygo-unsupported',
  area: 'port',
  title: 'TinyGo does not have this part of Go',
  what: 'TinyGo compiles with a standard library of its own, which leaves parts out, and works only with certain Go releases.',
  why: 'net, net/http, os/exec, crypto/tls, reflect and others are partial on microcontrollers and WebAssembly, so packages that use more of them do not compile.',
  fix: 'Build with the go command (GOOS=wasip1 or js for WebAssembly), or do without the package; install the Go release that this TinyGo names.',
  classes: [],
  example: `GOOS=wasip1 GOARCH=wasm tinygo build -o main.wasm main.go
# example.com/lib
../lib/network.go:9:18: undefined: net.LookupHost`,
  markers: ['undefined: ', 'not declared by package', 'requires go version', 'package '],
  message: async (message, context) => {
    const block = plain(message)
    const [, least, most, got] = versions.exec(block) ?? []
    if (least !== undefined && most !== undefined && got !== undefined) {
      return diagnosis({
        message: `This TinyGo works with Go ${least} to ${most}, and Go ${got} is installed.`,
        fix: advice(`Install a TinyGo for Go ${got}, or put a Go ${most} first on PATH for this step.`, [
          'tinygo version',
        ]),
        key: 'version',
      })
    }
    if (!/\btinygo (?:build|run|test|flash)\b/.test(context.command.command)) return undefined
    const name = undefinedName(message)
    const gone = /package ([\w/]{1,100}) is not in std/.exec(block)?.[1]
    if (gone === undefined && (name === undefined || !standard.test(name))) return undefined
    const parts = { names: [name ?? gone ?? ''], modules: message.module === undefined ? [] : [message.module.path] }
    return diagnosis({
      confidence: 'likely',
      ...wording(parts),
      fix: advice(
        'Build with the go command where the target allows it (for WebAssembly GOOS=wasip1 or GOOS=js), or leave out what needs it: another package, or a file with //go:build !tinygo around the use.',
        ['GOOS=wasip1 GOARCH=wasm go build ./...'],
      ),
      locations: await messageLocations(message, context.facts),
      module: message.module?.path,
      version: message.module?.version,
      package: message.package,
      parts,
      key: message.package ?? 'std',
    })
  },
  merge: wording,
}

function wording({ names = [], modules = [] }: Readonly<Record<string, readonly string[]>>): {
  readonly message: string
} {
  return {
    message: `${enumerate(names, 4)} ${names.length > 1 ? 'are' : 'is'} not in TinyGo’s standard library${modules.length === 0 ? '' : `, and ${enumerate(modules, 3)} uses ${names.length > 1 ? 'them' : 'it'}`}.`,
  }
}

export default rule
