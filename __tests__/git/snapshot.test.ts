import { execFileSync } from 'node:child_process'
import { lstat, readdir, readFile, symlink } from 'node:fs/promises'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import { headParents, isRefName } from '../../src/git/commits.ts'
import { takeSnapshot, type Remote, type Snapshot } from '../../src/git/snapshot.ts'
import type { Command } from '../../src/system/types.ts'
import { makeFolder, writeFiles } from '../helpers/folder.ts'
import {
  fingerprint,
  git,
  makeRepository,
  serveRepository,
  type GitServer,
  type TestRepository,
} from '../helpers/git-repository.ts'
import { testSystem } from '../helpers/probe-context.ts'
import { serve, type LocalServer } from '../helpers/serve.ts'

const token = 'ghs_sentinel'
const system = testSystem()

async function snapshot(checkout: string, name: string, remote?: Remote, own = system): Promise<Snapshot> {
  const scratchDir = path.join(await makeFolder(), 'base')
  return takeSnapshot(own, {
    name,
    checkout,
    scratchDir,
    timeoutSeconds: 60,
    ...(remote === undefined ? {} : { remote }),
  })
}

async function text(taken: Snapshot, name: string): Promise<string> {
  if (!('dir' in taken)) throw new Error(taken.missing)
  return readFile(path.join(taken.dir, name), 'utf8')
}

let origin: TestRepository
let first = ''
let second = ''
let server: GitServer
let shallow = ''
beforeAll(async () => {
  origin = await makeRepository()
  first = await origin.commit({ 'go.mod': 'module m\n', 'a/a.go': 'package a // first\n' })
  second = await origin.commit({ 'a/a.go': 'package a // second\n' })
  server = await serveRepository(origin.dir, token)
  shallow = await makeFolder()
  git(shallow, 'clone', '--quiet', '--depth=1', `file://${origin.dir}`, 'c')
  shallow = path.join(shallow, 'c')
})
const others: LocalServer[] = []
afterAll(async () => {
  for (const one of [server, ...others]) await one.close()
})

async function served(answer: Parameters<typeof serve>[0]): Promise<LocalServer> {
  const one = await serve(answer)
  others.push(one)
  return one
}

describe('a commit that the checkout has', () => {
  test('is read from there, by any of its names, and the checkout stays as it is', async () => {
    const before = fingerprint(origin.dir)
    for (const name of [first, first.slice(0, 10), 'HEAD~1', 'main^', '@~1']) {
      const taken = await snapshot(origin.dir, name)
      expect(taken).toMatchObject({ commit: first, source: 'checkout' })
      expect(await text(taken, 'a/a.go')).toBe('package a // first\n')
    }
    expect(fingerprint(origin.dir)).toBe(before)
  })

  test('is read in a worktree and below the top of the repository', async () => {
    const tree = path.join(await makeFolder(), 'tree')
    origin.git('worktree', 'add', '--quiet', '--detach', tree, first)
    expect(await snapshot(tree, second)).toMatchObject({ commit: second, source: 'checkout' })
    expect(await snapshot(path.join(origin.dir, 'a'), first)).toMatchObject({ commit: first })
    origin.git('worktree', 'remove', '--force', tree)
  })

  test('is read inside a hook of git, which has its own index', async () => {
    const hook = testSystem({
      GIT_DIR: path.join(shallow, '.git'),
      GIT_INDEX_FILE: '/nowhere/index',
      GIT_TRACE_CURL: '1',
    })
    expect(await snapshot(origin.dir, first, undefined, hook)).toMatchObject({ commit: first })
  })

  test.each(['none', 'HEAD~7', '0'.repeat(40)])('%s is not there', async (name) => {
    expect(await snapshot(origin.dir, name)).toEqual({
      missing: `the repository has no commit ${name}; fetch it first`,
    })
  })

  test('what is no name is not handed to git', async () => {
    for (const name of ['--upload-pack=x', '-h', '', 'a b', 'a..b', ':/x', 'main:go.mod', 'a\nb', '^main', 'x;y']) {
      expect([name, isRefName(name)]).toEqual([name, false])
      expect(await snapshot(origin.dir, name)).toMatchObject({
        missing: expect.stringContaining('is no name'),
      })
    }
  })

  test('a folder that is no repository has none', async () => {
    expect(await snapshot(await makeFolder(), first)).toHaveProperty('missing')
  })

  test('without git that is said', async () => {
    const bare = testSystem({ PATH: await makeFolder() })
    expect(await snapshot(origin.dir, first, { url: server.url, token }, bare)).toEqual({
      missing: 'git is not installed',
    })
  })
})

