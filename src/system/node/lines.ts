import { StringDecoder } from 'node:string_decoder'

const defaultLength = 64 * 1024

/** Cuts a byte stream into lines without splitting a UTF-8 sequence; a line over `maxLine` characters is cut and its rest dropped. */
export function createLineSplitter(
  onLine: (line: string) => void,
  maxLine = defaultLength,
): {
  push: (chunk: Buffer) => void
  end: () => void
} {
  const decoder = new StringDecoder('utf8')
  let pending = ''
  let dropping = false
  const feed = (text: string): void => {
    let start = 0
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', start)) {
      if (!dropping) emit(pending + text.slice(start, at))
      pending = ''
      dropping = false
      start = at + 1
    }
    if (dropping) return
    pending += text.slice(start)
    if (pending.length > maxLine) {
      emit(pending)
      pending = ''
      dropping = true
    }
  }
  const emit = (line: string): void => {
    const whole = line.endsWith('\r') ? line.slice(0, -1) : line
    onLine(whole.length > maxLine ? whole.slice(0, maxLine) : whole)
  }
  return {
    push: (chunk) => feed(decoder.write(chunk)),
    end() {
      feed(decoder.end())
      if (pending !== '' && !dropping) emit(pending)
      pending = ''
    },
  }
}
