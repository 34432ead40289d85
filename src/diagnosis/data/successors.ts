/** A module that goes on where another one was given up. */
export interface Successor {
  readonly path: string
  /** Where its maintainers, or those of the old module, say so. */
  readonly source: string
}

// Old module -> what its maintainers, or the community, moved to. Only modules of which a public page says so.
const table: Readonly<Record<string, readonly Successor[]>> = {
  'github.com/boltdb/bolt': [{ path: 'go.etcd.io/bbolt', source: 'https://github.com/etcd-io/bbolt#readme' }],
  'github.com/coreos/bbolt': [{ path: 'go.etcd.io/bbolt', source: 'https://github.com/etcd-io/bbolt#readme' }],
  'github.com/coreos/etcd': [{ path: 'go.etcd.io/etcd/v3', source: 'https://github.com/etcd-io/etcd#readme' }],
}

/** The known successors of a module, the closest to it first; empty when none is known. */
export function successorsOf(modulePath: string): readonly Successor[] {
  return table[modulePath] ?? []
}
