/**
 * Packages that are in GOROOT but compiled only when GOEXPERIMENT names an experiment (the //go:build goexperiment.X lines
 * of their files), with the version that began to have them so; from the version in `packageSince` on they need none.
 */
export const packageExperiment: Readonly<Record<string, { readonly experiment: string; readonly from: string }>> = {
  arena: { experiment: 'arenas', from: '1.20' },
  iter: { experiment: 'rangefunc', from: '1.22' },
  'testing/synctest': { experiment: 'synctest', from: '1.24' },
  'encoding/json/v2': { experiment: 'jsonv2', from: '1.25' },
  'encoding/json/jsontext': { experiment: 'jsonv2', from: '1.25' },
  'runtime/secret': { experiment: 'runtimesecret', from: '1.26' },
  'simd/archsimd': { experiment: 'simd', from: '1.26' },
}

/** The Go version that a package of the standard library came with (the release notes of each version). */
export const packageSince: Readonly<Record<string, string>> = {
  'io/fs': '1.16',
  embed: '1.16',
  'testing/fstest': '1.16',
  'runtime/metrics': '1.16',
  'net/netip': '1.18',
  'debug/buildinfo': '1.18',
  'go/doc/comment': '1.19',
  'crypto/ecdh': '1.20',
  'runtime/coverage': '1.20',
  cmp: '1.21',
  'log/slog': '1.21',
  maps: '1.21',
  slices: '1.21',
  'testing/slogtest': '1.21',
  'go/version': '1.22',
  'math/rand/v2': '1.22',
  iter: '1.23',
  structs: '1.23',
  unique: '1.23',
  'crypto/hkdf': '1.24',
  'crypto/mlkem': '1.24',
  'crypto/pbkdf2': '1.24',
  'crypto/sha3': '1.24',
  'crypto/fips140': '1.24',
  weak: '1.24',
  'testing/synctest': '1.25',
}
