import type { Location } from '../../domain/module.ts'
import { cut } from './visible.ts'

/** Where the sources of a run can be read, as the runner's context gives it. */
export interface SourceSite {
  /** `https://github.com`. */
  readonly serverUrl?: string
  /** `owner/name`. */
  readonly repository?: string
  /** The commit that was checked. */
  readonly sha?: string
}

/** What a path can be on Linux (PATH_MAX); a longer one in a report was never a file. */
const longestPath = 4096
const dependencySegment = /^[^@]*@v\d+\.\d+\.\d+/

/** True for a file of the repository; false for `module@version/file`, an absolute path or one that leaves the repository. */
export function isRepositoryFile(file: string): boolean {
  if (file === '' || file.length > longestPath || /^[/\\]|^[A-Za-z]:[/\\]/.test(file)) return false
  const segments = file.split('/')
  return !segments.includes('..') && !segments.slice(0, -1).some((segment) => dependencySegment.test(segment))
}

/** `main.go:193:7`, the form that editors and terminals make clickable. */
export function formatLocation(location: Location): string {
  const column = location.column === undefined ? '' : `:${location.column}`
  const file = cut(location.file, 500)
  return location.line > 0 ? `${file}:${location.line}${column}` : file
}

/** Address of the lines in the repository at the commit; undefined when the site is not known or the file is not in it. */
export function blobUrl(location: Location, site: SourceSite): string | undefined {
  const { serverUrl, repository, sha } = site
  if (serverUrl === undefined || repository === undefined || sha === undefined) return undefined
  if (!/^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(repository) || !/^[0-9a-f]{7,64}$/i.test(sha)) return undefined
  if (!isRepositoryFile(location.file)) return undefined
  const path = location.file.split('/').map(encodeSegment).join('/')
  const end = location.endLine !== undefined && location.endLine > location.line ? `-L${location.endLine}` : ''
  const lines = location.line > 0 ? `#L${location.line}${end}` : ''
  return `${serverUrl.replace(/\/$/, '')}/${repository}/blob/${sha}/${path}${lines}`
}

function encodeSegment(segment: string): string {
  // encodeURIComponent throws on half a surrogate pair, which a file name from a hostile log may hold.
  return encodeURIComponent(segment.replace(/\p{Cs}/gu, '�'))
}
