import { expect, test } from '@jest/globals'

import { readSystemName } from '../../src/cache/system-name.ts'

const files = (text: string | undefined) => ({
  readText: (path: string) =>
    text !== undefined && path === '/etc/os-release' ? Promise.resolve(text) : Promise.reject(new Error('ENOENT')),
})

test.each([
  ['PRETTY_NAME="Ubuntu 24.04.1 LTS"\nVERSION_ID="24.04"\nID=ubuntu\nID_LIKE=debian\n', 'linux', 'ubuntu24.04'],
  ["ID='alpine'\nVERSION_ID=3.22.1\n", 'linux', 'alpine3.22.1'],
  ['ID=arch\n', 'linux', 'arch'],
  ['', 'linux', 'ubuntu24'],
  [undefined, 'linux', 'ubuntu24'],
  ['ID=x\n', 'darwin', 'ubuntu24'],
])('%j on %s', async (text, platform, expected) => {
  expect(await readSystemName(files(text), { ImageOS: 'ubuntu24' }, platform)).toBe(expected)
})

test('nothing known', async () => {
  expect(await readSystemName(files(undefined), {}, 'win32')).toBe('win32')
})
