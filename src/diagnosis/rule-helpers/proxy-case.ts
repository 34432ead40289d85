import type { Message } from '../../domain/message.ts'
import type { Location } from '../../domain/module.ts'
import type { MessageContext } from '../../domain/rule.ts'
import { aboutDatabase, aboutToolchain, moduleOfUrl, networkFault, safeUrl, type NetworkFault } from './network.ts'
import { moduleIn, plain } from './text.ts'
import { moduleLocations } from './where.ts'

/** A network fault between the go command and a module proxy or an import path's host, with what it was about. */
export interface ProxyCase {
  readonly fault: NetworkFault
  readonly block: string
  readonly module?: { readonly path: string; readonly version: string }
  /** `example.com/lib@v1.0.0`, the bare path, or `a module`. */
  readonly name: string
  /** The URL as a report may show it. */
  readonly url: string
  readonly host: string
  readonly locations: readonly Location[]
  /** GOPROXY in force, where known. */
  readonly goproxy?: string
}

const notHttp = /could not read Username|fatal: |ssh: |unable to access|unrecognized import path/

/**
 * Reads a proxy fault out of a message of the go command; undefined for messages about the checksum database, toolchains,
 * git and vanity import paths, which other rules explain.
 */
export async function proxyCase(message: Message, { facts }: MessageContext): Promise<ProxyCase | undefined> {
  if (message.printer !== 'go' && message.printer !== 'unknown' && message.printer !== 'wrapper') return undefined
  const block = plain(message)
  if (aboutDatabase(block) || aboutToolchain(block) || notHttp.test(block)) return undefined
  const fault = networkFault(block)
  if (fault === undefined) return undefined
  const ofUrl = fault.url === undefined ? undefined : moduleOfUrl(fault.url)
  if (
    fault.url !== undefined &&
    ofUrl === undefined &&
    !/\/@v\/|\/@latest|go-get=1/.test(fault.url) &&
    !aboutModules(block)
  ) {
    return undefined
  }
  if (fault.url === undefined && !aboutModules(block)) return undefined
  const module = moduleIn(block.replaceAll(fault.url ?? '\0', ''), message) ?? ofUrl
  const env = await facts.goEnv()
  const goproxy = env?.GOPROXY
  return {
    fault,
    block,
    ...(module === undefined ? {} : { module }),
    name: module === undefined ? 'a module' : module.version === '' ? module.path : `${module.path}@${module.version}`,
    url: fault.url === undefined ? 'the server' : safeUrl(fault.url),
    host: fault.host ?? 'the module proxy',
    locations: await moduleLocations(module?.path, facts),
    ...(goproxy === undefined ? {} : { goproxy }),
  }
}

function aboutModules(block: string): boolean {
  return /(?:^|\s)[^\s@]+@v\d[^\s:]*: |(?:^|\s)module [^\s:]+: |\.(?:info|mod|zip)"?: /m.test(block)
}

/** Why a list like `https://proxy,direct` did not go on to its next entry, as a sentence; empty when it has one entry. */
export function fallThrough(goproxy: string | undefined, status: number | undefined): string {
  if (goproxy === undefined || !/[,|]/.test(goproxy)) return ''
  if (status === 404 || status === 410) return ''
  const stops = /^[^,|]*,/.test(goproxy)
  return stops
    ? ` GOPROXY=${goproxy} did not go on to the next entry: after a comma it does so only for 404 and 410, after | for any error.`
    : ''
}
