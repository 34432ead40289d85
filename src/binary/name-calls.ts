import { Buffer } from 'node:buffer'

import type { NameServices } from '../domain/name-services.ts'
import type { Files } from '../system/types.ts'
import type { BinaryFacts } from './types.ts'

const chunk = 1024 * 1024
/** Programs with more than this are looked at to here; the table of function names stands in the first half of most. */
const maxSearch = 512 * 1024 * 1024

/**
 * Names that only one way of looking up leaves in a program. Go keeps the names of all linked functions, stripped or not
 * (.gopclntab), where package and function stand together; getaddrinfo in .dynsym alone would prove nothing, for other C code
 * may import it. A function that a program never reaches is not linked, so that nothing is known of a program in which none
 * of the names is.
 */
const marks = {
  libcResolver: ['net._C2func_getaddrinfo', 'net._Cfunc_getaddrinfo'],
  systemResolver: ['libc_getaddrinfo_trampoline', 'syscall.GetAddrInfoW', 'net.queryCS'],
  goResolver: ['goLookupIPCNAMEOrder'],
  libcUsers: ['os/user._Cfunc_mygetpw', 'os/user._C2func_mygetpw'],
  systemUsers: [
    'libc_getpwuid_r_trampoline',
    'libc_getpwnam_r_trampoline',
    'os/user.getCurrentToken',
    'os/user.newUserFromSid',
  ],
  fileUsers: ['os/user.readColonFile'],
} as const

type Mark = keyof typeof marks

/**
 * Who looks up hosts and users in a built program, as far as the file shows it without running it. Nothing is said of a
 * service that leaves no mark.
 */
export async function readNameCalls(
  files: Pick<Files, 'readRange'>,
  path: string,
  facts: BinaryFacts,
): Promise<NameServices> {
  const found = await findMarks(files, path, Math.min(facts.bytes, maxSearch))
  const { settings = {} } = facts.buildInfo ?? {}
  const tags = (settings['-tags'] ?? '').split(',')
  const android = settings.GOOS === 'android'
  const resolver = found.has('libcResolver')
    ? tags.includes('netcgo') || android
      ? 'libc'
      : 'go-or-libc'
    : found.has('systemResolver')
      ? 'system'
      : found.has('goResolver')
        ? 'go'
        : undefined
  const users = found.has('libcUsers')
    ? 'libc'
    : found.has('fileUsers')
      ? 'files'
      : found.has('systemUsers')
        ? 'system'
        : undefined
  return { ...(resolver === undefined ? {} : { resolver }), ...(users === undefined ? {} : { users }) }
}

async function findMarks(files: Pick<Files, 'readRange'>, path: string, bytes: number): Promise<ReadonlySet<Mark>> {
  const wanted = new Map(
    (Object.keys(marks) as Mark[]).map((mark) => [mark, marks[mark].map((text) => Buffer.from(text))]),
  )
  const overlap = 64
  const found = new Set<Mark>()
  for (let at = 0; at < bytes && wanted.size > 0; at += chunk) {
    const read = await files.readRange(path, at, Math.min(chunk + overlap, bytes - at))
    const content = Buffer.from(read.buffer, read.byteOffset, read.byteLength)
    for (const [mark, texts] of wanted) {
      if (!texts.some((text) => content.includes(text))) continue
      found.add(mark)
      wanted.delete(mark)
    }
  }
  return found
}

/**
 * Whether a program bears out what the packages of its target promise: `confirmed` when it shows the same, sentences when it
 * shows something else. A function that is promised and not linked proves nothing; with build info against it, it does.
 */
export function compareNames(
  expected: NameServices,
  seen: NameServices,
  settings: Readonly<Record<string, string>>,
): readonly string[] {
  const tags = (settings['-tags'] ?? '').split(',')
  const pure = (tag: string): boolean => settings.CGO_ENABLED === '0' || tags.includes(tag)
  const sentences: string[] = []
  const { resolver, users } = expected
  if (resolver === 'go' && seen.resolver !== undefined && seen.resolver !== 'go') {
    sentences.push(
      `It calls ${seen.resolver === 'system' ? 'the system' : 'libc'} to look up hosts, and its packages are those of Go's own resolver.`,
    )
  }
  if ((resolver === 'libc' || resolver === 'go-or-libc') && seen.resolver === 'go' && pure('netgo')) {
    sentences.push("It looks up hosts with Go's own resolver alone, and its packages are those that call libc.")
  }
  if (users === 'files' && seen.users !== undefined && seen.users !== 'files') {
    sentences.push(
      `It asks ${seen.users === 'system' ? 'the system' : 'libc'} for users, and its packages are those that read /etc/passwd.`,
    )
  }
  if (users === 'libc' && seen.users === 'files' && pure('osusergo')) {
    sentences.push('It reads users from /etc/passwd alone, and its packages are those that ask libc.')
  }
  return sentences
}
