import { findPathGo } from '../../src/toolchain/path-go.ts'
import { createGo, type Go } from '../../src/go/go.ts'
import { readGoEnv } from '../../src/go/list.ts'
import type { System } from '../../src/system/types.ts'

/** The Go on PATH in a folder, with its `go env` there. */
export async function goIn(
  system: System,
  dir: string,
): Promise<{ readonly go: Go; readonly env: Readonly<Record<string, string>> }> {
  const found = await findPathGo(system)
  if (found === undefined) throw new Error('these tests need a Go on PATH')
  const { go: goBinary, goroot, version } = found
  const go = createGo({ system, goBinary, goroot, version, dir, gotoolchain: 'local', timeoutSeconds: 120 })
  return { go, env: await readGoEnv(go) }
}

/** A Go program in place of portcheck: the same shape of a module, and one import, so that it is built in no time. */
export const smallProgram = {
  'go.mod': 'module example.com/portcheck\n\ngo 1.22\n',
  'main.go': 'package main\n\nimport "example.com/portcheck/internal/answer"\n\nfunc main() { answer.Say() }\n',
  'internal/answer/answer.go':
    'package answer\n\nimport "os"\n\n' +
    'func Say() { os.Stdout.WriteString(`{"t":"start","version":1}` + "\\n" + `{"t":"done"}` + "\\n") }\n',
}
