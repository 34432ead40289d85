import { createHash, generateKeyPairSync, sign } from 'node:crypto'

type Hash = Buffer

export interface TransparencyLog {
  /** `name+hash+key`, as GOSUMDB takes it. */
  readonly key: string
  /** Path below the database's address -> answer. */
  readonly serve: (path: string) => Buffer | undefined
  /** Every tile path of the tree with its content. */
  readonly tiles: ReadonlyMap<string, Buffer>
  readonly root: Hash
}

interface LogOptions {
  readonly name?: string
  /** Makes the note for a tree head; default: signed by the log's own key. */
  readonly note?: (text: string, signed: (text: string) => string) => string
}

const sha = (...parts: readonly Buffer[]): Hash => createHash('sha256').update(Buffer.concat(parts)).digest()

/**
 * A checksum database of our own over these records: own key, tree, tiles and signed head. `lookups` maps `path@version` to a
 * record's number. Written from RFC 6962 from the top down, unlike the client, so that the two can disagree.
 */
export function makeLog(
  records: readonly string[],
  lookups: Readonly<Record<string, number>>,
  options: LogOptions = {},
): TransparencyLog {
  const name = options.name ?? 'sum.example'
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = Buffer.concat([Buffer.of(1), publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)])
  const keyHash = sha(Buffer.from(`${name}\n`), raw).subarray(0, 4)
  const signed = (text: string): string => {
    const signature = Buffer.concat([keyHash, sign(null, Buffer.from(text), privateKey)]).toString('base64')
    return `${text}\n\u2014 ${name} ${signature}\n`
  }
  const leaves = records.map((record) => sha(Buffer.of(0), Buffer.from(record)))
  const root = treeHash(leaves)
  const head = `go.sum database tree\n${String(records.length)}\n${root.toString('base64')}\n`
  const note = options.note?.(head, signed) ?? signed(head)
  const tiles = makeTiles(leaves)
  return {
    key: `${name}+${keyHash.toString('hex')}+${raw.toString('base64')}`,
    tiles,
    root,
    serve(path) {
      if (path.startsWith('tile/')) return tiles.get(path)
      if (path === 'latest') return Buffer.from(note)
      const id = lookups[decodeURIComponent(path.replace('lookup/', ''))]
      return id === undefined ? undefined : Buffer.from(`${String(id)}\n${records[id] ?? ''}\n${note}`)
    },
  }
}

/** Record `id` for a module, as the database writes it. */
export function recordFor(path: string, version: string, zip: string, mod = `h1:${'A'.repeat(43)}=`): string {
  return `${path} ${version} ${zip}\n${path} ${version}/go.mod ${mod}\n`
}

function treeHash(leaves: readonly Hash[]): Hash {
  if (leaves.length === 0) return sha()
  const [only] = leaves
  if (only !== undefined && leaves.length === 1) return only
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return sha(Buffer.of(1), treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)))
}

function makeTiles(leaves: readonly Hash[]): Map<string, Buffer> {
  const tiles = new Map<string, Buffer>()
  let row = [...leaves]
  for (let level = 0; row.length > 0; level++) {
    for (let tile = 0; tile * 256 < row.length; tile++) {
      const part = row.slice(tile * 256, tile * 256 + 256)
      const digits = String(tile).padStart(3, '0')
      tiles.set(
        `tile/8/${String(level)}/${digits}${part.length < 256 ? `.p/${String(part.length)}` : ''}`,
        Buffer.concat(part),
      )
    }
    const next: Hash[] = []
    for (let first = 0; first + 256 <= row.length; first += 256) next.push(treeHash256(row.slice(first, first + 256)))
    row = next
  }
  return tiles
}

/** Like treeHash over hashes that stand for whole subtrees already. */
function treeHash256(nodes: readonly Hash[]): Hash {
  const [only] = nodes
  if (only !== undefined && nodes.length === 1) return only
  const half = nodes.length / 2
  return sha(Buffer.of(1), treeHash256(nodes.slice(0, half)), treeHash256(nodes.slice(half)))
}
