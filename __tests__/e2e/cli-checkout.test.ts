import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs/promises'
import path from 'node:path'

import { makeFolder, removeFolder, writeFiles } from '../helpers/folder.ts'
import { checkJson, problemsOf, runCli } from '../helpers/run-cli.ts'

const nobody = 65534
const isRoot = process.getuid?.() === 0
/** Root may write anywhere: what is read-only must be tried as somebody else. */
const otherUser = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--']
const canDrop = !isRoot || works(otherUser)
if (!canDrop) process.stderr.write('\n!!! SKIPPED: as root and without setpriv there is no read-only checkout.\n\n')

function works([program = '', ...args]: readonly string[]): boolean {
  try {
    execFileSync(program, [...args, 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const program = (name: string, imported: string): Record<string, string> => ({
  'go.mod': `module example.com/${name}\n\ngo 1.18\n`,
  'main.go': `package main\n\nimport "example.com/${imported}"\n\nfunc main() { println(${imported}.X) }\n`,
})
const inFolder = (folder: string, files: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]))

/** Everything in a folder: kind, mode, time and content. */
async function snapshot(dir: string): Promise<readonly string[]> {
  const names = ['.', ...(await fs.readdir(dir, { recursive: true })).sort()]
  return Promise.all(
    names.map(async (name) => {
      const file = path.join(dir, name)
      const stat = await fs.lstat(file)
      const content = stat.isFile()
        ? createHash('sha256')
            .update(await fs.readFile(file))
            .digest('hex')
        : ''
      return `${name} ${stat.mode.toString(8)} ${String(stat.mtimeMs)} ${content}`
    }),
  )
}

describe('the checkout and the user’s settings stay as they are', () => {
  let dir: string
  let checkout: string
  beforeEach(async () => {
    dir = await makeFolder()
    await fs.chmod(dir, 0o755)
    checkout = path.join(dir, 'checkout')
  })
  afterEach(async () => {
    execFileSync('chmod', ['-R', 'u+w', dir])
    await removeFolder(dir)
  })

  /** A home of the one who runs, with what `go env -w` has written. */
  const home = async (settings: string) => {
    await writeFiles(dir, { 'home/.config/go/env': settings, 'home/tmp/keep': '' })
    if (isRoot) execFileSync('chown', ['-R', String(nobody), path.join(dir, 'home')])
    const at = path.join(dir, 'home')
    const own = {
      HOME: at,
      TMPDIR: path.join(at, 'tmp'),
      GOCACHE: path.join(at, 'cache'),
      GOMODCACHE: path.join(at, 'mod'),
    }
    return { wrapper: isRoot ? otherUser : [], env: { ...own, GOENV: path.join(at, '.config/go/env') } }
  }

  const dropped = canDrop ? test : test.skip
  dropped(
    'read-only: checked all the same',
    async () => {
      await writeFiles(checkout, {
        'ws/go.work': 'go 1.18\n\nuse (\n\t./app\n\t./lib\n)\n',
        ...inFolder('ws/app', program('app', 'lib')),
        'ws/lib/go.mod': 'module example.com/lib\n\ngo 1.18\n',
        'ws/lib/lib.go': 'package lib\n\nvar X = 1\n',
        ...inFolder('alone', program('alone', 'dep')),
        'alone/go.mod':
          'module example.com/alone\n\ngo 1.18\n\nrequire example.com/dep v1.0.0\n\nreplace example.com/dep => ./dep\n',
        'alone/dep/go.mod': 'module example.com/dep\n\ngo 1.18\n',
        'alone/dep/dep.go': 'package dep\n\nvar X = 1\n',
      })
      execFileSync('chmod', ['-R', 'a-w,a+rX', checkout])
      const request = await home('GOFLAGS=-trimpath\n')
      const before = await snapshot(checkout)
      const { exitCode, report } = await checkJson([checkout], request)
      expect([exitCode, problemsOf(report)]).toEqual([0, []])
      expect(report.modules.map((module) => module.dir)).toEqual(['alone', 'alone/dep', 'ws/app', 'ws/lib'])
      expect(await snapshot(checkout)).toEqual(before)
      expect(await fs.readFile(request.env.GOENV, 'utf8')).toBe('GOFLAGS=-trimpath\n')
      // Nothing of ours stays behind where temporary files go.
      expect(await fs.readdir(request.env.TMPDIR)).toEqual(['keep'])
    },
    180_000,
  )

  dropped('a go.mod that may not be read: said, exit code 2', async () => {
    await writeFiles(checkout, { 'go.mod': 'module example.com/m\n', 'm.go': 'package m\n' })
    await fs.chmod(path.join(checkout, 'go.mod'), 0)
    const { exitCode, stdout, stderr } = await runCli(['check', checkout], await home(''))
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain('go.mod cannot be read')
  })

  test('writable, with settings that let the go command edit go.mod', async () => {
    await writeFiles(checkout, {
      ...program('m', 'dep'),
      // No go line: `go list -mod=mod` writes one.
      'go.mod': 'module example.com/m\n\nrequire example.com/dep v1.0.0\n\nreplace example.com/dep => ./dep\n',
      'dep/go.mod': 'module example.com/dep\n',
      'dep/dep.go': 'package dep\n\nvar X = 1\n',
    })
    await fs.chmod(path.join(checkout, 'go.mod'), 0o600)
    const content = (lines: readonly string[]) => lines.map((line) => line.split(' ').toSpliced(2, 1).join(' '))
    const before = content(await snapshot(checkout))
    await checkJson([checkout], { env: { GOFLAGS: '-mod=mod' } })
    expect(content(await snapshot(checkout))).toEqual(before)
  }, 180_000)
})
