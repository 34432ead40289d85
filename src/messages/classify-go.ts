import { line, type Line } from './line.ts'

// What the go command prints with `go: ` in front and that is no complaint (base.ShouldPrint, modload, modget, toolchain).
const news =
  /^(?:downloading|extracting|finding|found|added|upgraded|downgraded|removed|creating new go\.(?:mod|work)|copying requirements|converting|updating|reusing|to add module requirements|to switch to the latest|no module dependencies|no dependencies (?:in workspace )?to vendor|switching to|toolchain (?:upgraded|downgraded)|trying|accepting|all modules verified)\b/
const switching = /; switching to go\d/
const deprecated = /^module \S+ is deprecated: /

// Complaints of the go command that come without its name, from their beginning.
const bare =
  /^(?:verifying (?:module |go\.mod )?\S+@\S+: |malformed go\.(?:sum|work\.sum):|pattern \S+: |package \S+: |no required module provides package|missing go\.sum entry|cannot find (?:package|module)|can't load package: |build \S+: cannot (?:load|find)|error obtaining (?:VCS status|buildID)|error reading |error loading |errors parsing |parsing go\.|failed to initialize build cache|build cache is |warning: (?:GOPATH|ignoring|"[^"]*" matched no packages|verifying )|-(?:race|msan|asan|linkmode|buildmode|buildvcs)\b|buildmode=\S+ not supported|default PIE binary requires|(?:android|ios|darwin|windows|linux)\/\w+ requires external \(cgo\) linking|current directory |directory (?:prefix )?\S+ (?:outside|is contained|does not contain)|stat \S+: directory not found|found packages? |no (?:non-test |buildable )?Go files in|no packages (?:to|loaded)|main module \(|current workspace|the path provided to GOWORK|reading go\.work|path \S+ appears multiple times|module \S+ (?:appears multiple times|listed in go\.work|found|provides package|declares its path|requires)|updates to go\.(?:mod|sum) needed|inconsistent vendoring|import cycle not allowed|case-insensitive import collision|import lookup disabled|use of internal package|invalid flag in #cgo|invalid #cgo|malformed #cgo|malformed (?:module|import) path|invalid import path|unrecognized import path|unsupported (?:setting GO|GOOS)|unknown flag|flag provided but not defined: |conflicting replacements for|ambiguous import: |not a known dependency|no matching versions for query|zip: not a valid zip file|unzip |named files must|package \S+ is not in|package command-line-arguments|go\.mod file not found|no modules were found|exec: "[^"]{1,200}": executable file not found|error: module |GOPROXY list |invalid proxy URL|invalid GO[A-Z]+|missing Git command)/

// The same further inside a line: an import path, a module or a position that we could not read stands before it.
const inside =
  /: (?:build constraints exclude all Go files|cannot find module providing package|no required module provides package|missing go\.sum entry|(?:verifying [^:]{1,500}: )?checksum (?:mismatch|missing)|no (?:non-test |buildable )?Go files in|import cycle not allowed|ambiguous import: found|(?:package \S{1,500} )?is not in (?:GOROOT|std) \(|package \S{1,500} is not in (?:GOROOT|std) \(|replacement directory \S{1,500} does not exist|invalid flag in |invalid #cgo |malformed #cgo |exec: "[^"]{1,200}": executable file not found|package using cgo has Go assembly file|(?:C|C\+\+|Objective-C|Fortran) source files not allowed when|use of internal package|(?:dir|zip) has been modified|missing ziphash|zip: not a valid zip file|reading \S{1,1000}: \d{3} |unrecognized import path "|inconsistent vendoring in|unexpected ziphash|parsing go\.mod: |write \S{1,1000}: no space left on device|(?:\S{1,300}\/)?(?:compile|link|asm|cgo|vet|6l|8l)(?:\.exe)?: (?:signal: killed|exit status \d))|\(replaced by [^()]{1,500}\): |^[A-Za-z0-9][\w~-]*\.[\w./~-]{1,500}@v\d\S{0,200}: \S|^[\w.-]+\.[\w./~-]{1,500} v\d\S{0,200}: (?:dir|zip|missing)/

const oldPrefix = /^go (?:build|get|install|vet|test|list|run) (?=[^\s:-][^\s:]*: )/
const oldGet = /^go (?:get|install|list|run|mod \w+): (?=\S)/
const subject = /^([\w.][\w./~-]{0,500}): \S/

/**
 * Recognises what the go command itself says, with or without its name in front. The prefixes of old versions are cut
 * (`go build PKG: `, to Go 1.19, leaves `PKG: `, as newer ones print it; `can't load package: `, to Go 1.15, goes).
 */
export function classifyGo(text: string): Line | undefined {
  if (text.startsWith('go: ')) return goLine(text.slice(4))
  if (text.startsWith('go ')) {
    const rest = (oldPrefix.exec(text) ?? oldGet.exec(text))?.[0]
    if (rest !== undefined && text.length > rest.length) return complaint(text.slice(rest.length))
  }
  if (text === 'all modules verified' || text.startsWith('go version go')) return line('go', 'info', text)
  if (text.startsWith("can't load package: ")) return complaint(text.slice("can't load package: ".length))
  if (isBarePackage(text)) return line('go', 'error', text, { role: 'chain' })
  if (bare.test(text) || (text.includes(': ') && inside.test(text))) return complaint(text)
  if (endsChain(text) && /^\S+ (?:imports|requires|tested by)$/.test(text)) return complaint(text)
  if (text.startsWith('exit status ') && /^exit status \d+$/.test(text)) return line('go', 'error', text)
  if (text.startsWith('signal: ')) return line('system', 'error', text)
  return undefined
}

/** True for the heading of an import chain: `package example.com/m`. */
export function isBarePackage(text: string): boolean {
  return text.startsWith('package ') && /^package [^\s:;{]+$/.test(text)
}

function goLine(text: string): Line {
  if (news.test(text) || switching.test(text)) return line('go', 'info', text)
  return complaint(text)
}

function complaint(text: string): Line {
  if (
    text.startsWith('warning: ') ||
    deprecated.test(text) ||
    text.startsWith('ignoring requirement on excluded version')
  ) {
    return line('go', 'warning', text)
  }
  const named = subject.exec(text)?.[1]
  const about = named !== undefined && isImportPath(named) ? { package: named } : {}
  if (endsChain(text)) return line('go', 'error', text, { role: 'chain' })
  if (text.startsWith('cannot find package') || text.startsWith('found packages')) return line('go', 'error', text)
  if (
    /^(?:errors? (?:parsing|loading|reading) \S+|malformed go\.(?:sum|work\.sum)|conflicting replacements for \S+):$/.test(
      text,
    )
  ) {
    return line('go', 'error', text, { role: 'list' })
  }
  return line('go', 'error', text, about)
}

function isImportPath(text: string): boolean {
  return (text.includes('/') || text.includes('.')) && !/\.(?:go|mod|sum|work)$/.test(text)
}

/** True for the first line of `A imports`, `A requires`, `A tested by`, whose object follows on the next line. */
export function endsChain(text: string): boolean {
  // Asked of every line: most end in another letter.
  const last = text.charAt(text.length - 1)
  if (last !== 's' && last !== 'y' && last !== 'o') return false
  return (
    text.endsWith(' imports') ||
    text.endsWith(' requires') ||
    text.endsWith(' tested by') ||
    text.endsWith(' updating to')
  )
}
