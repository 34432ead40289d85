import path from 'node:path'

import type { FileFact } from '../../domain/facts.ts'
import type { GoModFile, GoSumFile, GoWorkFile, VendorModulesFile } from '../../domain/go-files.ts'
import { parseGoMod } from '../../modules/go-mod.ts'
import { parseGoSum } from '../../modules/go-sum.ts'
import { parseGoWork } from '../../modules/go-work.ts'
import { inside } from '../../modules/source-path.ts'
import { parseVendorModules } from '../../modules/vendor-modules.ts'
import type { Files } from '../../system/types.ts'
import { once } from './source.ts'

/** The files that describe a module, parsed when first asked for. */
export interface ModuleFileFacts {
  readonly goMod: () => Promise<FileFact<GoModFile> | undefined>
  readonly goSum: () => Promise<FileFact<GoSumFile> | undefined>
  readonly goWork: () => Promise<FileFact<GoWorkFile> | undefined>
  readonly vendor: () => Promise<FileFact<VendorModulesFile> | undefined>
  /** go.mod of the modules that go.work uses, without the module's own. */
  readonly otherGoMods: () => Promise<readonly FileFact<GoModFile>[]>
}

interface Place {
  readonly files: Pick<Files, 'readText'>
  readonly root: string
  readonly moduleDir: string
  /** GOWORK as go env has it: a path, `off`, or empty. */
  readonly goworkSetting: () => Promise<string | undefined>
}

/** go.mod and go.sum of a directory or the nearest one above it, go.work in force, vendor/modules.txt beside the file in force. */
export function createModuleFiles(place: Place): ModuleFileFacts {
  const { files, root } = place
  const moduleDir = once(async () => (await upwards(place, 'go.mod')) ?? place.moduleDir)
  const goMod = once(async () => read(place, path.join(await moduleDir(), 'go.mod'), parseGoMod))
  const goWork = once(async () => {
    const setting = await place.goworkSetting()
    if (setting === 'off') return undefined
    if (setting !== undefined && path.isAbsolute(setting)) return read(place, setting, parseGoWork)
    const dir = await upwards(place, 'go.work')
    return dir === undefined ? undefined : read(place, path.join(dir, 'go.work'), parseGoWork)
  })
  const vendor = once(async () => {
    const work = await goWork()
    const dirs = [...(work === undefined ? [] : [path.dirname(path.resolve(root, work.path))]), await moduleDir()]
    for (const dir of dirs) {
      const found = await read(place, path.join(dir, 'vendor', 'modules.txt'), parseVendorModules)
      if (found !== undefined) return found
    }
    return undefined
  })
  const otherGoMods = once(async () => {
    const work = await goWork()
    if (work === undefined) return []
    const base = path.dirname(path.resolve(root, work.path))
    const own = (await goMod())?.path
    const found = await Promise.all(
      work.content.use
        .slice(0, 500)
        .map((use) => read(place, path.join(path.resolve(base, use.value), 'go.mod'), parseGoMod)),
    )
    return found.filter((file) => file !== undefined).filter((file) => file.path !== own)
  })
  const goSum = once(async () => read({ files, root }, path.join(await moduleDir(), 'go.sum'), parseGoSum))
  return { goMod, goSum, goWork, vendor, otherGoMods }
}

async function read<T>(
  place: Pick<Place, 'files' | 'root'>,
  file: string,
  parse: (text: string) => T,
): Promise<FileFact<T> | undefined> {
  // A go.work that names folders outside the repository is not ours to report on.
  const name = inside(place.root, file)
  if (name === undefined) return undefined
  try {
    return { path: name, content: parse(await place.files.readText(file)) }
  } catch {
    return undefined
  }
}

/** The nearest folder, from the module's up to the root of the repository, that holds a file. */
async function upwards(place: Place, name: string): Promise<string | undefined> {
  for (let dir = place.moduleDir; ; dir = path.dirname(dir)) {
    const held = await place.files.readText(path.join(dir, name)).then(
      () => true,
      () => false,
    )
    if (held) return dir
    if (dir === place.root || inside(place.root, dir) === undefined || path.dirname(dir) === dir) return undefined
  }
}
