import type { ChecksumAnswer } from '../../domain/facts.ts'
import type { ModuleVersion } from '../../domain/module.ts'
import { escapePath, escapeVersion } from '../escape.ts'
import { fetchBytes, type FetchSystem } from '../fetch.ts'
import { parseGoProxy, ProxyError, tryProxies } from '../goproxy.ts'
import { parseGoSumDb, skipReason, type ChecksumConfig, type Database } from './config.ts'
import { openNote } from './note.ts'
import { checkInclusion, fullTile, tilePath, tilesForProof, type Tile } from './tiles.ts'
import { parseRecord, parseTreeHead, recordHash } from './tlog.ts'

/** A client of one checksum database for a run: it finds the way there once and keeps tiles that it has proven. */
export interface ChecksumDatabase {
  readonly lookup: (module: ModuleVersion) => Promise<ChecksumAnswer>
}

const lookUpSeconds = 20
/** A record, a head or a tile is under 16 KiB; what is far over is not one. */
const maxBytes = 1024 * 1024
const hashBytes = 32

/**
 * What the checksum database says of a module version. `record` only when the database's own key signed the tree, the record is
 * proven to be in that tree, and the record itself holds exactly one line for the zip and one for go.mod. `missing` is what a server says,
 * which nothing can prove. Everything else (a wrong signature, a tampered tile, no network, a private path) is
 * `unavailable` with the reason. Never throws.
 */
export function lookupChecksums(
  system: FetchSystem,
  config: ChecksumConfig,
  module: ModuleVersion,
): Promise<ChecksumAnswer> {
  return createChecksumDatabase(system, config).lookup(module)
}

/** For more than one look-up: the same answers as `lookupChecksums`, with the way and the proven tiles kept. */
export function createChecksumDatabase(system: FetchSystem, config: ChecksumConfig): ChecksumDatabase {
  const proven = new Map<string, Uint8Array>()
  let base: Promise<string> | undefined
  return {
    async lookup(module) {
      const skipped = skipReason(config, module.path)
      if (skipped !== undefined) return { kind: 'unavailable', reason: skipped }
      try {
        const database = parseGoSumDb(config.gosumdb ?? '')
        base ??= findBase(system, config.goproxy ?? '', database)
        return await lookup(system, await base, database, module, proven)
      } catch (error) {
        base = undefined
        return { kind: 'unavailable', reason: error instanceof Error ? error.message : String(error) }
      }
    },
  }
}

/**
 * Where the database is reached (modfetch/sumdb.go, initBase): the address in GOSUMDB, else the first proxy that says it
 * passes look-ups on, and only when none does the database itself. A proxy that fails otherwise ends the search: the user's
 * network may not allow another way.
 */
async function findBase(system: FetchSystem, goproxy: string, database: Database): Promise<string> {
  const { name } = database.verifier
  if (database.base !== undefined) return database.base
  try {
    return await tryProxies(parseGoProxy(goproxy), async (proxy) => {
      if (proxy === 'direct' || proxy === 'off') throw new ProxyError('no proxy', true)
      const base = `${proxy}/sumdb/${name}`
      const { status } = await fetchBytes(system, `${base}/supported`, { timeoutSeconds: lookUpSeconds, maxBytes })
      if (status === 200) return base
      throw new ProxyError(
        `the module proxy answers with HTTP status ${String(status)} whether it passes on ${name}`,
        status === 404 || status === 410,
      )
    })
  } catch (error) {
    if (error instanceof ProxyError && error.absent) return `https://${name}`
    throw error
  }
}

async function lookup(
  system: FetchSystem,
  base: string,
  database: Database,
  module: ModuleVersion,
  proven: Map<string, Uint8Array>,
): Promise<ChecksumAnswer> {
  const { name } = database.verifier
  const url = `${base}/lookup/${escapePath(module.path)}@${escapeVersion(module.version)}`
  const { status, body } = await fetchBytes(system, url, { timeoutSeconds: lookUpSeconds, maxBytes })
  if (status === 404 || status === 410) return { kind: 'missing', database: name }
  if (status !== 200) throw new Error(`${name} answers with HTTP status ${String(status)}`)
  const refuse = (why: string): Error =>
    new Error(`the answer of ${name} for ${module.path}@${module.version} is refused: ${why}`)
  let record
  let tree
  try {
    record = parseRecord(body)
    tree = parseTreeHead(openNote(record.note, database.verifier))
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error))
  }
  if (record.id >= tree.size) throw refuse('its record is not in the tree')
  const tiles = await fetchTiles(system, base, name, tilesForProof(tree.size, record.id), proven)
  try {
    checkInclusion(tree, record.id, recordHash(Buffer.from(record.text, 'utf8')), (tile) => {
      const content = tiles.get(tilePath(tile))
      if (content === undefined) throw new Error('a tile is missing')
      return content
    })
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error))
  }
  for (const [path, content] of tiles) proven.set(path, content)
  // Only the authenticated text is searched, never the whole answer (CVE-2026-56864), and a record without the wanted
  // line is no answer (CVE-2026-42501).
  const zip = onlyHash(record.text, module.path, module.version)
  const mod = onlyHash(record.text, module.path, `${module.version}/go.mod`)
  if (zip === undefined || mod === undefined)
    throw refuse('its record does not have exactly one hash for the zip and one for go.mod')
  return { kind: 'record', zip, mod, database: name }
}

async function fetchTiles(
  system: FetchSystem,
  base: string,
  name: string,
  wanted: readonly Tile[],
  proven: ReadonlyMap<string, Uint8Array>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const fetched = wanted.map(async (tile): Promise<readonly [string, Uint8Array]> => {
    const path = tilePath(tile)
    return [path, proven.get(path) ?? (await fetchTile(system, base, name, tile))]
  })
  return new Map(await Promise.all(fetched))
}

/** A tile that is not full may be gone once the log has grown past it; its hashes then begin the full one. */
async function fetchTile(system: FetchSystem, base: string, name: string, tile: Tile): Promise<Uint8Array> {
  const options = { timeoutSeconds: lookUpSeconds, maxBytes }
  const first = await fetchBytes(system, `${base}/${tilePath(tile)}`, options)
  const full = fullTile(tile)
  const { status, body } =
    first.status === 200 || full.width === tile.width
      ? first
      : await fetchBytes(system, `${base}/${tilePath(full)}`, options)
  if (status !== 200)
    throw new Error(`${name} has no ${tilePath(tile)}, which the proof needs (HTTP status ${String(status)})`)
  const wanted = tile.width * hashBytes
  return first.status === 200 ? body : body.subarray(0, wanted)
}

function onlyHash(record: string, path: string, version: string): string | undefined {
  const found = record.split('\n').flatMap((line) => {
    const [linePath, lineVersion, hash, ...rest] = line.split(' ')
    return linePath === path && lineVersion === version ? [rest.length === 0 ? hash : undefined] : []
  })
  const hash = found[0]
  return found.length === 1 && hash !== undefined && /^h1:[A-Za-z0-9+/]{43}=$/.test(hash) ? hash : undefined
}
