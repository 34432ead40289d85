import { ConfigurationError } from '../config/error.ts'
import { createCacheStore } from '../system/actions/cache-store.ts'
import { globFiles } from '../system/actions/glob.ts'
import { createActionsLog } from '../system/actions/log.ts'
import { createRunner } from '../system/actions/runner.ts'
import { createNodeSystem } from '../system/node/system.ts'
import { mainStep } from './main-step.ts'
import { postStep } from './post-step.ts'

/** Main and post are this one file: the state that main leaves behind tells them apart. */
const postState = 'gopreflight-main-ran'

const cancel = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => cancel.abort())

const write = (text: string): void => void process.stdout.write(text)
const env = { ...process.env }
const runner = createRunner(env, write)
const system = createNodeSystem({ env, signal: cancel.signal, log: createActionsLog(write, env.RUNNER_DEBUG === '1') })

const store = createCacheStore({ env, log: system.log, signal: cancel.signal })

// An upload that was given up on can fail once more when nobody listens any longer; a saved cache is not worth a red job.
process.on('uncaughtException', (error) => {
  if (runner.state(postState) !== '') return
  runner.annotate({ level: 'error', title: 'gopreflight broke', message: error.stack ?? error.message })
  process.exit(3)
})

const code = await step()
// Keep-alive sockets of the cache service would hold the job for minutes; what we wrote must be out before we go.
process.stdout.write('', () => process.exit(code))

async function step(): Promise<number> {
  const isPost = runner.state(postState) !== ''
  try {
    if (isPost) {
      await postStep(system, runner, store)
      return 0
    }
    await runner.saveState(postState, 'true')
    return await mainStep(system, runner, { store, glob: globFiles })
  } catch (error) {
    if (cancel.signal.aborted) return 130
    const text = error instanceof Error ? error.message : String(error)
    if (isPost) {
      // The verdict is out; a cache that could not be saved only costs time.
      system.log.info(`Nothing was saved to the cache: ${text}`)
      return 0
    }
    const title = error instanceof ConfigurationError ? 'gopreflight: wrong inputs' : 'gopreflight broke'
    runner.annotate({ level: 'error', title, message: text })
    if (!(error instanceof ConfigurationError) && error instanceof Error) system.log.info(error.stack ?? '')
    return error instanceof ConfigurationError ? 2 : 3
  }
}
