/**
 * Who looks up host names for a program (package net).
 * `go`: Go's own resolver alone; `go-or-libc`: Go's own, and getaddrinfo of libc where /etc/resolv.conf or /etc/nsswitch.conf
 * ask for what Go's cannot do; `libc`: getaddrinfo always; `system`: the system's own library without cgo (macOS, Windows,
 * Plan 9); `none`: no network at all (js, wasip1).
 */
export type Resolver = 'go' | 'go-or-libc' | 'libc' | 'system' | 'none'

/**
 * Who knows the users for a program (package os/user). `files`: Go reads /etc/passwd and /etc/group by itself; `libc`:
 * getpwuid_r and its kin, with everything that nsswitch.conf names (LDAP, SSSD); `system`: the system's own library without
 * cgo; `none`: look-ups are not implemented (android).
 */
export type UserDatabase = 'files' | 'libc' | 'system' | 'none'

/** What the programs of a target get; absent members: no program links the package. */
export interface NameServices {
  readonly resolver?: Resolver
  readonly users?: UserDatabase
}

const resolverWords: Readonly<Record<Resolver, string>> = {
  go: "Go's own resolver",
  'go-or-libc': "Go's own resolver, and libc's where nsswitch.conf or resolv.conf ask for more",
  libc: "libc's resolver",
  system: "the system's resolver",
  none: 'no resolver (no network)',
}

const userWords: Readonly<Record<UserDatabase, string>> = {
  files: '/etc/passwd alone',
  libc: "libc's user database (NSS)",
  system: "the system's user database",
  none: 'no user database',
}

/** In words for sentences and tables. */
export function describeResolver(resolver: Resolver): string {
  return resolverWords[resolver]
}

/** In words for sentences and tables. */
export function describeUsers(users: UserDatabase): string {
  return userWords[users]
}

/**
 * Why cgo is on or off for a target: `unsupported`: the port has none; `set`: somebody says so (CGO_ENABLED, the input cgo);
 * `cross`: off because another machine builds; `compiler` and `no-compiler`: nobody says, and the C compiler that the go
 * command looks for is, or is not, on PATH; `default`: nobody says, and CC names a compiler or the Go is older than 1.20,
 * so that cgo is on (cmd/go/internal/cfg, defaultContext).
 */
export type CgoReason = 'unsupported' | 'set' | 'cross' | 'compiler' | 'no-compiler' | 'default'
