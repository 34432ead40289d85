import type { Annotation } from '../domain/annotation.ts'

export type { Annotation }

/**
 * What a run asks of the machine, as interfaces. `node/` and `actions/` hold the adapters; tests pass their own.
 * Nothing outside those two folders touches processes, files, the network, the environment or the console.
 */
export interface System {
  readonly host: Host
  /** The environment the run was started with. Children get a scrubbed copy, whoever starts them. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly processes: Processes
  readonly files: Files
  readonly http: Http
  readonly clock: Clock
  readonly log: Log
  /** Aborts when the run is cancelled. */
  readonly signal: AbortSignal
}

export interface Host {
  /** Node's names: `linux`, `darwin`, `win32`. */
  readonly platform: string
  /** Node's names: `x64`, `arm64`. */
  readonly arch: string
  /** Cores this process may use. */
  readonly cores: number
  /** Bytes of memory this process may use (the container's limit where there is one). */
  readonly memory: number
  readonly homeDir: string
  readonly tempDir: string
}

export interface Command {
  /** Program and arguments; never a shell string. */
  readonly argv: readonly [string, ...string[]]
  readonly cwd: string
  /** Added to, or with undefined removed from, the scrubbed environment of the run. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly timeoutSeconds: number
  readonly stdin?: string
  /** Each complete line without its end, as it comes; lines over `lineLength` are cut. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void
  /** Most characters of a line given to `onLine`, 64 Ki when absent; a structured line that is cut says nothing any more. */
  readonly lineLength?: number
  /** Most bytes of stdout to keep, 1 MiB when absent. What is over is dropped from the middle and `truncated` set. */
  readonly keepBytes?: number
}

export interface Captured {
  readonly text: string
  readonly truncated: boolean
  readonly totalBytes: number
}

export interface ProcessResult {
  /** null when it was killed. */
  readonly exitCode: number | null
  readonly signal?: string
  readonly timedOut: boolean
  readonly cancelled: boolean
  /** Set when it could not be started: `ENOENT`, `EACCES`. */
  readonly spawnError?: string
  readonly stdout: Captured
  readonly stderr: Captured
  readonly seconds: number
}

export interface Processes {
  /** Runs a command in a process group of its own that dies on timeout, cancel and exit. Never throws for what the command does. */
  readonly run: (command: Command) => Promise<ProcessResult>
  /** Absolute path of a program on PATH (PATHEXT on Windows). */
  readonly find: (program: string, path?: string) => Promise<string | undefined>
}

export interface FileStat {
  readonly kind: 'file' | 'dir' | 'other'
  readonly bytes: number
  readonly modified: number
  readonly mode: number
}

export interface DirEntry {
  readonly name: string
  readonly kind: 'file' | 'dir' | 'link' | 'other'
}

/** Paths are absolute and of the host's own form. Errors carry Node's `code`. */
export interface Files {
  readonly readBytes: (path: string) => Promise<Uint8Array>
  readonly readText: (path: string) => Promise<string>
  readonly readRange: (path: string, offset: number, length: number) => Promise<Uint8Array>
  /** undefined when nothing is there. Follows links. */
  readonly stat: (path: string) => Promise<FileStat | undefined>
  readonly list: (path: string) => Promise<readonly DirEntry[]>
  readonly realPath: (path: string) => Promise<string>
  /** Creates parents, writes beside and renames, so that a reader never sees half a file. */
  readonly write: (path: string, content: string | Uint8Array, mode?: number) => Promise<void>
  /** Appends in one write; the file must be a file command or a log of ours. */
  readonly append: (path: string, content: string) => Promise<void>
  /** False when somebody else has made the file first. */
  readonly createExclusive: (path: string, content: string) => Promise<boolean>
  readonly makeDir: (path: string) => Promise<void>
  readonly makeTempDir: (prefix: string) => Promise<string>
  /** Removes whatever is there, read-only module-cache folders included; nothing there is fine. */
  readonly remove: (path: string) => Promise<void>
  readonly rename: (from: string, to: string) => Promise<void>
  /** Copies a file or a tree. */
  readonly copy: (from: string, to: string) => Promise<void>
  readonly chmod: (path: string, mode: number) => Promise<void>
  readonly setModified: (path: string, time: number) => Promise<void>
}

export interface HttpOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly timeoutSeconds: number
  /** Fails when the body is larger; 16 MiB for `get`, 1 GiB for `download` when absent. */
  readonly maxBytes?: number
}

export interface HttpResponse {
  readonly status: number
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** Honours HTTPS_PROXY, HTTP_PROXY and NO_PROXY. Any status is an answer; only a failed exchange throws, naming the URL without credentials. */
export interface Http {
  readonly get: (url: string, options: HttpOptions) => Promise<HttpResponse>
  /** Streams a 200 answer to a file and hashes it on the way; another status writes nothing. */
  readonly download: (
    url: string,
    path: string,
    options: HttpOptions,
  ) => Promise<{ readonly status: number; readonly bytes: number; readonly sha256: string }>
}

export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Seconds on a clock that never goes back. */
  readonly seconds: () => number
  readonly sleep: (seconds: number) => Promise<void>
}

/** For people. Adapters make every line harmless for their medium; callers pass text as it is. */
export interface Log {
  readonly debug: (text: string) => void
  readonly info: (text: string) => void
  readonly warning: (text: string) => void
  readonly error: (text: string) => void
  /** Lines of a child or of the module under test, folded under a title where the medium can. */
  readonly block: (title: string, lines: readonly string[]) => void
  /** A short note of what is going on, replaced by the next one on a terminal, dropped or thinned out elsewhere. */
  readonly progress: (text: string) => void
}

/** The runner's commands and environment files, for the action entry alone. */
export interface Runner {
  readonly input: (name: string) => string
  readonly output: (name: string, value: string) => Promise<void>
  readonly exportVariable: (name: string, value: string) => Promise<void>
  readonly addPath: (dir: string) => Promise<void>
  readonly saveState: (name: string, value: string) => Promise<void>
  readonly state: (name: string) => string
  readonly annotate: (annotation: Annotation) => void
  readonly addMatcher: (path: string) => void
  readonly mask: (secret: string) => void
  /** Appends Markdown to the job summary; false when there is no summary file. */
  readonly summary: (markdown: string) => Promise<boolean>
}

/** The cache service behind @actions/cache. Never throws and never annotates: a failed service is `undefined` or false. */
export interface CacheStore {
  readonly available: () => boolean
  readonly restore: (
    paths: readonly string[],
    key: string,
    restoreKeys: readonly string[],
  ) => Promise<string | undefined>
  readonly save: (paths: readonly string[], key: string) => Promise<boolean>
}
