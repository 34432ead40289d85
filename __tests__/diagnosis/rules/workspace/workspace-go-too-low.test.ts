import { describe, expect, test } from '@jest/globals'
import { parseGoWork } from '../../../../src/modules/go-work.ts'
import { checkout, explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `go: module . listed in go.work file requires go >= 1.21, but go.work lists go 1.20; to update it:
	go work use`

const other = `go: go.mod requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)`

describe('workspace-go-too-low', () => {
  test('points to the go line of go.work', async () => {
    expect(await explain(printed, { facts: checkout({ work: 'go 1.20\n\nuse ./app\n' }) })).toMatchObject([
      {
        rule: 'workspace-go-too-low',
        severity: 'error',
        confidence: 'certain',
        message: 'The module in this folder asks for Go 1.21, and go.work says 1.20.',
        fix: { commands: ['go work edit -go=1.21'] },
        locations: [{ file: 'go.work', line: 1 }],
      },
    ])
  })

  test('with context: names the member from the root of the repository, wherever the command ran', async () => {
    const text = printed.replace('module . listed', 'module ../a listed')
    const work = {
      goWork: () => Promise.resolve({ path: 'q/go.work', content: parseGoWork('go 1.20\n\nuse ./a\nuse ./b\n') }),
    }
    expect(await explain(text)).toMatchObject([{ message: expect.stringMatching(/^The module in \.\.\/a asks/) }])
    expect(await explain(text, { facts: checkout(work) })).toMatchObject([
      { message: 'The module in q/a asks for Go 1.21, and go.work says 1.20.', locations: [{ file: 'q/go.work' }] },
    ])
    expect(await explain(printed, { facts: checkout({ ...work, mod: 'module example.com/app\n' }) })).toMatchObject([
      { message: 'The module at the root of the repository asks for Go 1.21, and go.work says 1.20.' },
    ])
  })

  test('leaves what is another cause to its own rule', async () => {
    expect(rulesOf(await explain(other))).toEqual(['go-too-old'])
  })
})
