import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const long =
  /[Ff]ile ?name too long|path too long|The filename or extension is too long|name too long$|ENAMETOOLONG|exceeds the maximum (?:path )?length/
const socket =
  /(?:listen|dial) unix[^\n]{1,300}: (?:bind|connect): invalid argument|path too long for Unix domain socket/

const rule: Rule = {
  id: 'path-too-long',
  area: 'environment',
  title: 'A path is longer than the file system or system allows',
  what: 'A file cannot be created or opened because its name or its whole path is too long.',
  why: 'Windows takes 260 characters for a path unless long paths are switched on (for git by itself: core.longpaths), most file systems 255 bytes for one name, encrypted ones (eCryptfs) about 143. Module paths and versions make the paths of a module cache long.',
  fix: 'Keep the checkout and the caches under a short path, and switch long paths on; encrypted home folders need another file system.',
  classes: [],
  example: 'error: unable to create file internal/testdata/….golden: Filename too long',
  markers: [
    'ilename too long',
    'ile name too long',
    'filename or extension is too long',
    'path too long',
    'name too long',
    'ENAMETOOLONG',
    'maximum length',
    'maximum path length',
    'Unix domain socket',
    'bind: invalid argument',
  ],
  message: (message) => {
    if (message.printer === 'test') return undefined
    const block = plain(message)
    if (!long.test(block) && !socket.test(block)) return undefined
    // Windows says of a command line that is too long what it says of a path.
    if (/fork\/exec [^\n]{1,600}: The filename or extension is too long/.test(block)) return undefined
    const file =
      /unable to (?:create|write|stat|unlink) (?:file )?'?([^\s':]{1,1000})'?: /.exec(block)?.[1] ??
      /(?:open|mkdir|create|stat|lstat|rename|write|unzip|CreateFile|creating) "?((?:[A-Za-z]:)?[^\s":]{1,1000})"?: /.exec(
        block,
      )?.[1] ??
      /cannot (?:create|open|stat) [^'\n]{0,30}'([^'\n]{1,1000})'/.exec(block)?.[1]
    const names = file?.split(/[\\/]/) ?? []
    const longest = Math.max(0, ...names.map((name) => Buffer.byteLength(name)))
    const windows = /[A-Za-z]:\\|The filename or extension/.test(block)
    const part = !windows && longest >= 143
    return diagnosis({
      message: `${file === undefined ? 'A path' : clip(file, 120)} is too long for this ${part ? `file system: one name in it has ${longest} bytes` : windows ? 'Windows' : 'system'}.`,
      fix: advice(
        part
          ? 'Put the checkout or GOMODCACHE on a file system that takes names of 255 bytes (an encrypted home folder takes 143), or have the files renamed.'
          : 'Use a short path for the checkout and the caches (GOMODCACHE, GOTMPDIR), and on Windows switch long paths on, for git too.',
        part
          ? ['go env -w GOMODCACHE=/var/tmp/gomod']
          : message.printer === 'git' || windows || block.includes('unable to create file')
            ? ['git config --global core.longpaths true', 'go env -w GOMODCACHE=C:\\m']
            : ['go env GOMODCACHE GOTMPDIR'],
      ),
      key: part ? 'name' : 'path',
    })
  },
}

export default rule
