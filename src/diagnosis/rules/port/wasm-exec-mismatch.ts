import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const imports: readonly RegExp[] = [
  /Import #\d{1,4} (?:module=)?"(go|gojs|env|wasi_snapshot_preview1)"(?: (?:function=)?"([\w./]{1,120})")?/,
  /[Ii]mport(?:ing)? (?:object field )?['"‘]?(go|gojs)['"’]?(?::([\w./]{1,120}))? (?:is not an Object|must be (?:an object|callable))/,
  /import object field '((?:runtime|syscall\/js)\.[\w.]{1,100})' is not a Function/,
  /import function (go|gojs):([\w./]{1,120}) must be callable/,
  /(?:unknown import|incompatible import type for|Failed to instantiate[^\n]{0,100}): [`'"]?(go|gojs)(?:[`'"]?[.:]+[`'"]?([\w./]{1,100}))?/,
]
const moved =
  /(misc\/wasm\/(?:wasm_exec(?:_node)?\.(?:js|html)|go_js_wasm_exec))['’"]?[^\n]{0,60}(?:No such file|no such file|not found|cannot find|Cannot find|does not exist)|(?:cannot stat|Cannot find module|can't open|no such file or directory:?) ['‘"]?[^\n'’]{0,200}(misc\/wasm\/[\w.]{1,40})/

const rule: Rule = {
  id: 'wasm-exec-mismatch',
  area: 'port',
  title: 'wasm_exec.js is from another Go than the program',
  what: 'A WebAssembly program is not started because the JavaScript beside it offers other functions than the program imports.',
  why: 'wasm_exec.js and the program are two halves of one Go release: the names of the imports change (module “go” to “gojs” in 1.21). TinyGo has a wasm_exec.js of its own. From Go 1.24 on the file lies in lib/wasm, before in misc/wasm.',
  fix: 'Copy wasm_exec.js from the very Go (or TinyGo) that builds, in the same step.',
  classes: [],
  example:
    'LinkError: WebAssembly.instantiate(): Import #1 module="go" function="runtime.resetMemoryDataView" error: function import requires a callable',
  markers: [
    'Import #',
    'mport object field',
    'import go',
    'mport function go',
    'misc/wasm',
    'unknown import',
    'mporting',
  ],
  message: (message) => {
    const block = plain(message)
    const place = moved.exec(block)
    if (place !== null) {
      return diagnosis({
        message: `${place[1] ?? place[2] ?? 'misc/wasm'} is not in this Go: from Go 1.24 on its files lie in lib/wasm.`,
        fix: advice('Copy it from lib/wasm; a script for all versions tries both folders.', [
          'cp "$(go env GOROOT)/lib/wasm/wasm_exec.js" .',
        ]),
        key: 'moved',
      })
    }
    const found = imports.map((pattern) => pattern.exec(block)).find((match) => match !== null)
    if (found === undefined) return undefined
    const [, first, second] = found
    const wanted = second ?? first
    const tiny = first === 'env' || first === 'wasi_snapshot_preview1'
    return diagnosis({
      confidence: tiny ? 'guess' : 'certain',
      message: `The program wants ${wanted === undefined ? 'an import' : clip(wanted, 80)}${first === undefined || first === wanted ? '' : ` of “${first}”`}, which the wasm_exec.js that loads it does not offer${tiny ? ': most likely one of the two is TinyGo’s and the other is not, or the program was built for WASI and is loaded as js' : ': it is from another Go release, or an old copy in the browser’s cache'}.`,
      fix: advice(
        tiny
          ? 'Use the wasm_exec.js of the compiler that built it (TinyGo: $(tinygo env TINYGOROOT)/targets/wasm_exec.js), and build for js (GOOS=js) what a browser shall load.'
          : 'Copy wasm_exec.js from the Go that builds, in the step that builds, and load it without the browser’s cache.',
        [
          'cp "$(go env GOROOT)/lib/wasm/wasm_exec.js" .  # Go 1.24 and newer',
          'cp "$(go env GOROOT)/misc/wasm/wasm_exec.js" .  # before',
        ],
      ),
      key: 'imports',
    })
  },
}

export default rule
