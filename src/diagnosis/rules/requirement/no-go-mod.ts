import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'no-go-mod',
  area: 'requirement',
  title: 'There is no go.mod here',
  what: 'The go command found no go.mod in the folder it runs in, nor in any above it.',
  why: 'The step runs in the wrong folder, go.mod was not copied into the image, or the repository comes from the time before modules (since Go 1.16 they are the default). `go get` outside a module no longer installs programs.',
  fix: 'Run in the folder that holds go.mod, or make one with `go mod init`. Install programs with `go install path@version`.',
  classes: ['M26'],
  example: "go: go.mod file not found in current directory or any parent directory; see 'go help modules'",
  markers: ['go.mod file not found', 'cannot find main module', 'no go.mod file'],
  message: async (message, { facts }) => {
    const block = plain(message)
    const other = /cannot find main module, but found ([^\s]+) in ([^\n]+)/.exec(block)
    if (
      other === null &&
      !/go\.mod file not found in current directory|cannot find main module|no go\.mod file/.test(block)
    )
      return undefined
    if (await facts.goWork()) return undefined
    const get = block.includes("'go get' is no longer supported outside a module")
    if (get) {
      return diagnosis({
        message:
          'go get was used to install a program, and there is no go.mod here: since Go 1.18 it only changes a module’s requirements.',
        fix: advice('Install the program by its version.', ['go install PATH@VERSION']),
        key: 'get',
      })
    }
    return diagnosis({
      message:
        other === null
          ? 'There is no go.mod in this folder, nor in any above it.'
          : `There is no go.mod in ${other[2] ?? 'the folder'}; its ${other[1] ?? 'other file'} is from the time before modules.`,
      fix: advice(
        other === null
          ? 'Run in the folder that holds go.mod (working-directory in a workflow, WORKDIR in a Dockerfile), and check that it was copied there. If the code has none yet, make one.'
          : 'Make a go.mod and let it take the requirements over.',
        [command('go', 'mod', 'init', 'example.com/your/module'), command('go', 'mod', 'tidy')],
      ),
      // An empty go.work hides the go.mod beside it.
      follows: ['workspace-not-member'],
      key: 'go.mod',
    })
  },
}

export default rule