describe('a commit that the checkout does not have', () => {
  test('is fetched with the token, which is in no argument, and the checkout stays as it is', async () => {
    const before = fingerprint(shallow)
    const asked: Command[] = []
    const watched = {
      ...system,
      processes: {
        ...system.processes,
        run: (command: Command) => {
          asked.push(command)
          return system.processes.run(command)
        },
      },
    }
    server.tokens.length = 0
    const taken = await snapshot(shallow, first, { url: server.url, token }, watched)
    expect(taken).toMatchObject({ commit: first, source: 'remote' })
    expect(await text(taken, 'a/a.go')).toBe('package a // first\n')
    expect(server.tokens.length).toBeGreaterThan(0)
    expect(new Set(server.tokens)).toEqual(
      new Set([`basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`]),
    )
    const argv = asked.flatMap((command) => command.argv).join(' ')
    expect(argv).toContain(server.url)
    expect(argv).not.toContain(token)
    expect(argv).not.toContain(Buffer.from(`x-access-token:${token}`).toString('base64'))
    expect(fingerprint(shallow)).toBe(before)
    if (!('dir' in taken)) throw new Error()
    const config = await readFile(path.join(taken.dir, '..', 'remote.git', 'config'), 'utf8')
    expect(config.toLowerCase()).not.toContain('header')
  })

  test('by the name of a branch or tag too, which a shallow checkout does not have', async () => {
    origin.git('branch', '--force', 'release', first)
    origin.git('tag', '--force', '--annotate', '--message=x', 'v1.0.0', first)
    for (const name of ['release', 'origin/release', 'v1.0.0'])
      expect(await snapshot(shallow, name, { url: server.url, token })).toMatchObject({
        commit: first,
        source: 'remote',
      })
  })

  test('a wrong token, a commit that is nowhere, a server that is not there: said without the token', async () => {
    const said = async (name: string, remote: Remote): Promise<string> => {
      const taken = await snapshot(shallow, name, remote)
      if ('dir' in taken) throw new Error('it is there')
      expect(taken.missing).not.toContain('wrong-token')
      expect(taken.missing).not.toContain('\n')
      return taken.missing
    }
    expect(await said(first, { url: server.url, token: 'wrong-token' })).toMatch(
      /could not read|Authentication failed/i,
    )
    expect(await said(first, { url: server.url, token: '' })).toMatch(/could not read|Authentication failed/i)
    expect(await said('1'.repeat(40), { url: server.url, token })).toMatch(/not our ref|couldn't find/)
    expect(await said(first, { url: 'http://127.0.0.1:9/x/y', token })).toMatch(/Failed to connect|Couldn't connect/i)
    expect(await said(first, { url: `file://${origin.dir}`, token })).toContain('is no http(s) address')
    expect(await said(first, { url: 'ext::sh -c true', token })).toContain('is no http(s) address')
  })

  test('a server that sends us elsewhere does not get the token there', async () => {
    const seen: string[] = []
    const elsewhere = await served((_, request) => {
      seen.push(request.headers.authorization ?? '')
      return 404
    })
    const redirecting = await served(() => ({ redirect: `${elsewhere.url}/x/y/info/refs?service=git-upload-pack` }))
    const taken = await snapshot(shallow, first, { url: `${redirecting.url}/x/y`, token })
    expect(taken).toHaveProperty('missing')
    expect(seen).toEqual([])
  })

  test('a server that never answers does not hold the run', async () => {
    const silent = await served(() => ({ hang: true }))
    const scratchDir = path.join(await makeFolder(), 'base')
    const remote = { url: `${silent.url}/x/y`, token }
    const taken = await takeSnapshot(system, { name: first, checkout: shallow, remote, scratchDir, timeoutSeconds: 1 })
    expect(taken).toEqual({ missing: expect.stringMatching(/did not end within/) })
  })

  test('settings of the user lead nowhere else', async () => {
    const home = await makeFolder({
      '.gitconfig': `[url "http://127.0.0.1:9/"]\n\tinsteadOf = ${server.url}\n[http]\n\textraHeader = AUTHORIZATION: basic x\n`,
    })
    const user = testSystem({ HOME: home, XDG_CONFIG_HOME: home })
    expect(await snapshot(shallow, first, { url: server.url, token }, user)).toMatchObject({ commit: first })
  })
})

describe('a tree that means harm', () => {
  test('no filter, no hook, no line end of its own: files are what git stores', async () => {
    const marker = path.join(await makeFolder(), 'marker')
    const home = await makeFolder({
      '.gitconfig': `[filter "x"]\n\tsmudge = touch ${marker}\n\tprocess = touch ${marker}\n\trequired = true\n[core]\n\tautocrlf = true\n`,
    })
    const repository = await makeRepository()
    const commit = await repository.commit({
      '.gitattributes': '*.go filter=x text eol=crlf ident\n',
      'a.go': 'package a // $Id$\n',
    })
    repository.git('config', 'filter.x.smudge', `touch ${marker}`)
    repository.git('config', 'core.fsmonitor', `touch ${marker}`)
    await writeFiles(repository.dir, { '.git/hooks/post-index-change': `#!/bin/sh\ntouch ${marker}\n` })
    execFileSync('chmod', ['+x', path.join(repository.dir, '.git/hooks/post-index-change')])
    const taken = await snapshot(repository.dir, commit, undefined, testSystem({ HOME: home }))
    expect(await text(taken, 'a.go')).toBe('package a // $Id$\n')
    await expect(lstat(marker)).rejects.toThrow()
  })

  test('links become copies of files inside, and nothing else', async () => {
    const secret = await makeFolder({ secret: 'password' })
    const repository = await makeRepository({ 'real/a.go': 'package a\n' })
    for (const [name, target] of [
      ['link.go', 'real/a.go'],
      ['chain.go', './link.go'],
      ['real/up.go', '../link.go'],
      ['absolute', path.join(secret, 'secret')],
      ['outside', `../${path.basename(secret)}/secret`],
      ['folder', 'real'],
      ['circle', 'circle'],
      ['nowhere', 'none'],
    ] as const)
      await symlink(target, path.join(repository.dir, name))
    const taken = await snapshot(repository.dir, await repository.commit({ z: '' }))
    for (const name of ['link.go', 'chain.go', 'real/up.go']) expect(await text(taken, name)).toBe('package a\n')
    if (!('dir' in taken)) throw new Error(taken.missing)
    for (const name of await readdir(taken.dir)) {
      expect((await lstat(path.join(taken.dir, name))).isSymbolicLink()).toBe(false)
      if (name !== 'real') expect(await text(taken, name)).not.toContain('password')
    }
    expect((await lstat(path.join(taken.dir, 'folder'))).isFile()).toBe(true)
  })

  test('a path that leads out of the folder is refused', async () => {
    const repository = await makeRepository({ a: '' })
    const blob = repository.git('rev-parse', 'HEAD:a')
    const raw = (name: string, mode = '100644'): Buffer =>
      Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(blob, 'hex')])
    for (const name of ['..', '.git', '../../x', '.GIT']) {
      const tree = execFileSync('git', ['hash-object', '-t', 'tree', '--literally', '-w', '--stdin'], {
        cwd: repository.dir,
        input: raw(name),
        encoding: 'utf8',
      }).trim()
      const commit = repository.git('commit-tree', '-m', 'x', tree)
      expect([name, await snapshot(repository.dir, commit)]).toEqual([name, { missing: expect.any(String) }])
    }
  })

  test('a submodule is an empty folder', async () => {
    const repository = await makeRepository({ 'a.go': 'package a\n' })
    repository.git('update-index', '--add', '--cacheinfo', `160000,${first},sub`)
    repository.git('commit', '--quiet', '-m', 'x')
    const taken = await snapshot(repository.dir, 'HEAD')
    if (!('dir' in taken)) throw new Error(taken.missing)
    expect(await readdir(path.join(taken.dir, 'sub'))).toEqual([])
  })
})

describe('parents', () => {
  test('of a merge commit, in a shallow checkout too', async () => {
    const repository = await makeRepository()
    const base = await repository.commit({ a: '1' })
    repository.git('checkout', '--quiet', '-b', 'topic')
    const topic = await repository.commit({ b: '2' })
    repository.git('checkout', '--quiet', 'main')
    const main = await repository.commit({ c: '3' })
    repository.git('merge', '--quiet', '--no-ff', '-m', `parent ${base}`, 'topic')
    const folder = await makeFolder()
    git(folder, 'clone', '--quiet', '--depth=1', `file://${repository.dir}`, 'c')
    expect(await headParents(system, path.join(folder, 'c'))).toEqual([main, topic])
    expect(await headParents(system, folder)).toEqual([])
  })
})
