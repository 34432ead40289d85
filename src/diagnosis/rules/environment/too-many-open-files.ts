import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'too-many-open-files',
  area: 'environment',
  title: 'The limit of open files is reached',
  what: 'A program may not open another file or connection.',
  why: 'The limit of the process (ulimit -n, 256 on macOS by default) or of the whole machine is low, or a program keeps files open that it no longer needs.',
  fix: 'Raise the limit, or let the build do less at once; in a program of your own close what you open.',
  classes: [],
  example: 'open /home/dev/app/main.go: too many open files',
  markers: ['oo many open files', 'EMFILE', 'ENFILE'],
  message: (message) => {
    const block = plain(message)
    if (!/[Tt]oo many open files|\bE[MN]FILE\b/.test(block)) return undefined
    const whole = /too many open files in system|\bENFILE\b/i.test(block)
    const watch = /inotify|fsnotify|watch/i.test(block)
    return diagnosis({
      message: watch
        ? 'The limit of file watches (inotify) of this user is reached.'
        : `The limit of open files of ${whole ? 'the whole machine' : 'the process'} is reached.`,
      fix: advice(
        watch
          ? 'Raise the number of inotify instances, or watch fewer folders.'
          : whole
            ? 'Raise fs.file-max (kern.maxfiles on macOS), and look for the program that keeps so many open.'
            : 'Raise the limit for this shell or container, or let the build do less at once. If only one program of yours meets it, it does not close its files or connections.',
        watch
          ? ['sysctl fs.inotify.max_user_instances']
          : whole
            ? ['sysctl fs.file-max']
            : ['ulimit -n 4096', 'go build -p 1 ./...'],
      ),
      key: watch ? 'watch' : whole ? 'system' : 'process',
    })
  },
}

export default rule
