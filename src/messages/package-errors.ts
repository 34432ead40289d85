import type { Message } from '../domain/message.ts'
import { isBarePackage } from './classify-go.ts'
import { moduleOfFile, moduleOfText, parsePosition } from './position.ts'

/** A package error as `go list -e -json` gives it (cmd/go/internal/load, PackageError). */
interface PackageError {
  readonly ImportStack?: readonly string[] | null
  readonly Pos?: string
  readonly Err: string
}

/** What of a listed package is looked at. */
export interface PackageWithErrors {
  readonly ImportPath: string
  readonly Error?: PackageError | null
  readonly DepsErrors?: readonly PackageError[] | null
}

const mostDetail = 50
const maxText = 4000

/**
 * The errors of `go list -e -json`, in the form that the same errors have when the go command prints them: with the
 * position of the import where there is one, else `package PATH: reason`, the import chain beside it. An error that
 * several packages carry (their common dependency's) is one message.
 */
export function messagesFromPackageErrors(packages: readonly PackageWithErrors[]): readonly Message[] {
  const seen = new Map<string, Message>()
  for (const pkg of packages) {
    const errors = [...(pkg.Error == null ? [] : [pkg.Error]), ...(pkg.DepsErrors ?? [])]
    for (const [index, error] of errors.entries()) {
      const own = index === 0 && pkg.Error != null
      const key = `${error.Pos ?? ''}\0${error.Err}`
      const known = seen.get(key)
      // The package that has the error knows its own name; one that depends on it only its chain.
      if (known === undefined || (own && known.package === undefined))
        seen.set(key, toMessage(error, own ? pkg.ImportPath : undefined))
    }
  }
  return [...seen.values()]
}

function toMessage(error: PackageError, importPath: string | undefined): Message {
  const stack = (error.ImportStack ?? []).map(stripFile)
  const found = error.Pos === undefined || error.Pos === '' ? undefined : parsePosition(`${error.Pos}: `)?.position
  const about = stripTest(importPath ?? stack.at(-1))
  const [first = '', ...rest] = error.Err.replace(/^go: /, '').split('\n')
  const named = found === undefined && about !== undefined && !isBarePackage(first) && !first.includes(about)
  const text = named ? `package ${about}: ${first}` : first
  const module = (found === undefined ? undefined : moduleOfFile(found.file)) ?? moduleOfText(error.Err)
  return {
    printer: 'go',
    kind: 'error',
    text: text.slice(0, maxText),
    detail: rest.slice(0, mostDetail).map((line) => line.replace(/^\t/, '').slice(0, 1000)),
    ...(found === undefined ? {} : { position: found }),
    ...(about === undefined ? {} : { package: about }),
    ...(stack.length < 2 ? {} : { importStack: stack }),
    ...(module === undefined ? {} : { module }),
    line: 0,
  }
}

/** From Go 1.24 on the stack names files: `example.com/x from a.go`. */
function stripFile(element: string): string {
  return element.split(' from ')[0] ?? element
}

function stripTest(importPath: string | undefined): string | undefined {
  return importPath === undefined || importPath === '' ? undefined : importPath.split(' ')[0]
}
