import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'file-in-use',
  area: 'environment',
  title: 'Windows does not let go of a file that is in use',
  what: 'A file cannot be written, renamed or deleted because another process has it open.',
  why: 'Windows locks a program while it runs, and files while a virus scanner, indexer or editor looks at them; the go command retries for a moment only.',
  fix: 'End the program that is still running, and keep scanners and sync tools away from the caches and the temporary folder of the build.',
  classes: [],
  example: 'open C:\\work\\app.exe: The process cannot access the file because it is being used by another process.',
  markers: ['being used by another process', 'user-mapped section open'],
  message: (message) => {
    const block = plain(message)
    if (!/being used by another process|user-mapped section open/.test(block)) return undefined
    const file =
      /(?:open|remove|unlinkat|rename|write|RemoveAll|mkdir|copying \S{1,200}: open) ([A-Za-z]:[^\n:]{1,400}|[^\s:]{1,400}):? /.exec(
        block,
      )?.[1]
    const temporary = /go-build\d|go-link-|[\\/]Temp[\\/]/i.test(file ?? '')
    const running = /\.exe$/i.test(file ?? '') && !temporary
    return diagnosis({
      confidence: running ? 'likely' : 'guess',
      message: `${file === undefined ? 'A file' : clip(file, 150)} is in use by another process${running ? ': most likely the program itself still runs' : ', most likely a virus scanner that looks at what was just written, or a test that leaves it open'}.`,
      fix: advice(
        running
          ? 'End the running program and build again.'
          : 'Run again; exclude GOTMPDIR, GOCACHE and GOMODCACHE from scanning. In a test, close every file and wait for every process before the folder is removed.',
      ),
      key: file ?? 'file',
    })
  },
}

export default rule
