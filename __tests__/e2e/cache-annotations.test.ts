import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { build } from 'esbuild'
import * as fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

import { startCacheServer, type CacheServer } from '../helpers/cache-server.ts'
import { runAction, testsWithAction } from '../helpers/runner-simulator.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** An action that saves and restores once, and another that leaves the toolkit as it is. */
const ours = `
import { createCacheStore } from './src/system/actions/cache-store.ts'
import { createActionsLog } from './src/system/actions/log.ts'
const write = (text) => process.stdout.write(text)
const store = createCacheStore({ log: createActionsLog(write, false), lookupSeconds: 2, stallSeconds: 3 })
const dir = process.env.GITHUB_WORKSPACE + '/content'
const key = process.env.INPUT_KEY
write('restored ' + await store.restore([dir], key, []) + '\\n')
write('saved ' + await store.save([dir], key) + '\\n')
process.stdout.write('', () => process.exit(0))`
const bare = `
import { restoreCache } from '@actions/cache'
await restoreCache([process.env.GITHUB_WORKSPACE + '/content'], process.env.INPUT_KEY)
process.stdout.write('', () => process.exit(0))`

testsWithAction(describe)('the cache service in a bundle, in the runner', () => {
  let dir: string
  let server: CacheServer

  beforeAll(async () => {
    dir = await fs.mkdtemp(path.join(os.tmpdir(), 'cache-bundle-'))
    for (const [name, contents] of Object.entries({ ours, bare })) {
      await build({
        stdin: { contents, resolveDir: root, loader: 'ts' },
        outfile: path.join(dir, `${name}.mjs`),
        bundle: true,
        platform: 'node',
        format: 'esm',
        target: 'node20',
        banner: {
          js: "import { createRequire as __r } from 'node:module'\nconst require = __r(import.meta.url)",
        },
        logLevel: 'error',
      })
    }
  })
  afterAll(() => fs.rm(dir, { recursive: true }))
  beforeEach(async () => {
    server = await startCacheServer()
    await fs.mkdir(path.join(dir, 'workspace/content'), { recursive: true })
    await fs.writeFile(path.join(dir, 'workspace/content/file'), 'x')
  })
  afterEach(() => server.close())

  const run = async (script: string, key: string) =>
    runAction({
      action: path.join(dir, `${script}.mjs`),
      workspace: path.join(dir, 'workspace'),
      inputs: { key },
      env: server.env,
    })

  test('saved by main, restored by the next run', async () => {
    const first = await run('ours', 'k')
    expect([first.log, first.annotations]).toEqual([['restored undefined', 'saved true'], []])
    // The post step of a script alone is the script again.
    expect(first.post?.log).toEqual(['restored k', 'saved false'])
  })

  test('the toolkit left alone does annotate: what these tests look for is there to be found', async () => {
    server.misbehave.status = 403
    const { annotations } = await run('bare', 'k')
    expect(annotations).toEqual([{ level: 'warning', message: expect.stringContaining('403'), by: 'command' }])
  })

  test.each([
    ['an error of the service', async () => void (server.misbehave.status = 500)],
    ['a forbidden service', async () => void (server.misbehave.status = 403)],
    ['no answer', async () => void (server.misbehave.hang = true)],
    ['nobody there', () => server.close()],
    ['writing denied', async () => void (server.misbehave.refuse = 'cache write denied: read-only token')],
    [
      'a broken archive',
      async () => {
        await run('ours', 'k')
        server.misbehave.garbage = Buffer.from('::error::from an archive\n##[error]from an archive\n')
      },
    ],
    [
      'a storage that fails',
      async () => {
        await run('ours', 'k')
        server.misbehave.blobStatus = 503
      },
    ],
  ])('%s: no annotation, no failure, no waiting', async (_, prepare) => {
    await prepare()
    const { annotations, droppedAnnotations, outcome, log, seconds, post } = await run('ours', 'k')
    expect([annotations, droppedAnnotations, outcome, post?.annotations]).toEqual([[], [], 'success', []])
    expect(log.filter((line) => line.startsWith('##['))).toEqual([])
    expect(log.at(-1)).toBe('saved false')
    // Main and post, each on its own.
    expect(seconds).toBeLessThan(15)
  })
})
