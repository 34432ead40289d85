import { afterEach, beforeEach, expect, test } from '@jest/globals'
import * as fs from 'node:fs/promises'
import path from 'node:path'

import { writeOutput } from '../../src/pipeline/write-output.ts'
import { createFiles } from '../../src/system/node/files.ts'
import { makeFolder, removeFolder } from '../helpers/folder.ts'
import { runCli } from '../helpers/run-cli.ts'

let dir: string
beforeEach(async () => {
  dir = await makeFolder({ 'go.mod': 'module example.com/m\n\ngo 1.21\n', 'm.go': 'package m\n' })
})
afterEach(() => removeFolder(dir))

test('writes, with the folders above it', async () => {
  const file = path.join(dir, 'a/b.json')
  await writeOutput(createFiles(), 'report-file', file, '{}')
  expect(await fs.readFile(file, 'utf8')).toBe('{}')
})

test('a file that cannot be is a wrong input, named, and the report is out all the same', async () => {
  const { exitCode, stdout, stderr } = await runCli(
    ['check', '--probes', 'graph', '--report-file', 'm.go/report.json', '--json'],
    { cwd: dir },
  )
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'pass' })
  expect(stderr).toMatch(/^report-file: .*m\.go.report\.json cannot be written/m)
  expect(exitCode).toBe(2)
}, 30_000)
