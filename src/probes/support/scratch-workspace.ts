import path from 'node:path'

import { withAbsolutePaths } from '../../modules/absolute-paths.ts'
import type { ProbeContext } from './probe.ts'

/**
 * The environment in which the build list of a workspace can be read without touching the checkout: `go list -m all`
 * writes go.work.sum beside go.work, and fails where it cannot. A copy of both in the scratch folder takes that.
 */
export async function scratchWorkspace(context: ProbeContext): Promise<Readonly<Record<string, string>>> {
  const { workspace } = context.module
  if (workspace === undefined) return {}
  const { files } = context.system
  const dir = path.resolve(context.root, workspace)
  const copy = path.join(context.scratchDir, 'workspace')
  const text = await files.readText(path.join(dir, 'go.work'))
  await files.write(path.join(copy, 'go.work'), withAbsolutePaths('go.work', text, dir, copy))
  const sums = path.join(dir, 'go.work.sum')
  if ((await files.stat(sums)) !== undefined)
    await files.write(path.join(copy, 'go.work.sum'), await files.readBytes(sums))
  return { GOWORK: path.join(copy, 'go.work') }
}
