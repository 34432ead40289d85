import { readdir } from 'node:fs/promises'

import { expect, test } from '@jest/globals'

import { openExample } from '../../src/cli/example.ts'
import { ConfigurationError } from '../../src/config/error.ts'
import { makeFolder } from '../helpers/folder.ts'
import { testSystem } from '../helpers/probe-context.ts'

/** A temporary folder of its own, so that what is left in it is ours. */
async function quiet() {
  const temp = await makeFolder()
  return { system: testSystem({ RUNNER_TEMP: temp }), leftovers: () => readdir(temp) }
}

test('a directory without the marker is left alone', async () => {
  const system = testSystem()
  expect(await openExample(system, await makeFolder({ 'go.mod': 'module m\n' }))).toMatchObject({ system })
})

test('modules below the directory are served, and the proxy goes with the run', async () => {
  const { system, leftovers } = await quiet()
  const dir = await makeFolder({
    'gopreflight-example.json': '{ "modules": "_m", "targets": "host" }',
    '_m/example.com/a@v1.0.0/go.mod': 'module example.com/a\n',
  })
  const example = await openExample(system, dir)
  expect(example.system.env.GOPROXY).toMatch(/^file:\/\/\//)
  expect(example.inputs.get('targets')).toBe('host')
  await example.cleanUp()
  expect(await leftovers()).toEqual([])
})

test.each(['{', '[]1', '"text"', '{ "modules": "../.." }', '{ "modules": "/etc" }', '{ "modules": "none" }'])(
  'a marker that says %s is a wrong file, and leaves nothing behind',
  async (text) => {
    const { system, leftovers } = await quiet()
    const dir = await makeFolder({ 'gopreflight-example.json': text })
    await expect(openExample(system, dir)).rejects.toBeInstanceOf(ConfigurationError)
    expect(await leftovers()).toEqual([])
  },
)
