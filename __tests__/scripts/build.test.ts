import { execFile } from 'node:child_process'
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

const root = path.resolve(import.meta.dirname, '../..')

interface Result {
  readonly code: number
  readonly output: string
}

async function node(...args: readonly string[]): Promise<Result> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: tmpdir() }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ code, output: stdout + stderr })
    })
  })
}

describe('scripts/build.mjs', () => {
  let dir = ''
  let outdir = ''
  const build = async (...args: readonly string[]): Promise<Result> =>
    node(path.join(root, 'scripts/build.mjs'), '--outdir', outdir, '--entry', `main=${dir}/entry.ts`, ...args)

  beforeAll(async () => {
    // Inside the repository, where the entry finds its packages; .tmp is ignored by Git.
    await mkdir(path.join(root, '.tmp'), { recursive: true })
    dir = await mkdtemp(path.join(root, '.tmp', 'build-'))
    outdir = path.join(dir, 'out')
    await writeFile(
      path.join(dir, 'entry.ts'),
      [
        "import * as cache from '@actions/cache'",
        "import semver from 'semver'",
        'declare const GOPREFLIGHT_VERSION: string',
        'const answer: string = [GOPREFLIGHT_VERSION, typeof cache.saveCache, semver.valid("1.2.3")].join(" ")',
        'console.log(answer)',
      ].join('\n'),
    )
    expect(await build()).toEqual({ code: 0, output: '' })
  })

  afterAll(async () => {
    await rm(dir, { recursive: true, force: true })
  })

  test('the bundle runs where there are no packages', async () => {
    const alone = await mkdtemp(path.join(tmpdir(), 'gopreflight-bundle-'))
    try {
      for (const name of ['main.js', 'package.json']) {
        await writeFile(path.join(alone, name), await readFile(path.join(outdir, name)))
      }
      const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string }
      expect(await node(path.join(alone, 'main.js'))).toEqual({ code: 0, output: `${version} function 1.2.3\n` })
    } finally {
      await rm(alone, { recursive: true, force: true })
    }
  })

  test('it names no folder of this machine, and every package with its licence', async () => {
    expect((await readdir(outdir)).sort()).toEqual(['licenses.txt', 'main.js', 'package.json'])
    expect(await readFile(path.join(outdir, 'main.js'), 'utf8')).not.toContain(root)
    const licenses = await readFile(path.join(outdir, 'licenses.txt'), 'utf8')
    expect(licenses).toMatch(/^@actions\/cache \d+\.\d+\.\d+ \(MIT\)\n\nThe MIT License/m)
    expect(licenses).toMatch(/^semver \d+\.\d+\.\d+ \(ISC\)$/m)
    expect(licenses).not.toMatch(/^typescript /m)
  })

  test('--check is content with its own build and names what differs', async () => {
    expect(await build('--check')).toMatchObject({ code: 0 })
    await appendFile(path.join(outdir, 'main.js'), '\n// by hand\n')
    await writeFile(path.join(outdir, 'old.js'), '')
    await rm(path.join(outdir, 'package.json'))
    const { code, output } = await build('--check')
    expect(code).toBe(1)
    expect(output).toMatch(/main\.js: differs from line \d+/)
    expect(output).toContain('old.js: not made by the build')
    expect(output).toContain('package.json: missing')
  })
})
