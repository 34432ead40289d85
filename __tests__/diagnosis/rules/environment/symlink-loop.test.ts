import { describe, expect, test } from '@jest/globals'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = 'stat /src/app/main.go: too many levels of symbolic links'

describe('symlink-loop', () => {
  test('names the link', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'symlink-loop',
        severity: 'error',
        confidence: 'certain',
        message: '/src/app/main.go is a symbolic link that leads back to itself.',
        fix: { commands: ['ls -l /src/app/main.go', 'git ls-files -s -- /src/app/main.go'] },
      },
    ])
  })

  test('knows it in the words of a shell', async () => {
    expect(rulesOf(await explain('bash: cd: loop: Too many levels of symbolic links'))).toEqual(['symlink-loop'])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain('go: open /src/app/go.mod: too many open files'))).toEqual(['too-many-open-files'])
  })

  test('with context: a link of a cache is not one of the checkout', async () => {
    const facts = checkout({ env: { GOMODCACHE: '/home/dev/go/pkg/mod' } })
    expect(
      await explain('go: stat /home/dev/go/pkg/mod/cache: too many levels of symbolic links', { facts }),
    ).toMatchObject([
      {
        message:
          '/home/dev/go/pkg/mod/cache is a symbolic link that leads back to itself; it lies in GOMODCACHE, not in the checkout.',
        locations: [],
        fix: { commands: ['ls -l /home/dev/go/pkg/mod/cache'] },
      },
    ])
    expect(await explain(printed, { facts })).toMatchObject([{ locations: [{ file: 'main.go', line: 1 }] }])
  })
})
