// action.yml and the tables of inputs, outputs and flags, from the tables in src/config/inputs.ts and src/cli/help.ts.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { stringify } from 'yaml'
import { loadTypeScript } from './load-typescript.mjs'

/**
 * @param {string} root absolute path of the repository
 * @returns {Promise<Map<string, string>>} content by path relative to the root
 */
export async function generateInputs(root) {
  const { inputs } = await loadTypeScript('src/config/inputs.ts')
  const { outputs } = await loadTypeScript('src/config/outputs.ts')
  const { checkFlags, diagnoseFlags, portsFlags, portsInputs, rulesFlags } = await loadTypeScript('src/cli/help.ts')
  const { description } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'))
  const read = (file) => readFile(path.join(root, file), 'utf8')
  const cliInputs = inputs.filter((input) => input.entries.includes('cli'))
  const actionInputs = inputs.filter((input) => input.entries.includes('action'))
  return new Map([
    ['action.yml', actionYml(description, actionInputs, outputs)],
    [
      'README.md',
      replaceSections('README.md', await read('README.md'), {
        inputs: shortInputTable(actionInputs),
        outputs: outputTable(outputs),
      }),
    ],
    [
      'docs/inputs.md',
      replaceSections('docs/inputs.md', await read('docs/inputs.md'), {
        'setup-go inputs': inputTable(actionInputs.filter((input) => input.origin === 'setup-go')),
        'gopreflight inputs': inputTable(actionInputs.filter((input) => input.origin === 'gopreflight')),
        outputs: outputTable(outputs),
      }),
    ],
    [
      'docs/cli.md',
      replaceSections('docs/cli.md', await read('docs/cli.md'), {
        'inputs as flags': flagTable(cliInputs),
        'check flags': ownFlagTable(checkFlags),
        'ports inputs': portsInputs.map((name) => code(`--${name}`)).join(', '),
        'ports flags': ownFlagTable(portsFlags),
        'diagnose flags': ownFlagTable(diagnoseFlags),
        'rules flags': ownFlagTable(rulesFlags),
      }),
    ],
  ])
}

function actionYml(description, inputs, outputs) {
  const document = {
    name: 'gopreflight',
    description,
    author: 'gopreflight contributors',
    branding: { icon: 'check-circle', color: 'blue' },
    inputs: Object.fromEntries(
      inputs.map((input) => [
        input.name,
        {
          description: input.description,
          required: false,
          ...(input.default === undefined ? {} : { default: input.default }),
        },
      ]),
    ),
    outputs: Object.fromEntries(outputs.map((output) => [output.name, { description: output.description }])),
    runs: {
      using: 'node24',
      main: 'dist/main.js',
      post: 'dist/main.js',
      'post-if': '!cancelled()',
    },
  }
  const text = stringify(document, { lineWidth: 0 })
  const note = [
    '  # post saves caches. setup-go runs it after a success only; here a red run saves too, because what it downloaded and',
    '  # verified is as good, and the next run, the one with the fix, is the one that somebody waits for.',
  ].join('\n')
  return `# Made by "npm run generate" from src/config/inputs.ts. Do not edit.\n${text.replace(/^ {2}post-if:/m, `${note}\n$&`)}`
}

/**
 * Replaces what stands between `<!-- generated: NAME -->` and `<!-- end of generated: NAME -->`, for every name.
 * @param {string} file named in the error when a marker is missing
 * @param {string} text
 * @param {Record<string, string>} sections
 */
export function replaceSections(file, text, sections) {
  let result = text.replaceAll('\r\n', '\n')
  for (const [name, content] of Object.entries(sections)) {
    const begin = `<!-- generated: ${name} -->`
    const end = `<!-- end of generated: ${name} -->`
    const from = result.indexOf(begin)
    const to = result.indexOf(end)
    if (from === -1 || to < from) throw new Error(`${file}: the markers "${begin}" and "${end}" are missing`)
    // Padding a table to its longest description would make every edit a diff of the whole table.
    const block = `\n\n<!-- prettier-ignore -->\n${content}\n\n`
    result = result.slice(0, from + begin.length) + block + result.slice(to)
  }
  return result
}

function shortInputTable(inputs) {
  return table(
    ['Input', 'Default', 'Meaning'],
    inputs.map((input) => [
      `[\`${input.name}\`](docs/inputs.md#${input.name})`,
      codeOrEmpty(input.default),
      firstSentence(input.description),
    ]),
  )
}

function inputTable(inputs) {
  return table(
    ['Input', 'Kind', 'Default', 'Meaning'],
    inputs.map((input) => [
      `<a id="${input.name}"></a>\`${input.name}\``,
      input.values === undefined ? input.kind : `${input.kind}: ${input.values.map(code).join(', ')}`,
      codeOrEmpty(input.default),
      input.description,
    ]),
  )
}

function flagTable(inputs) {
  return table(
    ['Flag', 'Default', 'Meaning'],
    inputs.map((input) => [
      code(input.kind === 'boolean' ? `--${input.name}` : `--${input.name} ${placeholder(input)}`),
      // An expression of the workflow language has no meaning in a terminal.
      input.default?.includes('${{') ? '' : codeOrEmpty(input.default),
      input.description,
    ]),
  )
}

function ownFlagTable(flags) {
  return table(
    ['Flag', 'Meaning'],
    flags.map((flag) => {
      const name = code(flag.kind === 'switch' ? `--${flag.name}` : `--${flag.name} TEXT`)
      return [flag.short === undefined ? name : `${name}, ${code(`-${flag.short}`)}`, flag.description]
    }),
  )
}

function outputTable(outputs) {
  return table(
    ['Output', 'Meaning'],
    outputs.map((output) => [code(output.name), output.description]),
  )
}

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function placeholder(input) {
  return input.kind === 'list' ? 'LIST' : input.kind === 'choice' ? input.values.join('|') : 'TEXT'
}

const code = (text) => `\`${text}\``
const codeOrEmpty = (text) => (text === undefined ? '' : code(text))

/** Up to the first full stop that ends a sentence: one in a version or a file name is followed by no space. */
function firstSentence(text) {
  const end = text.indexOf('. ')
  return end === -1 ? text : text.slice(0, end + 1)
}
