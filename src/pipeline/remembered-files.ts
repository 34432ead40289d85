import type { Files } from '../system/types.ts'

type Looked = Pick<Files, 'stat' | 'readText' | 'realPath' | 'list'>

/** Most UTF-16 units of text that are kept; what comes later is read each time. */
const mostText = 64 * 1024 * 1024

/**
 * Files as facts ask for them: thousands of errors in a few files on 47 ports ask for the same ones over and over. Each
 * answer is kept, so it is for the end of a run, when nothing changes any more.
 */
export function rememberedFiles(files: Looked): Looked {
  let room = mostText
  const texts = new Map<string, Promise<string>>()
  return {
    stat: remembered(files.stat),
    realPath: remembered(files.realPath),
    list: remembered(files.list),
    readText(path) {
      const known = texts.get(path)
      if (known !== undefined) return known
      const read = files.readText(path)
      texts.set(path, read)
      read.then(
        ({ length }) => {
          room -= length
          if (room < 0) texts.delete(path)
        },
        () => undefined,
      )
      return read
    },
  }
}

function remembered<T>(look: (path: string) => Promise<T>): (path: string) => Promise<T> {
  const known = new Map<string, Promise<T>>()
  return (path) => {
    const found = known.get(path) ?? look(path)
    known.set(path, found)
    return found
  }
}
