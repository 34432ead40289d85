import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'outside-module',
  area: 'requirement',
  title: 'A folder that was named does not belong to the module',
  what: 'The command names a folder that is outside the module it runs in, belongs to a module nested inside it, or does not exist.',
  why: 'The command runs in the wrong folder, the repository holds several modules and the command names a folder of another one, or no go.mod is above the folder at all.',
  fix: 'Run the command in the folder of the module (`go -C DIR build`), or put the modules into a workspace.',
  classes: ['M25', 'M27'],
  example: 'main module (example.com/app) does not contain package example.com/app/sub',
  markers: [
    'outside main module',
    'does not contain package',
    'does not contain main module',
    'directory not found',
    ': lstat ',
    'outside available modules',
  ],
  message: async (message, { facts }) => {
    const block = plain(message)
    const nested = /main module \(([^)\n]+)\) does not contain package ([^\s]+)/.exec(block)
    const outside =
      /directory (?:prefix )?([^\s]+) (?:outside|does not contain) (?:main module|available modules)/.exec(block)
    const missing =
      /stat ([^\n]+?): directory not found/.exec(block) ??
      /^pattern \S+: lstat ([^\n]+?): no such file or directory/.exec(block)
    if (nested !== null) {
      const folder = (nested[2] ?? '').slice((nested[1] ?? '').length + 1)
      return diagnosis({
        confidence: 'likely',
        message: `${folder || nested[2] || 'The folder'} holds a module of its own, so ${nested[1] ?? 'this module'} does not contain it.`,
        fix: advice('Run the command in that folder, or build the two together in a workspace.', [
          command('go', '-C', folder || '.', 'build', './...'),
          `${command('go', 'work', 'init', '.', `./${folder}`)}  # for both together`,
        ]),
        key: nested[2],
      })
    }
    if (missing !== null) {
      return diagnosis({
        message: `${clip(missing[1] ?? '')} does not exist.`,
        fix: advice('Correct the path; in a container check that the folder was copied.'),
        key: missing[1],
      })
    }
    if (outside === null) return undefined
    const module = (await facts.goMod())?.content.module?.value
    const everything = outside[1] === '.'
    return diagnosis({
      confidence: 'likely',
      message: everything
        ? 'The command runs in a folder that belongs to no module: there is no go.mod in it or above it.'
        : `${clip(outside[1] ?? '')} lies outside the module${module === undefined ? '' : ` ${module}`} in which the command runs.`,
      fix: everything
        ? advice('Run in the folder that holds go.mod (working-directory in a workflow, WORKDIR in a Dockerfile).', [
            'go env GOMOD',
          ])
        : advice('Run the command in that folder’s own module, or put both into a workspace.', [
            command('go', '-C', outside[1] ?? '.', 'build', './...'),
          ]),
      key: outside[1],
    })
  },
}

export default rule
