import { version } from './version.ts'

/**
 * Addresses of the rules' pages, at the version that is running: the page then describes what this version does. In a
 * workflow the runner says which repository and ref the action came from.
 */
export function docsAddress(env: Readonly<Record<string, string | undefined>> = {}): (rule: string) => string {
  const server = env.GITHUB_SERVER_URL ?? 'https://github.com'
  const repository = env.GITHUB_ACTION_REPOSITORY || 'gopreflight/gopreflight'
  const ref = env.GITHUB_ACTION_REF || `v${version}`
  return (rule) => `${server}/${repository}/blob/${ref}/docs/rules/${rule}.md`
}
