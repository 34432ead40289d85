import path from 'node:path'

import type { ModuleFilesObservation } from '../../domain/observation.ts'
import { parseGoMod } from '../../modules/go-mod.ts'
import { parseGoSum } from '../../modules/go-sum.ts'
import { parseGoWork } from '../../modules/go-work.ts'
import { parseVendorModules } from '../../modules/vendor-modules.ts'
import type { ProbeContext } from './probe.ts'
import { readIfThere } from './read-if-there.ts'

/** The module's own files, parsed with their lines. A workspace's go.sum lines stand in go.work.sum and in each member. */
export async function readModuleFiles(context: ProbeContext): Promise<ModuleFilesObservation> {
  const { files } = context.system
  const { dir, absoluteDir, workspace } = context.module
  const workDir = workspace === undefined ? undefined : path.resolve(context.root, workspace)
  const vendorDir = path.join(workDir ?? absoluteDir, 'vendor')
  const [goMod, goSum, goWork, vendor] = await Promise.all([
    readIfThere(files, path.join(absoluteDir, 'go.mod')),
    readIfThere(files, path.join(absoluteDir, 'go.sum')),
    workDir === undefined ? undefined : readIfThere(files, path.join(workDir, 'go.work')),
    readIfThere(files, path.join(vendorDir, 'modules.txt')),
  ])
  const parsedMod = goMod === undefined ? undefined : parseGoMod(goMod)
  const relative = (...parts: string[]): string => path.posix.normalize(path.posix.join(...parts))
  return {
    kind: 'module-files',
    probe: 'verify',
    module: dir,
    goModPath: relative(dir, 'go.mod'),
    ...(parsedMod === undefined ? {} : { goMod: parsedMod }),
    goSumPath: relative(dir, 'go.sum'),
    ...(goSum === undefined ? {} : { goSum: parseGoSum(goSum) }),
    ...(goWork === undefined || workspace === undefined
      ? {}
      : { goWorkPath: relative(workspace, 'go.work'), goWork: parseGoWork(goWork) }),
    ...(vendor === undefined
      ? {}
      : { vendorPath: relative(workspace ?? dir, 'vendor/modules.txt'), vendor: parseVendorModules(vendor) }),
    usesVendor: vendor !== undefined && vendorIsDefault(await context.listings.env(), parsedMod?.go?.value),
  }
}

/** -mod=vendor is the default when vendor/ exists and the go line is 1.14 or higher (go help modules, `-mod`). */
function vendorIsDefault(env: Readonly<Record<string, string>>, goLine: string | undefined): boolean {
  const flag = /(?:^|\s)-mod=(\w+)/.exec(env.GOFLAGS ?? '')?.[1]
  if (flag !== undefined) return flag === 'vendor'
  const [major = 1, minor = 0] = (goLine ?? '1.11').split('.').map(Number)
  return major > 1 || minor >= 14
}
