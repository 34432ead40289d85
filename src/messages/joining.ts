import type { Line } from './line.ts'

// Lines without indent that only go on with the message before them: hints of go, git, pkg-config and the C compilers.
const hints =
  /^(?:SECURITY ERROR$|This download does NOT match|The bits may have been replaced|have intercepted the download|For more information, see |This means that|The current |Confirm the import path was entered|If this is a private repository|Use -buildvcs=false|To ignore the vendor directory|To sync the vendor directory|run 'go mod (?:vendor|tidy)'|use "go work edit|Run 'go help |usage: |Usage of |Perhaps you should add the directory|to the PKG_CONFIG_PATH|compilation terminated\.?$|Please make sure you have the correct access|and the repository exists\.|server response:|downloaded: |go\.(?:work\.)?sum: {1,10}h\d:|sum\.golang\.org: |>>> |more than one |a binary compiled for |to GOARM or |See 'go help |\(use -|go mod download|go mod tidy$|go get \S+$|Note that|but was required as:|module declares its path as:)/
const pkgConfigMore = /^(?:Package '|Perhaps you|to the PKG_CONFIG|pkg-config: exit status)/

/** True for a line that goes on with an open message although nothing indents it. */
export function isHint(text: string, open: Line): boolean {
  if (open.kind === 'info' && open.printer !== 'go') return false
  if (open.printer === 'pkg-config') return pkgConfigMore.test(text)
  if (open.printer === 'compile' || open.printer === 'vet' || open.printer === 'test') {
    return text.startsWith('usage: ') && open.text.startsWith('flag provided')
  }
  // From Go 1.23 on the linker repeats the command it ran.
  if (open.printer === 'link') return open.text.includes(': running ') && / -o \S/.test(text)
  if (open.printer === 'ld') return text.startsWith('>>> ')
  if (open.printer === 'cc') return text.startsWith('compilation terminated')
  return hints.test(text)
}

const noteAt = /^\S{1,1000}:\d{1,7}(?::\d{1,7})?: note: /

/** True for the note or the source line of a C compiler under its own error. */
export function isNote(text: string, open: Line): boolean {
  return open.printer === 'cc' && noteAt.test(text)
}

const listed = /^\S{1,1000}\.(?:mod|work|sum):\d+(?::\d+)?: /

/** True for an entry under a heading such as `go: errors parsing go.mod:`. */
export function isListed(text: string, open: Line): boolean {
  if (open.role !== 'list') return false
  return listed.test(text)
}

const frame = /^[\w./~*$()[\]{}·%-]{1,600}(?:\.[\w()*.·[\]{}…-]{1,300})?\([^)]{0,1000}\)$/

/** True for a line of a crash: goroutine headings, frames, registers, and what they stand between. */
export function isTrace(text: string, indent: number, afterBlank: boolean): boolean {
  if (indent > 0) return true
  if (
    /^(?:goroutine \d+|runtime stack:|\[signal |created by |\.\.\.additional frames|main\.|panic: |\[recovered|r\d{1,2} |r[a-z]{2} |eflags |[cf-g]s {1,6}0x|trap |error {1,6}0x|oldmask|fault |lr |sp |pc |PC=|signal arrived|a binary compiled for |to GOARM or )/.test(
      text,
    )
  ) {
    return true
  }
  return !afterBlank && frame.test(text)
}

/** The parts of a chain element: `imports example.com/x: reason`, `example.com/y@v1.0.0 requires`. */
export interface Link {
  readonly path: string
  readonly reason?: string
}

/** Reads one line under `package a`, `a imports` or `a requires`; undefined for a line that is no element of a chain. */
export function parseLink(text: string, importing: boolean): Link | undefined {
  const body = importing ? afterVerb(text) : text
  if (body === undefined) return undefined
  const end = body.search(/[\s]|: /)
  const token = end < 0 ? body : body.slice(0, end)
  const path = token.endsWith(':') ? token.slice(0, -1) : token
  if (path === '' || !/^[\w.@/~+!-]+$/.test(path)) return undefined
  const rest = end < 0 ? '' : body.slice(end)
  if (/^ (?:imports|requires|tested by)$/.test(rest)) return { path }
  const reasonAt = token.endsWith(':') ? 0 : rest.indexOf(': ')
  if (importing && (rest === '' || (rest.startsWith(' from ') && reasonAt < 0)))
    return token.endsWith(':') ? { path, reason: '' } : { path }
  if (reasonAt < 0) return undefined
  if (!importing && reasonAt > 0 && !rest.startsWith(' (')) return undefined
  return {
    path,
    reason: rest.slice(rest.startsWith(' from ') || token.endsWith(':') ? reasonAt : 0).replace(/^:? /, ''),
  }
}

function afterVerb(text: string): string | undefined {
  if (text.startsWith('imports ')) return text.slice('imports '.length)
  return text.startsWith('tested by ') ? text.slice('tested by '.length) : undefined
}
