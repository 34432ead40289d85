import type { Captured } from '../types.ts'

/**
 * Keeps the first and the last half of what is written, so that 600 MB of output cost `keepBytes` of memory.
 * The cut is marked; structured readers must look at `truncated`.
 */
export function createCapture(keepBytes: number): { push: (chunk: Buffer) => void; end: () => Captured } {
  const headLimit = Math.ceil(keepBytes / 2)
  const tailLimit = keepBytes - headLimit
  const head: Buffer[] = []
  let headBytes = 0
  let tail: Buffer[] = []
  let tailBytes = 0
  let total = 0
  return {
    push(chunk) {
      total += chunk.length
      const room = headLimit - headBytes
      if (room > 0) {
        const part = chunk.subarray(0, room)
        // A copy: a view would hold on to the whole pipe buffer.
        head.push(Buffer.from(part))
        headBytes += part.length
      }
      const rest = chunk.subarray(Math.max(0, room))
      if (rest.length === 0 || tailLimit === 0) return
      tail.push(Buffer.from(rest.subarray(Math.max(0, rest.length - tailLimit))))
      tailBytes += Math.min(rest.length, tailLimit)
      if (tailBytes > 2 * tailLimit) {
        const joined = Buffer.concat(tail)
        const kept = Buffer.from(joined.subarray(joined.length - tailLimit))
        tail = [kept]
        tailBytes = kept.length
      }
    },
    end() {
      const tailBuffer = Buffer.concat(tail)
      const end = tailBuffer.subarray(Math.max(0, tailBuffer.length - tailLimit))
      const dropped = total - headBytes - end.length
      const parts = dropped > 0 ? [...head, Buffer.from(`\n[${dropped} bytes left out]\n`), end] : [...head, end]
      return { text: Buffer.concat(parts).toString('utf8'), truncated: dropped > 0, totalBytes: total }
    },
  }
}
