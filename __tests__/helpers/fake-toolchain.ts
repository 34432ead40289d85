import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { makeZip } from './make-zip.ts'

/** A go command that knows its version and nothing else. */
const script = (version: string): string =>
  `#!/bin/sh\n[ "$1" = version ] && echo "go version go${version} linux/amd64"\n`

/** A GOROOT of a few files, as a release would leave it. */
export function writeGoroot(goroot: string, version: string, extraFiles = 0): void {
  mkdirSync(path.join(goroot, 'bin'), { recursive: true })
  mkdirSync(path.join(goroot, 'src', 'fmt'), { recursive: true })
  writeFileSync(path.join(goroot, 'VERSION'), `go${version}\ntime 2026-01-01T00:00:00Z\n`)
  writeFileSync(path.join(goroot, 'bin', 'go'), script(version))
  chmodSync(path.join(goroot, 'bin', 'go'), 0o755)
  writeFileSync(path.join(goroot, 'src', 'go.mod'), 'module std\n')
  for (let n = 0; n < extraFiles; n++) {
    writeFileSync(path.join(goroot, 'src', 'fmt', `file-${String(n)}.go`), `package fmt // ${String(n)}\n`)
  }
}

/** The same as a release archive, `go/` in front. */
export function makeReleaseTar(version: string, extraFiles = 0): Buffer {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'fake-release-'))
  try {
    writeGoroot(path.join(dir, 'go'), version, extraFiles)
    execFileSync('tar', ['-czf', 'release.tar.gz', 'go'], { cwd: dir })
    return readFileSync(path.join(dir, 'release.tar.gz'))
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** The same as the module golang.org/toolchain holds it: no permissions, `_go.mod` for go.mod. */
export function makeToolchainZip(version: string, named: string): Buffer {
  const files = {
    'go.mod': 'module golang.org/toolchain\n',
    VERSION: `go${version}\n`,
    'bin/go': script(version),
    'pkg/tool/linux_amd64/compile': '#!/bin/sh\n',
    'lib/wasm/go_js_wasm_exec': '#!/bin/sh\n',
    'lib/time/zoneinfo.zip': 'zone',
    'src/_go.mod': 'module std\n',
    'src/cmd/_go.mod': 'module cmd\n',
    'src/fmt/print.go': 'package fmt\n',
  }
  return makeZip(Object.entries(files).map(([name, content]) => ({ name: `${named}/${name}`, content })))
}

export function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

/** What the download list says of one release, for this machine alone. */
export function listed(version: string, archive: Buffer, hash = sha256(archive)): object {
  const filename = `go${version}.linux-amd64.tar.gz`
  const file = {
    os: 'linux',
    arch: 'amd64',
    version: `go${version}`,
    sha256: hash,
    size: archive.length,
    kind: 'archive',
  }
  return {
    version: `go${version}`,
    stable: true,
    files: [
      { ...file, filename: `go${version}.src.tar.gz`, os: '', arch: '', kind: 'source' },
      { ...file, filename: `go${version}.linux-amd64.msi`, kind: 'installer' },
      { ...file, filename },
      { ...file, filename: `go${version}.linux-armv6l.tar.gz`, arch: 'armv6l' },
    ],
  }
}
