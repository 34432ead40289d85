import path from 'node:path'
import { fileURLToPath } from 'node:url'

import { ConfigurationError } from '../config/error.ts'
import { loadInputs } from '../config/load.ts'
import { rules } from '../diagnosis/rules/index.ts'
import { readGoEnv } from '../go/list.ts'
import { docsAddress } from '../pipeline/docs-address.ts'
import { run, type ToolchainReady } from '../pipeline/run.ts'
import { probes } from '../probes/index.ts'
import type { Runner, System } from '../system/types.ts'
import { baseSource } from './base.ts'
import { restoreForRun, type CacheTools } from './caches.ts'
import { refusal } from './event.ts'
import { publish } from './publish.ts'

/** The action's main step. Returns its exit code. */
export async function mainStep(system: System, runner: Runner, tools: CacheTools): Promise<number> {
  const workspace = system.env.GITHUB_WORKSPACE ?? ''
  if (workspace === '')
    throw new ConfigurationError(['GITHUB_WORKSPACE is not set; outside a workflow use `node dist/cli.js check`'])
  const settings = loadInputs({
    entry: 'action',
    value: runner.input,
    probes: probes.map((probe) => probe.name),
    probesOnDemand: probes.filter((probe) => probe.onDemand === true).map((probe) => probe.name),
    rules: rules.map((rule) => rule.id),
  })
  // A later step's `go build` shall annotate as after setup-go, but not before we have said what we have to say.
  const matcher = new URL('../matchers.json', import.meta.url)
  const toolCacheRoot = system.env.RUNNER_TOOL_CACHE ?? path.join(system.host.tempDir, 'gopreflight-tools')
  const report = await run({
    system,
    settings,
    dir: workspace,
    toolCacheRoot,
    probes,
    docsUrl: docsAddress(system.env),
    beforeModules: async (modules) => {
      const reason = await refusal(
        system,
        workspace,
        modules.map((module) => module.absoluteDir),
      )
      if (reason !== undefined) throw new ConfigurationError([reason])
    },
    base: (root) => baseSource(system, settings.base, settings.token, root),
    onToolchain: async (ready) => {
      await exportToolchain(ready, runner, system, settings.go.gotoolchain)
      // A slower run is better than none; a go command that does not even print its environment is the probes' to tell.
      await restoreForRun(ready, settings, system, runner, tools, toolCacheRoot).catch((error: unknown) => {
        system.log.info(`No cache was restored: ${error instanceof Error ? error.message : String(error)}`)
      })
    },
  })
  try {
    await publish(report, settings, system, runner)
  } finally {
    runner.addMatcher(fileURLToPath(matcher))
  }
  if (report.partial === true) return 130
  return report.verdict === 'fail' ? 1 : 0
}

/** PATH, GOTOOLCHAIN and the output as setup-go leaves them, so that the steps after this one use the same Go. */
async function exportToolchain(
  ready: ToolchainReady,
  runner: Runner,
  system: System,
  gotoolchain: string,
): Promise<void> {
  const { toolchain, go } = ready
  await runner.output('go-version', toolchain.version.replace(/^go/, ''))
  await runner.exportVariable('GOTOOLCHAIN', gotoolchain)
  const env = await readGoEnv(go).catch(() => undefined)
  const gopath = (env?.GOPATH ?? '').split(path.delimiter)[0] ?? ''
  if (gopath !== '') {
    await system.files.makeDir(path.join(gopath, 'bin'))
    await runner.addPath(path.join(gopath, 'bin'))
  }
  // Last added is first searched.
  await runner.addPath(path.join(toolchain.goroot, 'bin'))
}
