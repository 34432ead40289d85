/** Follows one call of @actions/cache by what it prints, which is all it tells. */
export interface Watch {
  /** Takes a line of the toolkit's; throws where going on would be wrong. */
  readonly line: (line: string) => void
  /** Rejects when the call took too long, stands still or the run is cancelled. Never resolves. */
  readonly gaveUp: Promise<never>
  /** The failure that the toolkit reported or that was found here; undefined for none, a miss included. */
  readonly problem: () => string | undefined
  readonly stop: () => void
}

interface WatchOptions {
  /** Longest time for the whole call. */
  readonly totalSeconds?: number
  /** Longest time without a byte. Packing and unpacking may take what they take. */
  readonly stallSeconds?: number
  /** The call begins with packing: the time without a byte counts from the first report of bytes. */
  readonly packsFirst?: boolean
  /** Aborts when the run is cancelled. */
  readonly signal?: AbortSignal | undefined
}

/**
 * The lines are those of @actions/cache 6.3.0, whose version is pinned; __tests__/system/actions/cache-store.test.ts
 * shows each of them with the real package.
 *
 * Throwing is done only at lines printed by code that is awaited. A call that was given up on is stopped before it
 * unpacks: an archive that lands in the middle of a build does harm.
 */
export function createWatch(options: WatchOptions): Watch {
  let problem: string | undefined
  let given = false
  let timer: NodeJS.Timeout | undefined
  let moved = ''
  let reject: (reason: Error) => void = () => undefined
  const gaveUp = new Promise<never>((_, fail) => {
    reject = fail
  })
  gaveUp.catch(() => undefined)
  const giveUp = (reason: string): void => {
    given = true
    problem ??= reason
    reject(new Error(reason))
  }
  const giveUpIn = (seconds: number, reason: string): void => {
    clearTimeout(timer)
    timer = setTimeout(() => giveUp(reason), seconds * 1000)
  }
  const cancel = (): void => giveUp('the run was cancelled')
  if (options.signal?.aborted === true) cancel()
  options.signal?.addEventListener('abort', cancel)
  if (options.totalSeconds !== undefined) {
    giveUpIn(options.totalSeconds, `no answer within ${options.totalSeconds} s`)
  }
  const giveUpWhenStill = (): void => {
    const { stallSeconds } = options
    if (stallSeconds !== undefined) giveUpIn(stallSeconds, `nothing was transferred for ${stallSeconds} s`)
  }
  if (options.packsFirst !== true) giveUpWhenStill()
  return {
    gaveUp,
    problem: () => problem,
    stop: () => {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', cancel)
    },
    line(line) {
      const failure = /^::(?:warning|error)::(?:Failed to (?:restore|save): )?(.*)$/.exec(line)
      // Another leg was faster: what the entry would have held is there.
      if (failure !== null && !line.includes('already exists')) problem ??= decode(failure[1] ?? '')
      const retry = /^Attempt ([2-9]) of \d+ failed with error: (.*?)\. Retrying/.exec(line)
      if (retry !== null) throw new Error(retry[2])
      const transfer = /^(?:Sent|Received) (\d+) of \d+/.exec(line)
      if (transfer !== null && transfer[1] !== moved) {
        moved = transfer[1] ?? ''
        giveUpWhenStill()
      }
      if (line.startsWith('Cache Size:')) {
        if (given) throw new Error('given up')
        clearTimeout(timer)
      }
    },
  }
}

function decode(data: string): string {
  return data.replaceAll('%0D', ' ').replaceAll('%0A', ' ').replaceAll('%25', '%')
}
