import type { Target } from '../../domain/port.ts'
import { targetKey } from '../../domain/port.ts'
import type { Go } from '../../go/go.ts'
import { listPorts, modGraph, readGoEnv } from '../../go/list.ts'

/** What facts ask of the go command. Each answer is kept by whoever asks; a failed look-up is undefined or empty. */
export interface GoSource {
  /** `go1.26.3`. */
  readonly version: string
  readonly env: (target?: Target) => Promise<Readonly<Record<string, string>> | undefined>
  /** Edges of `go mod graph`: `path@version`, a main module its path alone. */
  readonly graph: () => Promise<readonly (readonly [from: string, to: string])[]>
  readonly ports: () => Promise<readonly { readonly goos: string; readonly goarch: string }[]>
  /** Folder of an imported package, absolute. */
  readonly packageDir: (importPath: string, target?: Target) => Promise<string | undefined>
}

/** Facts from the go command of a run, bound to a module's directory; every command at most once. */
export function createGoSource(go: Go): GoSource {
  const graph = once(async () => (await modGraph(go)).edges)
  const ports = once(async () => {
    const listed = await listPorts(go)
    return listed.values.map((port) => ({ goos: port.GOOS, goarch: port.GOARCH }))
  })
  const env = keyed((target: Target | undefined) => readGoEnv(go, target === undefined ? {} : { target }))
  const dirs = new Map<string, Promise<string | undefined>>()
  return {
    version: go.version,
    graph: () => orElse(graph(), []),
    ports: () => orElse(ports(), []),
    env: (target) => orElse(env(target === undefined ? '' : targetKey(target), target), undefined),
    packageDir(importPath, target) {
      // Every target finds a package in the same folder, whether it has a file for it or not.
      const known = dirs.get(importPath) ?? packageDir(go, importPath, target)
      dirs.set(importPath, known)
      return known
    },
  }
}

async function packageDir(go: Go, importPath: string, target: Target | undefined): Promise<string | undefined> {
  // Paths come from the module under test: only what can be an import path is asked for.
  if (!/^[\w.~/+-]{1,500}$/.test(importPath) || importPath.startsWith('-')) return undefined
  const options = target === undefined ? {} : { target }
  const run = await go.run(['list', '-e', '-find', '-f', '{{.Dir}}', '--', importPath], options)
  const dir = run.result.stdout.text.trim()
  return dir === '' || dir.includes('\n') ? undefined : dir
}

/** A look-up that runs at most once. */
export function once<T>(look: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | undefined
  return () => (known ??= look())
}

function keyed<A, T>(look: (argument: A) => Promise<T>): (key: string, argument: A) => Promise<T> {
  const known = new Map<string, Promise<T>>()
  return (key, argument) => {
    const found = known.get(key) ?? look(argument)
    known.set(key, found)
    return found
  }
}

async function orElse<T, F>(found: Promise<T>, fallback: F): Promise<T | F> {
  try {
    return await found
  } catch {
    return fallback
  }
}
