import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The text of a golden file beside the reporters' tests; with UPDATE_GOLDEN=1 it is written first. */
export function golden(name: string, actual: string): string {
  const path = fileURLToPath(new URL(`../reporters/golden/${name}`, import.meta.url))
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, actual)
  return readFileSync(path, 'utf8')
}
