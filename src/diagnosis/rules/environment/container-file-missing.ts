import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const copied: readonly RegExp[] = [
  /failed to get fileinfo for ([^\s:]{1,300}): /,
  /[Ff]orbidden path outside the build context: ([^\s(]{1,300})/,
  /"\/?([^"\n]{1,300})": not found/,
  /(?:COPY|ADD) failed: [^\n]{0,200}?stat (?:\/var\/lib\/docker\/tmp\/[\w-]{1,60}\/)?([^\s:]{1,300}): (?:file does not exist|no such file)/,
  /(?:COPY|ADD) failed: no source files were specified/,
  /failed to (?:compute cache key|calculate checksum of ref)[^\n]{0,200}?(?:"|\s)\/?([^\s":]{1,300})"?: not found/,
  /checking on sources under [^\n]{1,200}: (?:copier: )?stat: "?\/?([^\s":]{1,300})"?: no such file/,
  /copier: stat: "?\/?([^\s":]{1,300})"?: no such file/,
  /lstat \/?([^\s:]{1,300}): no such file or directory[^\n]{0,40}(?:COPY|ADD)/,
]
const started = /exec: "([^"\n]{1,300})": (?:stat \S{1,300}: no such file or directory|executable file not found)/

const rule: Rule = {
  id: 'container-file-missing',
  area: 'environment',
  title: 'A file is not in the build context or image',
  what: 'A Dockerfile copies, or a container starts, a file that is not there.',
  why: 'COPY sees only what lies below the build context and is not named in .dockerignore. What lies above it (a module that go.mod replaces by ../lib, go.work) and what git ignores (generated code, vendor) is missing. A program that is built into another path, or not copied from the stage that built it, cannot start.',
  fix: 'Build with the folder that holds everything as context, and check .dockerignore; or copy the file from the stage that made it.',
  classes: [],
  example:
    'COPY failed: file not found in build context or excluded by .dockerignore: stat go.sum: file does not exist',
  markers: [
    'COPY failed',
    'ADD failed',
    'failed to compute cache key',
    'failed to calculate checksum',
    'copier: stat',
    'failed to get fileinfo for',
    'orbidden path outside',
    'no such file or directory',
    'executable file not found in $PATH',
  ],
  message: (message) => {
    // Older run-times put one quotation into another.
    const block = plain(message).replaceAll('\\"', '"')
    const container = /OCI runtime|starting container process|container_linux\.go|runc|Error response from daemon/.test(
      block,
    )
    const program = container ? started.exec(block)?.[1] : undefined
    if (program !== undefined) {
      return diagnosis({
        confidence: 'likely',
        message: `The container shall start ${clip(program)}, and there is no such program in the image${program.includes('/') ? '' : ' on PATH'}.`,
        fix: advice(
          'Compare the path of go build -o (and COPY --from) with the one in CMD or ENTRYPOINT, and whether a volume is mounted over that folder. An argument in CMD as one string is taken for a name.',
        ),
        key: program,
      })
    }
    if (
      !/COPY failed|ADD failed|failed to compute cache key|failed to calculate checksum|copier: stat|failed to get fileinfo for|[Ff]orbidden path outside/.test(
        block,
      )
    )
      return undefined
    const found = copied.map((pattern) => pattern.exec(block)).find((match) => match !== null)
    const file = found?.[1]?.replace(/^\//, '')
    const sum = file !== undefined && /(?:^|\/)go\.sum$/.test(file)
    return diagnosis({
      confidence: found === undefined ? 'likely' : 'certain',
      message: `${file === undefined ? 'A file that the Dockerfile copies' : clip(file)} is not in the build context.`,
      fix: advice(
        sum
          ? 'Commit go.sum. A module without requirements has none: copy with “COPY go.mod go.sum* ./”. Else check .dockerignore and which folder is the context.'
          : 'Check the folder that is given as context (the last argument of docker build; `context:` of an action or compose file), .dockerignore, and whether the file is committed. COPY never reaches above the context.',
        ['docker build -f path/to/Dockerfile .'],
      ),
      key: file ?? 'copy',
    })
  },
}

export default rule
