import { createHash, createPublicKey, verify } from 'node:crypto'

/** A key that notes are checked with, parsed from `name+hash+base64`. */
export interface Verifier {
  readonly name: string
  /** Eight hex digits. */
  readonly hash: string
  readonly verify: (text: Uint8Array, signature: Uint8Array) => boolean
}

/** DER in front of the 32 bytes of an Ed25519 public key (RFC 8410, section 4). */
const ed25519Prefix = Buffer.from('302a300506032b6570032100', 'hex')
const algorithmEd25519 = 1
const maxSignatures = 100

/**
 * Parses a verifier key (x/mod/sumdb/note NewVerifier): the hash in it is the first four bytes of
 * SHA-256(name LF algorithm key). Throws when it is malformed, of another algorithm, or its hash is wrong.
 */
export function parseVerifier(key: string): Verifier {
  const [, name = '', hash = '', encoded = ''] = /^([^+\s]{1,255})\+([0-9a-fA-F]{8})\+(\S{1,200})$/.exec(key) ?? []
  const bytes = decodeBase64(encoded)
  if (name === '' || bytes === undefined || bytes.length === 0)
    throw new Error('it is no key of the form name+hash+key')
  if (keyHash(name, bytes) !== hash.toLowerCase()) throw new Error('the hash in the key does not belong to it')
  if (bytes[0] !== algorithmEd25519 || bytes.length !== 33) throw new Error('the key is not an Ed25519 key')
  const der = Buffer.concat([ed25519Prefix, bytes.subarray(1)])
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' })
  return {
    name,
    hash: hash.toLowerCase(),
    verify: (text, signature) => signature.length === 64 && verify(null, text, publicKey, signature),
  }
}

/** Four bytes in hex that tell keys of one name apart. `key` is the algorithm's byte and the key itself. */
export function keyHash(name: string, key: Uint8Array): string {
  return createHash('sha256').update(`${name}\n`, 'utf8').update(key).digest('hex').slice(0, 8)
}

/**
 * Opens a signed note (x/mod/sumdb/note Open) and returns its text, whose end of line is signed with it. Throws unless
 * the note is well-formed and `verifier` signed it; signatures of others do not count, one of its own that is wrong does.
 */
export function openNote(note: Uint8Array, verifier: Verifier): string {
  const whole = decodeText(note)
  const split = whole.lastIndexOf('\n\n')
  if (split === -1 || !whole.endsWith('\n')) throw new Error('it is no signed note')
  const text = whole.slice(0, split + 1)
  const lines = whole.slice(split + 2, -1).split('\n')
  if (lines.length > maxSignatures) throw new Error('it has too many signatures')
  let signed = false
  for (const line of lines) {
    const [, name = '', encoded = ''] = /^\u2014 ([^+\s]{1,255}) (\S{1,1000})$/.exec(line) ?? []
    const bytes = decodeBase64(encoded)
    if (name === '' || bytes === undefined || bytes.length < 5) throw new Error('it is no signed note')
    if (name !== verifier.name || bytes.subarray(0, 4).toString('hex') !== verifier.hash) continue
    if (!verifier.verify(Buffer.from(text, 'utf8'), bytes.subarray(4))) {
      throw new Error(`the signature of ${verifier.name} is wrong`)
    }
    signed = true
  }
  if (!signed) throw new Error(`it is not signed by ${verifier.name}`)
  return text
}

/** UTF-8 without control characters other than the end of a line; throws for anything else. */
export function decodeText(bytes: Uint8Array): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Error('it is not UTF-8')
  }
  for (const char of text) if (char < ' ' && char !== '\n') throw new Error('it holds control characters')
  return text
}

/** Strict: Node's own decoder skips what is no base64. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}
