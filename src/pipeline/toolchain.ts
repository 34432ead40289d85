import path from 'node:path'

import { ConfigurationError } from '../config/error.ts'
import { parseGoMod } from '../modules/go-mod.ts'
import { parseGoWork } from '../modules/go-work.ts'
import { VerificationError } from '../toolchain/distribution.ts'
import { ensureToolchain, ToolchainError, type Toolchain } from '../toolchain/ensure.ts'
import { readWant, type GoFileNeed, type ToolchainWant } from '../toolchain/requirement.ts'
import type { ModulePlan } from './modules.ts'
import type { RunRecord } from './record.ts'
import type { RunOptions } from './run.ts'

/**
 * Makes Go ready and notes which, from where and how it was verified. Returns undefined when it cannot be had: that is
 * then a finding. Throws a ConfigurationError for inputs that name no version.
 */
export async function readyToolchain(
  options: RunOptions,
  modules: readonly ModulePlan[],
  record: RunRecord,
): Promise<Toolchain | undefined> {
  const { system, settings } = options
  const want = await readWanted(options, record.root, modules)
  system.log.progress('making Go ready')
  try {
    const toolchain = await ensureToolchain(options.toolchainSystem ?? system, {
      want,
      checkLatest: settings.go.checkLatest,
      toolCacheRoot: options.toolCacheRoot,
      ...(settings.go.architecture === undefined ? {} : { architecture: settings.go.architecture }),
      ...(settings.go.downloadBaseUrl === undefined ? {} : { downloadBaseUrl: settings.go.downloadBaseUrl }),
    })
    const { version, goroot, source, verified, reason } = toolchain
    record.setToolchain({ version, source, verified, goroot, reason })
    system.log.info(`${version} from ${sourceWords[source]} (${verified}), because of ${reason}: ${goroot}`)
    return toolchain
  } catch (error) {
    // Cancelled meanwhile: what is known so far still makes a report.
    if (system.signal.aborted) return undefined
    if (!(error instanceof ToolchainError) && !(error instanceof VerificationError)) throw error
    record.observe({ kind: 'broken-probe', probe: 'toolchain', error: error.message })
    return undefined
  }
}

const sourceWords: Readonly<Record<Toolchain['source'], string>> = {
  'tool-cache': 'the tool cache',
  path: 'PATH',
  download: 'the download server',
  'module-proxy': 'the module proxy',
}

async function readWanted(options: RunOptions, root: string, modules: readonly ModulePlan[]): Promise<ToolchainWant> {
  const { system, settings, dir } = options
  const inputs = { goVersion: settings.go.version ?? '', goVersionFile: settings.go.versionFile ?? '', root: dir }
  const needs = await readNeeds(options, root, modules)
  try {
    return await readWant(system.files, inputs, needs)
  } catch (error) {
    throw new ConfigurationError([error instanceof Error ? error.message : String(error)])
  }
}

async function readNeeds(
  options: RunOptions,
  root: string,
  modules: readonly ModulePlan[],
): Promise<readonly GoFileNeed[]> {
  const workFiles = new Set(
    modules.flatMap(({ workspace }) => (workspace === undefined ? [] : [path.posix.join(workspace, 'go.work')])),
  )
  return Promise.all([
    ...modules.map(async (module) => {
      const file = path.posix.join(module.dir, 'go.mod')
      return { path: file, ...parseGoMod(await readFile(options, root, file)) }
    }),
    ...[...workFiles].map(async (file) => ({
      path: file,
      ...parseGoWork(await readFile(options, root, file)),
    })),
  ])
}

async function readFile(options: RunOptions, root: string, file: string): Promise<string> {
  try {
    return await options.system.files.readText(path.join(root, file))
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error)
    throw new ConfigurationError([`${file} cannot be read (${code}).`])
  }
}
