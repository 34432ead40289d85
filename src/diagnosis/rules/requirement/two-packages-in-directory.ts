import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { locate, messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'two-packages-in-directory',
  area: 'requirement',
  title: 'One folder holds files of two packages',
  what: 'The Go files of one folder name different packages; only `x_test` beside `x` may stand together.',
  why: 'A file was put into the wrong folder, a generator wrote another name, or a rename missed a file.',
  fix: 'Give all files the same package line, or move one of them into a folder of its own. A file for `go run` alone takes `//go:build ignore`.',
  classes: ['M19'],
  example: 'found packages a (a.go) and b (b.go) in /src/app',
  markers: ['found packages '],
  message: async (message, { facts }) => {
    const [, one, file, other, otherFile, dir] =
      /found packages ([^\s]+) \(([^)\n]+)\) and ([^\s]+) \(([^)\n]+)\) in ([^\n]+)/.exec(plain(message)) ?? []
    if (one === undefined || other === undefined || file === undefined || otherFile === undefined || dir === undefined)
      return undefined
    const at = await Promise.all(
      [file, otherFile].map((name) => locate(facts, { file: `${dir}/${name}`.replaceAll('\\', '/'), line: 1 })),
    )
    return diagnosis({
      message: `${file} says package ${one} and ${otherFile} beside it says package ${other}.`,
      fix: advice(
        `Give both the same package line, or move one into a folder of its own. If ${other === 'main' ? otherFile : file} is only for go run, begin it with //go:build ignore.`,
      ),
      locations: [...at.flat(), ...(await messageLocations(message, facts))].slice(0, 2),
      key: dir,
    })
  },
}

export default rule
