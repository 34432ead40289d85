import { expect, test } from '@jest/globals'

import { diagnose } from '../../src/diagnosis/diagnose.ts'
import { rules } from '../../src/diagnosis/rules/index.ts'
import { formatTarget } from '../../src/domain/port.ts'
import { createFactSource } from '../../src/pipeline/facts.ts'
import { proveFindings } from '../../src/pipeline/prove.ts'
import { createProofCheck } from '../../src/pipeline/proving/check.ts'
import { ensurePortcheck } from '../../src/portcheck/ensure.ts'
import { portsTable } from '../../src/portcheck/ports-table.ts'
import ports from '../../src/probes/ports.ts'
import type { ProbeContext } from '../../src/probes/support/probe.ts'
import { makeFileProxy } from '../helpers/file-proxy.ts'
import { makeFolder } from '../helpers/folder.ts'
import { probeContext } from '../helpers/probe-context.ts'

const mod = (name: string): string => `module ${name}\n\ngo 1.21\n`
const lib = 'package lib\n\nfunc Size() int { return size + wide }\n'

// One cause on 32-bit ports, one on all but linux; the patch ends the first, the minor version both.
const versions = {
  'example.org/lib@v1.0.0': {
    'go.mod': mod('example.org/lib'),
    'lib.go': `${lib}\nvar wide int = 1 << 40\n`,
    'lib_linux.go': 'package lib\n\nconst size = 1\n',
  },
  'example.org/lib@v1.0.1': {
    'go.mod': mod('example.org/lib'),
    'lib.go': `${lib}\nvar wide int = 1 << 20\n`,
    'lib_linux.go': 'package lib\n\nconst size = 1\n',
  },
  'example.org/lib@v1.1.0': {
    'go.mod': mod('example.org/lib'),
    'lib.go': `${lib}\nvar wide int = 1 << 20\n\nconst size = 1\n`,
  },
}

const targets = ['linux/amd64', 'linux/386', 'linux/arm', 'windows/386', 'windows/amd64', 'plan9/arm'].map((name) => {
  const [goos = '', goarch = ''] = name.split('/')
  return { goos, goarch, cgo: false }
})

/** The port check of the product, built for the Go on PATH. */
async function withPortCheck(context: ProbeContext): Promise<ProbeContext> {
  const { system, go } = context
  const env = await context.listings.env()
  const options = { system, go, env, toolCacheRoot: await makeFolder(), scratchDir: await makeFolder() }
  const tool = await ensurePortcheck(options)
  if ('unsupported' in tool) throw new Error(tool.unsupported)
  const table = await portsTable({ system, go, env, dir: tool.dir })
  return { ...context, portCheck: { targets, tools: () => Promise.resolve({ tool, table }), alone: true } }
}

test('each cause of a dependency gets the version that ends it, by the type check of all ports', async () => {
  const root = await makeFolder({
    'go.mod': `${mod('example.com/app')}\nrequire example.org/lib v1.0.0\n`,
    'app.go': 'package app\n\nimport "example.org/lib"\n\nvar X = lib.Size()\n',
  })
  const settings = { GOPROXY: await makeFileProxy(versions), GOSUMDB: 'off', GOMODCACHE: await makeFolder() }
  const context = await withPortCheck(
    await probeContext(root, { env: { ...settings, GOFLAGS: '-modcacherw -mod=mod' } }),
  )
  await context.go.run(['mod', 'tidy'])
  const { observations } = await ports.run(context)
  const contexts = new Map([['.', context]])
  const known = targets.map((target) => ({ ...target, cgoSupported: true, firstClass: true }))
  const facts = createFactSource(context.system, root, { contexts, ports: known, observations })
  const checked = targets.map(formatTarget)
  const { findings } = await diagnose(observations, facts, { rules, disabled: new Set(), docsUrl: (id) => id, checked })
  const check = createProofCheck([ports])
  const proven = await proveFindings(findings, { system: context.system, contexts, check, checked })
  expect(proven.notes).toEqual([])
  const shown = proven.findings.map(({ title, why, fix }) => [
    title,
    why.split('. ')[0],
    fix.commands?.[0],
    fix.verified,
  ])
  const through = 'Imported through example.com/app -> example.org/lib'
  expect(shown.sort()).toEqual([
    ['example.org/lib has no size for ports other than linux', through, 'go get example.org/lib@v1.1.0', true],
    [
      'example.org/lib: 1099511627776 does not fit into int on 32-bit ports',
      through,
      // On windows/386 and plan9/arm the other cause remains until v1.1.0.
      'go get example.org/lib@v1.1.0',
      true,
    ],
  ])
}, 240_000)
