import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

const repository = path.resolve(import.meta.dirname, '../..')

/**
 * Builds portcheck for the end-to-end tests before any of them starts: on a fresh clone that takes longer than a test may,
 * and two test files at once would each do it. Later runs find it in .tmp. What goes wrong here the tests will tell.
 */
export default function warmUp(globalConfig) {
  const patterns = globalConfig.testPathPatterns?.patterns ?? []
  const wanted = patterns.length === 0 || patterns.some((pattern) => pattern.includes('e2e'))
  const cli = path.join(repository, process.env.GOPREFLIGHT_DIST ?? 'dist', 'cli.js')
  if (!wanted || !existsSync(cli)) return
  spawnSync(process.execPath, [cli, 'ports', 'examples/healthy'], {
    cwd: repository,
    stdio: 'ignore',
    timeout: 300_000,
    env: {
      ...process.env,
      GOCACHE: path.join(repository, '.tmp', 'e2e-go-build'),
      XDG_CACHE_HOME: path.join(repository, '.tmp', 'e2e-cache'),
      GOENV: 'off',
      GOFLAGS: '',
      GOPROXY: 'off',
      GOTOOLCHAIN: 'local',
    },
  })
}
