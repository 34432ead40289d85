import type { FileName } from '../../../domain/platform.ts'
import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'windows-file-name',
  area: 'port',
  title: 'A file name makes trouble on Windows',
  what: 'A name ends in a blank, or is refused by Windows in a folder that is no part of the module (vendor, a module inside it), or the path of a Go file in a module cache on Windows is longer than 259 characters.',
  why: 'Windows cuts blanks off, holds no names with : * ? " < > |, and most of its programs take paths of 259 characters (MAX_PATH). Go itself writes longer ones; git needs core.longpaths, and compilers, editors and scripts mostly cannot. The length is that below C:\\Users\\runneradmin\\go\\pkg\\mod with the version of a commit.',
  fix: 'Rename the file or shorten the folders that it lies in; or keep GOMODCACHE under a short path on Windows.',
  classes: [],
  example: 'error: invalid path vendor/example.com/dep/testdata/a:b.txt',
  observe: {
    'file-names': ({ names }) =>
      names
        .filter((one) => !one.published || one.problem === 'windows' || one.problem === 'long')
        .map((name) =>
          diagnosis({
            severity: 'notice',
            message: `${clip(name.file, 160)}: ${name.detail}.${consequence(name)}`,
            fix: advice(
              name.problem === 'long'
                ? 'Shorten the names of the folders or of the file, or keep GOMODCACHE under a short path on Windows.'
                : 'Rename the file.',
              name.problem === 'long' ? ['go env -w GOMODCACHE=C:\\m'] : [],
            ),
            locations: [{ file: name.file, line: 1 }],
            key: name.problem === 'long' ? 'long' : name.file,
          }),
        ),
  },
}

export default rule

function consequence({ problem }: FileName): string {
  if (problem === 'long') return ' Programs of 259 characters (MAX_PATH) do not open it; Go itself does.'
  if (problem === 'case') return ' On Windows and macOS a checkout holds one of the two.'
  return problem === 'refused' ? ' A checkout on Windows fails or lacks it.' : ''
}
