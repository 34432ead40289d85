import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'nix-vendor-hash',
  area: 'vendor',
  title: 'The vendorHash of a Nix package is not that of its modules',
  what: 'buildGoModule downloads the modules of go.mod in a derivation whose result must have the hash `vendorHash`, and it has another.',
  why: 'go.mod or go.sum changed and vendorHash was not updated with it. Nix knows nothing of go.sum, so each change of a requirement changes this hash.',
  fix: 'Set vendorHash to the hash after “got:”, in the commit that changes go.mod.',
  prevent: 'Let the job that updates requirements build the Nix package too.',
  classes: [],
  example: `error: hash mismatch in fixed-output derivation '/nix/store/4v2…-app-1.0-go-modules.drv':
         specified: sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
            got:    sha256-1Sm9ryLcUJVBfcmQUs1SFQM9Ki4RV6kqR6j6MSGR9TI=`,
  // The second is on a line of its own, which is kept for the first.
  markers: ['hash mismatch in fixed-output derivation', 'got:    sha256-'],
  message: (message, { command }) => {
    const block = plain(message)
    const name = /fixed-output derivation '\/nix\/store\/([^'\n]{1,300})-go-modules\.drv'/.exec(block)?.[1]
    if (name === undefined) return undefined
    const after = command.messages.filter(({ line }) => line > message.line && line < message.line + 4)
    const got = /\bgot:\s+(sha256-[A-Za-z0-9+/=]{20,60})/.exec(
      [block, ...after.map(({ text }) => text)].join('\n'),
    )?.[1]
    const app = name.replace(/^[a-z0-9…]{1,40}-/, '')
    return diagnosis({
      message: `The modules of ${clip(app)} have another hash than the vendorHash of its Nix package${got === undefined ? '' : `: ${got}`}.`,
      fix: advice(
        `Set vendorHash${got === undefined ? ' to the hash after “got:”' : ` = "${got}"`} when go.mod or go.sum was changed on purpose; when neither was, a module is not what it was, which go mod verify and go.sum tell.`,
      ),
      key: app,
    })
  },
}

export default rule
