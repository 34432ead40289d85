/** One annotation on a pull request: what the runner's `::error file=…` commands carry. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly message: string
  readonly title?: string
  /** Relative to the workspace of the runner with `/`. */
  readonly file?: string
  /** Counts from 1. Columns are kept by the runner only when `endLine` is `line` or absent. */
  readonly line?: number
  readonly endLine?: number
  readonly column?: number
  readonly endColumn?: number
}
