import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from '@jest/globals'

import { checkFileNames } from '../../src/modules/file-names.ts'
import { makeFolder } from '../helpers/folder.ts'
import { testSystem } from '../helpers/probe-context.ts'

const problems = (...files: string[]): readonly string[] =>
  checkFileNames(files, 'example.com/m', (file) => file).map((one) => `${one.file} ${one.problem}`)

describe('checkFileNames', () => {
  test.each([
    'NUL', 'com1.txt', 'a/prn.tar.gz', 'lpt9', 'x.', 'dir./x', 'what?.txt', 'a*b', 'a<b', 'a|b', 'a"b', 'back\\slash', "it's", '`x`',
    'semi;colon', 'emoji-\u{1f600}.txt', 'GO.MOD', '...',
  ])('%s is refused', (file) => {
    expect(problems(file)).toEqual([`${file} refused`])
  }) // prettier-ignore

  test.each(['nullable.go', 'com10.txt', 'a b.go', '.github/x.yml', 'x~1.go', 'größe.go', 'a+b=c@d.txt', '日本語.go'])(
    '%s is well',
    (file) => {
      expect(problems(file)).toEqual([])
    },
  )

  test('folders that differ in case collide like files', () => {
    expect(problems('Foo/a.go', 'foo/b.go')).toEqual(['foo/b.go case'])
  })

  test('a file of the name of the folder of another is no collision of case', () => {
    expect(problems('a/b.go', 'a/c.go', 'a/B/x.go')).toEqual([])
  })
})

describe('go itself', () => {
  test.each(['aux.go', 'semi;colon', 'Case.txt'])('makes no module of a repository with %s', async (bad) => {
    const contents = { 'case.txt': 'x\n', 'vendor/x/con.txt': 'x\n', 'a b.txt': 'x\n', [bad]: 'package m\n' }
    const repo = await makeFolder({ 'go.mod': 'module example.com/m.git\n\ngo 1.21\n', ...contents })
    const cache = await makeFolder()
    const system = testSystem({
      GOPROXY: 'direct',
      GONOSUMDB: 'example.com',
      GOMODCACHE: path.join(cache, 'mod'),
      GOFLAGS: '-modcacherw',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `url.${pathToFileURL(path.join(repo, '.git')).href}.insteadOf`,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_VALUE_0: 'https://example.com/m',
      GIT_AUTHOR_NAME: 'x',
      GIT_AUTHOR_EMAIL: 'x@example.com',
      GIT_COMMITTER_NAME: 'x',
      GIT_COMMITTER_EMAIL: 'x@example.com',
    })
    const run = (cwd: string, ...argv: [string, ...string[]]) => system.processes.run({ argv, cwd, timeoutSeconds: 60 })
    await run(repo, 'git', 'init', '-q')
    await run(repo, 'git', 'add', '-f', '.')
    await run(repo, 'git', 'commit', '-qm', 'x')
    await run(repo, 'git', 'tag', 'v1.0.0')
    const { stderr, exitCode } = await run(cache, 'go', 'mod', 'download', 'example.com/m.git@v1.0.0')
    expect(exitCode).toBe(1)
    expect(stderr.text).toMatch(/create zip|case-insensitive/)
    const found = checkFileNames(Object.keys(contents), 'example.com/m.git', (file) => file)
    expect(found.filter((one) => one.published)).toMatchObject([{ file: bad }])
  })
})
