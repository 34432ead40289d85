import { describe, expect, test } from '@jest/globals'

import ports from '../../src/probes/ports.ts'
import { makeFolder } from '../helpers/folder.ts'
import { probeContext } from '../helpers/probe-context.ts'

// What it finds with the real portcheck is in __tests__/e2e/cli-ports.test.ts.
describe('ports', () => {
  test('is skipped with the reason for a Go that is too old, and says what then is known', async () => {
    const root = await makeFolder({ 'go.mod': 'module example.com/m\n\ngo 1.21\n', 'm.go': 'package m\n' })
    const context = await probeContext(root)
    const tools = () => Promise.resolve({ unsupported: 'The port check needs Go 1.22 or newer; this is go1.21.5.' })
    const result = await ports.run({ ...context, portCheck: { targets: [], alone: false, tools } })
    expect(result).toEqual({
      outcome: 'skipped',
      reason:
        'The port check needs Go 1.22 or newer; this is go1.21.5. What is known of ports comes from the build probe alone.',
      observations: [],
    })
  })

  test('says on the first leg of a matrix what it would say on all', () => {
    expect(ports.firstLegOnly).toBe(true)
  })

  test('does not check what the go command cannot load: that has one cause, which is told by others', async () => {
    const root = await makeFolder({ 'go.mod': 'module example.com/m\n\ngo 1.22\n\nnonsense\n', 'm.go': 'package m\n' })
    const context = await probeContext(root)
    const tools = () => Promise.resolve({ tool: {}, table: {} } as never)
    const result = await ports.run({ ...context, portCheck: { targets: [], alone: false, tools } })
    expect(result).toMatchObject({ outcome: 'skipped', observations: [] })
    expect(result.reason).toContain('could not be loaded')
  })

  test('a program that cannot be had breaks the probe', async () => {
    const root = await makeFolder({ 'go.mod': 'module example.com/m\n\ngo 1.22\n', 'm.go': 'package m\n' })
    const context = await probeContext(root)
    const tools = () => Promise.reject(new Error('portcheck could not be built'))
    await expect(ports.run({ ...context, portCheck: { targets: [], alone: true, tools } })).rejects.toThrow('built')
  })
})
