import type { NameServices, Resolver, UserDatabase } from '../../domain/name-services.ts'
import type { GoPackage } from '../../go/list.ts'
import type { ImportGraph } from './import-chains.ts'

/**
 * Who looks up hosts and users in the programs of a target, from the files of net and os/user that its build compiles: what
 * their build constraints make of GOOS, CGO_ENABLED and the tags netgo, netcgo and osusergo is the go command's answer,
 * and no table of ours (src/net/conf.go, src/os/user).
 */
export function nameServices(goos: string, graph: ImportGraph): NameServices {
  const linked = (name: string): GoPackage | undefined =>
    graph.programs.has(name) ? graph.packages.get(name) : undefined
  const net = linked('net')
  const user = linked('os/user')
  return {
    ...(net === undefined ? {} : { resolver: resolverOf(goos, net) }),
    ...(user === undefined ? {} : { users: usersOf(goos, user) }),
  }
}

function resolverOf(goos: string, net: GoPackage): Resolver {
  const files = new Set(net.GoFiles ?? [])
  const cgo = net.CgoFiles ?? []
  // The network of js and wasip1 is a fake one inside the process.
  if (files.has('net_fake.go') || goos === 'js' || goos === 'wasip1') return 'none'
  const has = (pattern: RegExp): boolean => [...files, ...cgo].some((file) => pattern.test(file))
  const go = has(/^netgo(?:_on)?\.go$/)
  if (goos === 'windows' || goos === 'plan9') return go ? 'go' : 'system'
  if (files.has('cgo_stub.go')) return 'go'
  if (goos === 'darwin' || goos === 'ios') return 'system'
  if (cgo.length === 0) return 'go'
  // Android has no resolv.conf that Go's resolver could read, so that libc's is always preferred (goosPrefersCgo).
  return goos === 'android' || has(/^(?:conf_)?netcgo(?:_on)?\.go$/) ? 'libc' : 'go-or-libc'
}

function usersOf(goos: string, user: GoPackage): UserDatabase {
  const files = new Set(user.GoFiles ?? [])
  if (goos === 'windows' || goos === 'plan9') return 'system'
  if (files.has('lookup_android.go')) return 'none'
  if (files.has('lookup_stubs.go')) return 'files'
  if (goos === 'darwin' || goos === 'ios') return 'system'
  return (user.CgoFiles ?? []).length > 0 ? 'libc' : 'files'
}

/** Packages of the standard library in the programs that are compiled from other files without cgo. */
export function standardDifferences(on: ImportGraph, off: ImportGraph): readonly string[] {
  return ['net', 'os/user'].filter((name) => {
    if (!on.programs.has(name) || !off.programs.has(name)) return false
    const files = ({ packages }: ImportGraph): string => {
      const pkg = packages.get(name)
      return [...(pkg?.GoFiles ?? []), ...(pkg?.CgoFiles ?? [])].sort().join(' ')
    }
    return files(on) !== files(off)
  })
}
