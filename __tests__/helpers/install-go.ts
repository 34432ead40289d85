import { createNodeSystem } from '../../src/system/node/system.ts'
import { ensureToolchain } from '../../src/toolchain/ensure.ts'
import { parseVersionSpec } from '../../src/toolchain/version-spec.ts'

/** A process of its own that installs a version: `node <bundle> VERSION TOOL-CACHE DOWNLOAD-BASE`; prints the toolchain as JSON. */
const [version = '', toolCacheRoot = '', downloadBaseUrl = ''] = process.argv.slice(2)
const system = createNodeSystem({ env: { PATH: '/usr/bin:/bin', GOENV: 'off' } })
const toolchain = await ensureToolchain(
  { ...system, host: { ...system.host, platform: 'linux', arch: 'x64' } },
  { want: { kind: 'spec', spec: parseVersionSpec(version), reason: 'a test' }, toolCacheRoot, downloadBaseUrl },
)
process.stdout.write(JSON.stringify(toolchain))
