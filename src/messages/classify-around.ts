import { line, type Line } from './line.ts'

const git =
  /^(?:fatal|remote): |^ssh: |^Host key verification failed|^git@[\w.-]+: |^[\w.-]{1,100}@[\w.-]{1,200}: Permission denied|^Permission denied \(publickey|^error: (?:unable to (?:create|read|unlink)|pathspec|RPC failed|object file|could not|failed to push|cannot)|^error: \d+ bytes of body|^hint: |^kex_exchange_identification|^Load key |^ERROR: Repository not found|^Cloning into /
const gitWarning =
  /^warning: (?:in the working copy|LF will be|CRLF will be|redirecting to|templates not found|You appear)/

const system =
  /cannot execute(?: binary file)?(?:: (?:Exec format error|required file not found|required))?|[Ee]xec format error|Bad CPU type in executable|is not a valid Win32 application|^(?:\/bin\/)?(?:ba|da|a|z|k)?sh: (?:line \d+: |\d+: )?\S{1,500}: (?:not found|[Pp]ermission denied|No such file)|^fork\/exec \S{1,1000}: |^exec \S{1,500}: (?:no such file|exec format|permission)|version '?[`'‘]?GLIBC(?:XX)?_[\d.]+'? not found|^Error relocating |^Error loading shared library|error while loading shared libraries|^dyld(?:\[\d+\])?: |^Killed(?:: 9)?$|^\[\d+\] {1,10}\d+ (?:killed|abort|segmentation)|^SIGKILL |^standard_init_linux\.go|OCI runtime |exec user process caused|^Segmentation fault|^Illegal instruction|^Bus error|^Trace\/BPT trap|^Abort trap|^qemu(?:-[\w-]{1,20})?: |^zsh: killed|text file busy$|^container_linux\.go|^signal: \w/

const crash =
  /^panic: |^fatal error: |^runtime: |^runtime\/cgo: |^SIG[A-Z]{2,6}: |^unexpected fault address|^\[signal |^This program can only (?:be )?run on |^goroutine \d+ \[[^\]]{1,80}\]:$|^fatal: morestack|^unknown pc /

const consequence =
  /^make(?:\[\d+\])?: (?:\*\*\* |Entering |Leaving |Nothing )|^gmake(?:\[\d+\])?: \*\*\* |^Makefile:\d+: recipe for target|^(?:Error: )?Process completed with exit code \d|^The command '?[^\n]{1,2000} returned a non-zero code|^ERROR: (?:process "|failed to |Service |Job failed|executor failed|script returned|A failure occurred)|^==> ERROR: |^failed to solve: |^error: failed to solve|^npm (?:ERR!|error) |^script returned exit code|^The terminal process terminated|^ERROR: "|^error Command failed|^Dockerfile:\d+$|^Command exited with|^Build step .{1,100} marked build as failure|(?:^|: )go\.(?:mod|work):\d{1,6}(?::\d{1,6})?: |^mage: |^task: Failed to run task/

const test =
  /^(?:=== (?:RUN|PAUSE|CONT|NAME|ATTR|(?:FAIL|SKIP):) |--- (?:PASS|FAIL|SKIP|BENCH): |ok[ \t]{1,8}\S|\?[ \t]{1,8}\S{1,500}[ \t]{1,8}\[no test files\]|coverage: |PASS$|FAIL$|FAIL[\t ]{1,8}\S|testing: |Benchmark\w{1,100}(?:-\d+)?\s)/

/** Recognises git and ssh, the kernel and the loader, a Go program's own crash, test results and the wrappers around Go. */
export function classifyAround(text: string): Line | undefined {
  if (test.test(text)) return testLine(text)
  if (crash.test(text)) return line('runtime', 'error', text, { role: 'trace' })
  if (consequence.test(text))
    return line('wrapper', /^make[^*]*: (?:Entering|Leaving|Nothing)/.test(text) ? 'info' : 'error', text)
  if (gitWarning.test(text)) return line('git', 'warning', text)
  if (git.test(text)) return gitLine(text)
  if (system.test(text)) return line('system', 'error', text)
  return undefined
}

/** True for a line of `go test` itself, as opposed to what a test prints. */
export function isResult(text: string): boolean {
  return test.test(text)
}

function testLine(text: string): Line {
  const failed = /^(?:(?:--- |=== )?FAIL)/.test(text)
  if (!failed) return line('test', 'info', text)
  const name = /^FAIL[\t ]+(\S+)/.exec(text)?.[1]
  return line('test', 'error', text, name === undefined ? {} : { package: name })
}

function gitLine(text: string): Line {
  if (/^(?:remote|hint): /.test(text)) return line('git', 'info', text, { role: 'preface' })
  return line('git', text.startsWith('Cloning ') ? 'info' : 'error', text)
}

const goCommand =
  /^(?:[A-Z][A-Za-z0-9_]{0,60}=(?:"[^"]{0,500}"|'[^']{0,500}'|[^\s"']\S{0,500})? {1,4}|(?:env|sudo|time|exec) ){0,30}(?:\S{0,300}\/)?(?:go[\d.]{0,10}(?:rc\d|beta\d)?|gotip|tinygo|gomobile|garble)(?:\.exe)? (?:build|get|install|test|run|vet|mod|list|work|generate|tool|env|clean|bind|fmt|fix|doc|-C)\b/
const prompts: readonly RegExp[] = [
  /^[A-Za-z]:\\[^>]{0,300}>(?=\S)/,
  /^PS [A-Za-z]:\\[^>]{0,300}> ?(?=\S)/,
  /^\[[^\]]{1,100}\] ?[$#] (?=\S)/,
  /^[\w.-]{1,60}@[^\s$#]{1,200}[$#] (?=\S)/,
  /^(?:[^\s$%❯>#]{1,60} )?[$%❯] (?=\S)/,
  /^>>> (?=[$/\w])/,
  /^\+ (?=[\w/.])/,
  /^# (?=(?:go|CGO_|GO[A-Z]|\.\/|file|ldd|docker|make|apk|apt)\S* ?)/,
  /^> (?=(?:go|curl|git|make|docker|npm|CGO_|GO[A-Z])\b)/,
  /^RUN (?=\S)/,
  /^(?:Step \d{1,3}\/\d{1,3} :|STEP \d{1,3}\/\d{1,3}:) RUN (?=\S)/,
  /^(?:=> )?(?:ERROR |CACHED )?\[(?:[\w. -]{1,60} )?\d{1,3}\/\d{1,3}\] RUN (?=\S)/,
]
const steps =
  /^(?:Step \d{1,3}\/\d{1,3} : |---> |(?:=> )?(?:ERROR |CACHED )?\[(?:[\w. -]{1,60} )?\d{1,3}\/\d{1,3}\] (?:FROM|COPY|ADD|WORKDIR|ENV|ARG)\b)/
const promptMarks = /[$%#] |[>❯]/
const firsts = new Set('$%❯+>#[RS=~EC'.split(''))

/** Recognises an echoed command: after a prompt, in a step of a Dockerfile, or a bare line that begins with a go command. */
export function classifyEcho(text: string): Line | undefined {
  if (firsts.has(text.charAt(0)) || promptMarks.test(text)) {
    for (const prompt of prompts) {
      const found = prompt.exec(text)
      if (found !== null) return echo(text.slice(found[0].length))
    }
    if (steps.test(text)) return line('wrapper', 'info', text)
  }
  if (text.includes('go') && goCommand.test(text)) return echo(text)
  return undefined
}

function echo(command: string): Line {
  return line('wrapper', 'info', command, { command: command.trim() })
}
