/** A line of a log without what terminals, log services and containers set around it. */
export interface CleanLine {
  /** Tabs and leading blanks kept: they say what continues what. */
  readonly text: string
  /** What the log service marked the line as: an annotation of GitHub, or the start of a step. */
  readonly mark?: 'error' | 'warning' | 'command'
}

const maxLine = 16 * 1024
const maxPrefixes = 6

// ECMA-48 control sequences, OSC strings (titles, links), APC and DCS strings (Buildkite's times) and two-character escapes.
const ansi =
  // eslint-disable-next-line no-control-regex
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[_P^X][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\])/g
// Control characters but the tab, and the marks that turn the direction of text.
// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/
const allControls = new RegExp(controls.source, 'g')

/** Prefixes by their first character, so that an ordinary line is tried against none of them. */
const digitPrefixes: readonly RegExp[] = [
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)(?: \d\d[OE]\+?)?[ \t]?/, // GitHub, GitLab, docker logs -t
  /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})? /, // package log of Go
  /^\d{1,2}:\d\d:\d\d(?:\.\d{1,9})? {1,2}/, // Jenkins
  /^\d{1,6}\.\d{2,3} /, // the excerpt that buildx prints under an error
]
const hashPrefixes: readonly RegExp[] = [/^#\d{1,4} (?:\d{1,6}\.\d{1,3} ?)?/]
const bracketPrefixes: readonly RegExp[] = [
  /^\[\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[^\]]{0,20}\] ?/,
  /^\[[^\]]{1,100}\] {1,20}\| /, // act
  /^\[[^\]]{1,60}\](?=# )/,
  /^\[\d\d:\d\d:\d\d(?:\.\d{1,6})?\](?:[WEFi]?:)?(?:[ \t]{0,4}\[[^\]]{1,60}\])? ?/, // TeamCity, Vercel
  /^\[(?:Error|Warn|Warning|Info) {1,2}- \d{1,2}:\d\d:\d\d(?: [AP]M)?\] /, // language servers
  /^\[[\w.-]{1,60} : [\w.-]{1,60}\] /, // Tekton
  /^\[[A-Za-z][\w.:-]{0,40}\] /, // Task and others that name the job
  /^\[pod\/[^\]]{1,200}\] /, // kubectl logs --prefix
  /^\[\d{1,2}\] (?! {0,10}\d{1,9} )/, // concurrently; a shell tells of its jobs by their process
]
// Markdown. What looks like a prompt with a command stays one.
const quotePrefixes: readonly RegExp[] = [/^> (?!(?:go|curl|git|make|docker|npm) |CGO_|GO[A-Z])/]
const letterPrefixes: readonly RegExp[] = [
  /^[A-Za-z][\w.-]{0,60}[-_]\d{1,3} {0,30}\| /, // docker compose
  /^(?:trace|debug|info|warn|error):[\w.-]{1,60}: /,
  /^Step #\d{1,3}(?: - "[^"]{1,100}")?: /, // Cloud Build
  /^[A-Za-z][\w.-]{0,60} {1,30}│ /, // Tilt
  /^remote: {5,8}/, // git push to a platform that builds
  /^(?:@[\w.-]{1,60}\/)?[\w.-]{1,60}:(?:build|test|lint|vet|check|ci|compile|dev|generate): /, // turbo
  /^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d [\w.-]{1,64} [\w.@/-]{1,64}(?:\[\d{1,9}\])?: /, // syslog
  /^[^\t]{1,100}\t[^\t]{1,200}\t(?=\d{4}-\d\d-\d\dT)/, // gh run view --log
]

/** Strips colours, control characters, timestamps and the prefixes of GitHub, Docker, compose, GitLab, Jenkins and act. */
export function cleanLine(raw: string): CleanLine {
  let text = raw.length > maxLine ? raw.slice(0, maxLine) : raw
  if (text.includes('\r')) text = lastSegment(text)
  if (text.includes('\u001b')) text = text.replace(ansi, '')
  if (controls.test(text)) text = text.replace(allControls, '')
  for (let round = 0; round < maxPrefixes; round++) {
    const stripped = stripPrefix(text)
    if (stripped === text) break
    text = stripped
  }
  return marked(text)
}

/** A progress line draws over itself; what was drawn last is what a person sees. */
function lastSegment(text: string): string {
  const segments = text.split('\r')
  for (let at = segments.length - 1; at > 0; at--) {
    const segment = segments[at] ?? ''
    if (segment.trim() !== '') return segment
  }
  return segments[0] ?? ''
}

function stripPrefix(text: string): string {
  for (const prefix of prefixesFor(text)) {
    const found = prefix.exec(text)
    if (found !== null) return text.slice(found[0].length)
  }
  return text
}

const none: readonly RegExp[] = []
const indentPrefixes: readonly RegExp[] = [
  /^ {4,12}> /, // nix
  /^ {2,8}│ ?/, // goreleaser
  /^ {1,40}\+[\w./+-]{1,80} (?:\*failed\* )?\| /, // Earthly
]

function prefixesFor(text: string): readonly RegExp[] {
  const first = text.charCodeAt(0)
  if (first >= 48 && first <= 57) return digitPrefixes
  if (first === 35) return hashPrefixes
  if (first === 91) return bracketPrefixes
  if (first === 62) return quotePrefixes
  if (first === 32) return text.includes('> ') || text.includes('│') || text.includes(' | ') ? indentPrefixes : none
  const letter = (first >= 64 && first <= 90) || (first >= 97 && first <= 122)
  if (letter && (text.includes('| ') || text.includes(':') || text.includes('│ '))) return letterPrefixes
  return none
}

/** Workflow commands and their older form: the text they carry, and what they mark it as. */
function marked(text: string): CleanLine {
  if (text.startsWith('##[') || text.startsWith('::')) {
    const [whole, word] = /^##\[([a-z-]{1,20})\]/.exec(text) ?? /^::([a-z-]{1,20})(?: [^:]{0,300})?::/.exec(text) ?? []
    if (whole === undefined || word === undefined) return { text }
    const rest = text.slice(whole.length)
    if (word === 'error' || word === 'warning') return { text: rest, mark: word }
    if (word === 'command') return { text: rest, mark: 'command' }
    if (word === 'group' && rest.startsWith('Run ')) return { text: rest.slice(4), mark: 'command' }
    return { text: rest }
  }
  return { text }
}
