import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { inputs } from '../../src/config/inputs.ts'
import { outputs } from '../../src/config/outputs.ts'

const root = path.resolve(import.meta.dirname, '../..')

// The scripts are JavaScript without type declarations.
const { generateInputs, replaceSections } = (await import(
  pathToFileURL(path.join(root, 'scripts/generate-inputs.mjs')).href
)) as {
  readonly generateInputs: (root: string) => Promise<Map<string, string>>
  readonly replaceSections: (file: string, text: string, sections: Record<string, string>) => string
}

interface ActionYml {
  readonly inputs: Record<string, { readonly description: string; readonly default?: string }>
  readonly outputs: Record<string, { readonly description: string }>
  readonly runs: Record<string, string>
}

describe('scripts/generate-inputs.mjs', () => {
  test('action.yml offers what the table offers to the action, and nothing else', async () => {
    const action = parse((await generateInputs(root)).get('action.yml') ?? '') as ActionYml
    const offered = inputs.filter((input) => input.entries.includes('action'))
    expect(Object.keys(action.inputs)).toEqual(offered.map((input) => input.name))
    for (const input of offered) {
      expect(action.inputs[input.name]?.description).toBe(input.description)
      expect(action.inputs[input.name]?.default).toBe(input.default)
    }
    expect(Object.keys(action.outputs)).toEqual(outputs.map((output) => output.name))
    expect(action.runs).toEqual({
      using: 'node24',
      main: 'dist/main.js',
      post: 'dist/main.js',
      'post-if': '!cancelled()',
    })
  })

  test('defaults are strings: a runner hands true over as True otherwise', async () => {
    const action = parse((await generateInputs(root)).get('action.yml') ?? '') as ActionYml
    const defaults = Object.values(action.inputs).flatMap((input) =>
      input.default === undefined ? [] : [input.default],
    )
    expect(defaults.length).toBeGreaterThan(5)
    expect(defaults.filter((value) => typeof value !== 'string')).toEqual([])
  })

  test('every file that an input or output is documented in is there', async () => {
    const files = await generateInputs(root)
    for (const [file, names] of [
      ['README.md', inputs.filter((input) => input.entries.includes('action'))],
      ['docs/inputs.md', [...inputs.filter((input) => input.entries.includes('action')), ...outputs]],
    ] as const) {
      const text = files.get(file) ?? ''
      expect(names.map(({ name }) => name).filter((name) => !text.includes(`\`${name}\``))).toEqual([])
    }
    const flags = files.get('docs/cli.md') ?? ''
    const wanted = inputs.filter((input) => input.entries.includes('cli')).map((input) => `\`--${input.name}`)
    expect(wanted.filter((flag) => !flags.includes(flag))).toEqual([])
    expect(flags).toContain('`--json`')
  })

  test('a section is replaced between its markers, the rest stays', () => {
    const text = 'before\n<!-- generated: a -->\nold\n<!-- end of generated: a -->\nafter\n'
    const once = replaceSections('x.md', text, { a: 'new' })
    expect(once).toBe(
      'before\n<!-- generated: a -->\n\n<!-- prettier-ignore -->\nnew\n\n<!-- end of generated: a -->\nafter\n',
    )
    expect(replaceSections('x.md', once, { a: 'new' })).toBe(once)
    expect(() => replaceSections('x.md', 'nothing', { a: 'new' })).toThrow('x.md: the markers')
  })
})
