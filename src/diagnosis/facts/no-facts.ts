import type { Facts } from '../../domain/facts.ts'

/** Facts where only a log is at hand: nothing is known but the positions that it prints. */
export const noFacts: Facts = {
  goEnv: () => Promise.resolve(undefined),
  goMod: () => Promise.resolve(undefined),
  goSum: () => Promise.resolve(undefined),
  goWork: () => Promise.resolve(undefined),
  vendor: () => Promise.resolve(undefined),
  requireLine: () => Promise.resolve(undefined),
  locate: ({ file, line, column }) => {
    const name = file.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '')
    const outside = name.startsWith('/') || name.startsWith('..') || /^[A-Za-z]:/.test(name) || name === ''
    return Promise.resolve(outside ? undefined : { file: name, line, ...(column === undefined ? {} : { column }) })
  },
  excludedDeclarations: () => Promise.resolve([]),
  checksums: () => Promise.resolve(undefined),
}
