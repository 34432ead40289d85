import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, enumerate } from '../../rule-helpers/text.ts'

const mostPlaces = 50

const rule: Rule = {
  id: 'file-never-compiled',
  area: 'code',
  title: 'Files that no build compiles',
  what: 'The name and the constraint of a Go file exclude every port of the Go in use, whatever tags, cgo mode and level are set. Files that say `ignore`, and tools.go, are not meant.',
  why: 'The constraint contradicts itself or the file’s name (`//go:build windows` in x_linux.go), names a port that is gone (nacl), or a Go older than the go line of go.mod. The compiler never sees the file, so nothing tells that it is wrong.',
  fix: 'Correct the constraint or the name, or delete the file.',
  classes: [],
  example: 'x_linux.go: //go:build windows',
  observe: {
    tags: ({ uncompiled }) => {
      if (uncompiled.length === 0) return []
      const named = uncompiled.map(
        ({ file, constraint }) => `${clip(file, 100)} (${clip(constraint.replaceAll('\n', ', '), 120)})`,
      )
      return [
        diagnosis({
          severity: 'notice',
          message: `No port and no tag compiles ${enumerate(named, 5)}.`,
          fix: advice('Correct the constraint or the name of the file, or delete it.'),
          locations: uncompiled.slice(0, mostPlaces).map(({ file }) => ({ file, line: 1 })),
          key: 'uncompiled',
          excerpt: named.slice(0, 20).join('\n'),
        }),
      ]
    },
  },
}

export default rule
