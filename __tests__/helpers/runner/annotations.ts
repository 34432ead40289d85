import path from 'node:path'

export type Level = 'error' | 'warning' | 'notice'

/** What a reader sees on the pull request. */
export interface SeenAnnotation {
  readonly level: Level
  readonly message: string
  readonly title?: string
  readonly file?: string
  readonly line?: number
  readonly endLine?: number
  readonly column?: number
  readonly endColumn?: number
  /** The command, a problem matcher (by owner), or the runner itself. */
  readonly by: string
}

const perLevel = 10
const longestMessage = 4096

/** One step's annotations: ten of a level and no more, the first ones (ExecutionContext.cs AddIssue). */
export interface AnnotationSink {
  readonly add: (annotation: SeenAnnotation) => void
  readonly kept: readonly SeenAnnotation[]
  readonly dropped: readonly SeenAnnotation[]
}

export function createAnnotationSink(mask: (text: string) => string): AnnotationSink {
  const kept: SeenAnnotation[] = []
  const dropped: SeenAnnotation[] = []
  return {
    kept,
    dropped,
    add(annotation) {
      const masked = { ...annotation, message: mask(annotation.message).slice(0, longestMessage) }
      const full = kept.filter(({ level }) => level === annotation.level).length >= perLevel
      ;(full ? dropped : kept).push(masked)
    },
  }
}

/** An annotation from the properties of a command, lines and columns as the runner corrects them (IssueCommandExtension). */
export function annotationOf(
  level: Level,
  properties: Readonly<Record<string, string>>,
  message: string,
  workspace: string,
): SeenAnnotation {
  const file = properties.file ?? ''
  return {
    level,
    message,
    by: 'command',
    ...(properties.title === undefined || properties.title === '' ? {} : { title: properties.title }),
    ...(file === '' ? {} : { file: relativeTo(workspace, file) }),
    ...position(properties),
  }
}

function position(
  properties: Readonly<Record<string, string>>,
): Pick<SeenAnnotation, 'line' | 'endLine' | 'column' | 'endColumn'> {
  let line = integer(properties.line)
  let endLine = integer(properties.endline)
  let column = integer(properties.col)
  let endColumn = integer(properties.endcolumn)
  if (line === undefined && endLine !== undefined) line = endLine
  if (column === undefined && endColumn !== undefined) column = endColumn
  if (line === undefined || (endLine !== undefined && endLine !== line)) {
    column = undefined
    endColumn = undefined
  }
  if (line !== undefined && endLine !== undefined && endLine < line) {
    line = undefined
    endLine = undefined
  }
  if (column !== undefined && endColumn !== undefined && endColumn < column) {
    column = undefined
    endColumn = undefined
  }
  return {
    ...(line === undefined ? {} : { line }),
    ...(endLine === undefined ? {} : { endLine }),
    ...(column === undefined ? {} : { column }),
    ...(endColumn === undefined ? {} : { endColumn }),
  }
}

function integer(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined
}

/** Absolute paths inside the workspace become relative; anything else stays as it is. */
function relativeTo(workspace: string, file: string): string {
  const inside = path.isAbsolute(file) && `${file}/`.startsWith(`${workspace}/`)
  return inside ? path.relative(workspace, file).split(path.sep).join('/') : file
}
