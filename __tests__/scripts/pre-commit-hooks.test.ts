import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'

import { expect, test } from '@jest/globals'
import { parse } from 'yaml'

import { portsFlags, portsInputs } from '../../src/cli/help.ts'
import { readFlags } from '../../src/cli/flags.ts'
import { repository } from '../helpers/run-cli.ts'

interface Hook {
  readonly id: string
  readonly entry: string
  readonly args: readonly string[]
  readonly language: string
  readonly files: string
  readonly pass_filenames: boolean
}

const hooks = parse(readFileSync(path.join(repository, '.pre-commit-hooks.yaml'), 'utf8')) as readonly Hook[]

test('the hook is a program of this repository that starts without being installed', () => {
  expect(hooks.map(({ id, language, pass_filenames }) => [id, language, pass_filenames])).toEqual([
    ['gopreflight-ports', 'script', false],
  ])
  for (const { entry } of hooks) {
    const [program = '', command] = entry.split(' ')
    const file = path.join(repository, program)
    expect(command).toBe('ports')
    expect(readFileSync(file, 'utf8').split('\n', 1)[0]).toBe('#!/usr/bin/env node')
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o111).not.toBe(0)
  }
})

test('its arguments are flags of the command', () => {
  for (const { args } of hooks) expect(() => readFlags(args, portsFlags, portsInputs)).not.toThrow()
})

test('it runs when something changes that a build reads', () => {
  const [hook] = hooks
  const pattern = new RegExp(hook?.files ?? '^$')
  const names = 'a.go b/c_test.go x/asm_amd64.s go.mod sub/go.sum go.work vendor/modules.txt .goreleaser.yaml c/x.h'
  expect(names.split(' ').filter((name) => !pattern.test(name))).toEqual([])
  expect('README.md go.modest docs/vendor.txt Makefile'.split(' ').filter((name) => pattern.test(name))).toEqual([])
})
