import type { CacheStore, Runner, System } from '../system/types.ts'
import { saveAfterRun } from './caches.ts'

/** The action's post step: saves the caches. It never fails a job. */
export async function postStep(system: System, runner: Runner, store: CacheStore): Promise<void> {
  await saveAfterRun(system, runner, store)
}
