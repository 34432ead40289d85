import { expect, test } from '@jest/globals'

import { rememberedFiles } from '../../src/pipeline/remembered-files.ts'
import { createFiles } from '../../src/system/node/files.ts'
import { makeFolder, writeFiles } from '../helpers/folder.ts'

test('each file is asked for once, one that is not there too', async () => {
  const dir = await makeFolder({ 'a.txt': 'first' })
  let reads = 0
  const real = createFiles(dir)
  const files = rememberedFiles({
    ...real,
    readText: (path) => {
      reads++
      return real.readText(path)
    },
  })
  const [one, two] = await Promise.all([files.readText(`${dir}/a.txt`), files.readText(`${dir}/a.txt`)])
  expect([one, two, reads]).toEqual(['first', 'first', 1])
  await expect(files.readText(`${dir}/none`)).rejects.toMatchObject({ code: 'ENOENT' })
  await expect(files.readText(`${dir}/none`)).rejects.toMatchObject({ code: 'ENOENT' })
  expect(reads).toBe(2)
  expect(await files.stat(`${dir}/b.txt`)).toBeUndefined()
  await writeFiles(dir, { 'b.txt': 'later' })
  expect(await files.stat(`${dir}/b.txt`)).toBeUndefined()
})
