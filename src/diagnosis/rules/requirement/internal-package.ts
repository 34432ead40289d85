import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'internal-package',
  area: 'requirement',
  title: 'An internal package is imported from outside',
  what: 'A package with `internal` in its path may be imported only from below the folder that holds `internal`.',
  why: 'Its authors reserve it for themselves; or the code that imports it was moved, forked or given another module path.',
  fix: 'Use the public package in its place, copy the code, or put the importer below the same root.',
  classes: ['M17'],
  example: `package example.com/app
	main.go:3:8: use of internal package example.com/o/internal/x not allowed`,
  markers: ['use of internal package', 'package '],
  message: async (message, { facts, command: run }) => {
    // The head of a chain whose reason stands at a position is a message of its own.
    if (
      /^package [^\s:]+$/.test(message.text) &&
      run.messages.some((other) => other.text.startsWith('use of internal package'))
    ) {
      return 'consequence'
    }
    const [, path] = /use of internal package(?: ([^\s]+))? not allowed/.exec(plain(message)) ?? []
    if (!plain(message).includes('use of internal package')) return undefined
    const root = path === undefined ? undefined : /^(.*?)\/?(?:^|\/)internal(?:\/|$)/.exec(path)?.[1]
    const main = (await facts.goMod())?.content.module?.value
    const importer = message.importStack?.at(-2) ?? message.package
    return diagnosis({
      message: `${path ?? 'An internal package'} may be imported only from below ${root === undefined || root === '' ? 'its own root' : root}${importer === undefined || importer === path ? '' : `, and ${importer} is not`}${main === undefined ? '' : ` (this module is ${main})`}.`,
      fix: advice(
        // Go 1.9 and older, which knew only GOPATH, name no package.
        path === undefined && message.module === undefined && main === undefined
          ? 'So old a Go names no package: most likely the code lies outside GOPATH, or there under another path than its imports say. Use a current Go with a go.mod, or put the checkout at $GOPATH/src/IMPORT-PATH.'
          : 'Use what the module offers in public, copy the code, or ask its authors to make it public. After a rename or fork, correct the import paths to the module path of go.mod.',
        path === undefined ? [] : [command('grep', '-rn', '--include=*.go', path, '.')],
      ),
      locations: await messageLocations(message, facts),
      package: importer,
      key: path ?? 'internal',
    })
  },
}

export default rule
