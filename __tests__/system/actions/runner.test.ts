import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import * as fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

import { createRunner } from '../../../src/system/actions/runner.ts'
import { parseKeyValueFile } from '../../helpers/runner/file-commands.ts'

let temp: string
let env: Record<string, string>
let written: string
const runner = () => createRunner(env, (text) => (written += text))
const read = (name: string) => fs.readFile(path.join(temp, name), 'utf8')

beforeEach(async () => {
  temp = await fs.mkdtemp(path.join(os.tmpdir(), 'runner-'))
  const names = ['OUTPUT', 'ENV', 'PATH', 'STATE', 'STEP_SUMMARY']
  env = Object.fromEntries(names.map((name) => [`GITHUB_${name}`, path.join(temp, name)]))
  await Promise.all(names.map((name) => fs.writeFile(path.join(temp, name), '')))
  written = ''
})
afterEach(() => fs.rm(temp, { recursive: true }))

test('inputs keep hyphens and lose surrounding space', () => {
  env['INPUT_GO-VERSION'] = ' 1.26 \n'
  env.INPUT_TWO_WORDS = 'x'
  expect([runner().input('go-version'), runner().input('two words'), runner().input('absent')]).toEqual([
    '1.26',
    'x',
    '',
  ])
})

describe('environment files', () => {
  test('a value with line breaks stays one value', async () => {
    const hostile = 'a\nEOF\nevil=1\nevil<<X\r\nX\n'
    await runner().output('verdict', hostile)
    await runner().output('errors', '0')
    await runner().exportVariable('GOROOT', '/go')
    await runner().saveState('cache', '{"a":"=<<"}')
    expect(parseKeyValueFile(await read('OUTPUT'))).toEqual([
      ['verdict', hostile],
      ['errors', '0'],
    ])
    expect(parseKeyValueFile(await read('ENV'))).toEqual([['GOROOT', '/go']])
    expect(parseKeyValueFile(await read('STATE'))).toEqual([['cache', '{"a":"=<<"}']])
  })

  test.each(['', 'a=b', 'a\nb', 'a<<b'])('the name %j is refused', async (name) => {
    await expect(runner().output(name, 'x')).rejects.toThrow('not a valid name')
    expect(await read('OUTPUT')).toBe('')
  })

  test('a directory with a line break is refused', async () => {
    await runner().addPath('/go/bin')
    await expect(runner().addPath('/go\n/evil')).rejects.toThrow('one line')
    expect(await read('PATH')).toBe('/go/bin\n')
  })

  test('state comes back in the post step', () => {
    env.STATE_cache = 'x'
    expect([runner().state('cache'), runner().state('absent')]).toEqual(['x', ''])
  })

  test('the summary is appended, and false without a file', async () => {
    expect(await runner().summary('# one\n')).toBe(true)
    expect(await runner().summary('two')).toBe(true)
    expect(await read('STEP_SUMMARY')).toBe('# one\ntwo')
    delete env.GITHUB_STEP_SUMMARY
    expect(await runner().summary('x')).toBe(false)
  })
})

test('an annotation is one line with the keys the runner reads', () => {
  runner().annotate({
    level: 'error',
    message: '100%\n::error::x',
    title: 'a, b: c',
    file: 'a.go',
    line: 3,
    column: 4,
  })
  expect(written).toBe('::error title=a%2C b%3A c,file=a.go,line=3,col=4::100%25%0A::error::x\n')
})

test('matchers and masks; a short mask would blacken the log', () => {
  runner().addMatcher('/tmp/m.json')
  runner().mask('secret')
  runner().mask('1')
  expect(written).toBe('::add-matcher::/tmp/m.json\n::add-mask::secret\n')
})
