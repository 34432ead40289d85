import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'

/** What the runner reads from action.yml. */
export interface ActionMetadata {
  readonly main: string
  readonly post?: string
  readonly postIf: string
  /** Declared inputs with their defaults; undefined when there is no action.yml. */
  readonly inputs?: Readonly<Record<string, string>>
}

interface ActionFile {
  readonly runs: { readonly using: string; readonly main: string; readonly post?: string; readonly 'post-if'?: string }
  readonly inputs?: Readonly<Record<string, { readonly default?: unknown } | null>>
}

/**
 * Reads an action: a folder with action.yml, a script beside or one level below one, or a script alone, which then is
 * its own post step.
 */
export function readAction(action: string): ActionMetadata {
  const file = path.resolve(action)
  const isDir = statSync(file).isDirectory()
  const folders = isDir ? [file] : [path.dirname(file), path.dirname(path.dirname(file))]
  const yaml = folders.map((folder) => path.join(folder, 'action.yml')).find((name) => existsSync(name))
  if (yaml === undefined) {
    if (isDir) throw new Error(`${file} holds no action.yml`)
    return { main: file, post: file, postIf: 'always()' }
  }
  const content = parse(readFileSync(yaml, 'utf8')) as ActionFile
  if (content.runs.using !== 'node24') throw new Error(`${yaml}: using ${content.runs.using} is not simulated`)
  const script = (name: string): string => path.join(path.dirname(yaml), name)
  return {
    main: isDir ? script(content.runs.main) : file,
    ...(content.runs.post === undefined ? {} : { post: script(content.runs.post) }),
    postIf: content.runs['post-if'] ?? 'always()',
    inputs: Object.fromEntries(
      Object.entries(content.inputs ?? {}).map(([name, input]) => [name, valueOf(input?.default)]),
    ),
  }
}

/** Expressions are left out: there is no job to evaluate them in, as under act for `strategy.job-index`. */
function valueOf(value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
  return text.includes('${{') ? '' : text
}

/** `post-if`, whose functions look at the job so far. */
export function evaluateCondition(condition: string, status: 'success' | 'failure' | 'cancelled'): boolean {
  const plain = condition.replace(/^\$\{\{(.*)\}\}$/, '$1').replaceAll(' ', '')
  const known: Readonly<Record<string, boolean>> = {
    'always()': true,
    'success()': status === 'success',
    'failure()': status === 'failure',
    'cancelled()': status === 'cancelled',
    '!cancelled()': status !== 'cancelled',
  }
  const result = known[plain]
  if (result === undefined) throw new Error(`post-if: ${condition} is not simulated`)
  return result
}
