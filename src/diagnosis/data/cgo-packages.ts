/** What is left of a package with CGO_ENABLED=0. */
export type WithoutCgo =
  /** It builds, and what it offers only returns errors. */
  | 'stub'
  /** No Go file is left: the go command refuses the build. */
  | 'gone'
  /** Some files are left, and names that they or their users need are undefined. */
  | 'broken'
  /** Another implementation takes over. */
  | 'fallback'

export interface KnownCgoPackage {
  /** Import path of the module or package; what lies below belongs to it. A version suffix is left out. */
  readonly path: string
  readonly without: WithoutCgo
  /** Import paths that do the same work without cgo, the nearest first. Empty when none is known. */
  readonly instead: readonly string[]
  /** What else there is to do or to know, a sentence. */
  readonly note?: string
  /** The version whose files were looked at, for linux/amd64. */
  readonly checked: string
  /** The file that shows it. */
  readonly source: string
}

/**
 * Packages that need cgo, and what becomes of them without. Each was looked at: its files listed with CGO_ENABLED=1 and 0
 * and, where files are left, compiled without cgo. Every package of `instead` was compiled without cgo too.
 */
export const knownCgoPackages: readonly KnownCgoPackage[] = [
  {
    path: 'github.com/mattn/go-sqlite3',
    without: 'stub',
    instead: ['modernc.org/sqlite', 'github.com/ncruces/go-sqlite3', 'zombiezen.com/go/sqlite'],
    note: 'modernc.org/sqlite registers itself as "sqlite" where this one is "sqlite3", and spells its pragmas another way.',
    checked: 'v1.14.53',
    source: 'https://github.com/mattn/go-sqlite3/blob/v1.14.53/static_mock.go',
  },
  {
    path: 'github.com/mutecomm/go-sqlcipher',
    without: 'stub',
    instead: ['github.com/ncruces/go-sqlite3'],
    note: 'Its encryption is another format than that of SQLCipher.',
    checked: 'v4.4.2',
    source: 'https://github.com/mutecomm/go-sqlcipher/blob/v4.4.2/static_mock.go',
  },
  {
    path: 'github.com/confluentinc/confluent-kafka-go',
    without: 'broken',
    instead: ['github.com/twmb/franz-go/pkg/kgo', 'github.com/IBM/sarama', 'github.com/segmentio/kafka-go'],
    checked: 'v2.11.1',
    source: 'https://github.com/confluentinc/confluent-kafka-go/blob/v2.11.1/kafka/00version.go',
  },
  {
    path: 'github.com/marcboeker/go-duckdb',
    without: 'broken',
    instead: [],
    checked: 'v1.8.5',
    source: 'https://github.com/marcboeker/go-duckdb/blob/v1.8.5/duckdb.go',
  },
  {
    path: 'github.com/DataDog/zstd',
    without: 'gone',
    instead: ['github.com/klauspost/compress/zstd'],
    checked: 'v1.5.7',
    source: 'https://github.com/DataDog/zstd/blob/v1.5.7/zstd.go',
  },
  {
    path: 'github.com/valyala/gozstd',
    without: 'broken',
    instead: ['github.com/klauspost/compress/zstd'],
    checked: 'v1.27.0',
    source: 'https://github.com/valyala/gozstd/blob/v1.27.0/gozstd.go',
  },
  {
    path: 'github.com/ethereum/go-ethereum/crypto/secp256k1',
    without: 'broken',
    instead: ['github.com/decred/dcrd/dcrec/secp256k1/v4'],
    note: 'github.com/ethereum/go-ethereum/crypto does so by itself when cgo is off.',
    checked: 'v1.17.10',
    source: 'https://github.com/ethereum/go-ethereum/blob/v1.17.10/crypto/secp256k1/scalar_mult_nocgo.go',
  },
  {
    path: 'github.com/ethereum/go-ethereum/crypto',
    without: 'fallback',
    instead: [],
    note: 'Signatures are then made in Go, slower and with the same result.',
    checked: 'v1.17.10',
    source: 'https://github.com/ethereum/go-ethereum/blob/v1.17.10/crypto/signature_nocgo.go',
  },
  {
    path: 'github.com/miekg/pkcs11',
    without: 'broken',
    instead: [],
    note: 'A PKCS #11 module is a C library; without cgo a key service over the network can take its place.',
    checked: 'v1.1.2',
    source: 'https://github.com/miekg/pkcs11/blob/v1.1.2/pkcs11.go',
  },
  {
    path: 'github.com/ThalesGroup/crypto11',
    without: 'broken',
    instead: [],
    note: 'It stands on github.com/miekg/pkcs11, which needs cgo.',
    checked: 'v1.6.2',
    source: 'https://github.com/ThalesGroup/crypto11/blob/v1.6.2/common.go',
  },
  {
    path: 'github.com/godror/godror',
    without: 'broken',
    instead: ['github.com/sijms/go-ora/v2'],
    checked: 'v0.40.4',
    source: 'https://github.com/godror/godror/blob/v0.40.4/drv.go',
  },
  {
    path: 'github.com/mattn/go-oci8',
    without: 'broken',
    instead: ['github.com/sijms/go-ora/v2'],
    checked: 'v0.1.1',
    source: 'https://github.com/mattn/go-oci8/blob/v0.1.1/oci8.go',
  },
  {
    path: 'github.com/linxGnu/grocksdb',
    without: 'broken',
    instead: ['github.com/cockroachdb/pebble', 'github.com/dgraph-io/badger/v4', 'go.etcd.io/bbolt'],
    note: 'pebble inherits the file formats of RocksDB without all of its features; the others have formats of their own.',
    checked: 'v1.11.1',
    source: 'https://github.com/linxGnu/grocksdb/blob/v1.11.1/db.go',
  },
  {
    path: 'github.com/tecbot/gorocksdb',
    without: 'broken',
    instead: ['github.com/cockroachdb/pebble', 'github.com/dgraph-io/badger/v4', 'go.etcd.io/bbolt'],
    checked: 'v0.0.0-20191217155057-f0fad39f321c',
    source: 'https://github.com/tecbot/gorocksdb/blob/f0fad39f321c/db.go',
  },
  {
    path: 'gocv.io/x/gocv',
    without: 'broken',
    instead: [],
    checked: 'v0.41.0',
    source: 'https://github.com/hybridgroup/gocv/blob/v0.41.0/core.go',
  },
  {
    path: 'github.com/h2non/bimg',
    without: 'broken',
    instead: ['github.com/disintegration/imaging'],
    note: 'Slower, and with fewer formats than libvips.',
    checked: 'v1.1.9',
    source: 'https://github.com/h2non/bimg/blob/v1.1.9/vips.go',
  },
  {
    path: 'github.com/davidbyttow/govips',
    without: 'broken',
    instead: ['github.com/disintegration/imaging'],
    note: 'Slower, and with fewer formats than libvips.',
    checked: 'v2.16.0',
    source: 'https://github.com/davidbyttow/govips/blob/v2.16.0/vips/govips.go',
  },
  {
    path: 'github.com/google/gopacket/pcap',
    without: 'broken',
    instead: ['github.com/google/gopacket/pcapgo'],
    note: 'pcapgo reads and writes capture files and, on Linux, captures; on Windows pcap itself loads its library without cgo.',
    checked: 'v1.1.19',
    source: 'https://github.com/google/gopacket/blob/v1.1.19/pcap/pcap_unix.go',
  },
  {
    path: 'github.com/gopacket/gopacket/pcap',
    without: 'broken',
    instead: ['github.com/gopacket/gopacket/pcapgo'],
    note: 'pcapgo reads and writes capture files and, on Linux, captures; on Windows pcap itself loads its library without cgo.',
    checked: 'v1.7.7',
    source: 'https://github.com/gopacket/gopacket/blob/v1.7.7/pcap/pcap_unix.go',
  },
  {
    path: 'github.com/go-gl/glfw',
    without: 'broken',
    instead: [],
    note: 'Build such a program on the system it is for.',
    checked: 'v0.0.0-20260823155953-d41da22a9587',
    source: 'https://github.com/go-gl/glfw/blob/d41da22a9587/v3.3/glfw/window.go',
  },
  {
    path: 'github.com/veandco/go-sdl2',
    without: 'broken',
    instead: [],
    note: 'Build such a program on the system it is for.',
    checked: 'v0.4.39',
    source: 'https://github.com/veandco/go-sdl2/blob/v0.4.39/sdl/sdl.go',
  },
  {
    path: 'github.com/ebitengine/oto',
    without: 'broken',
    instead: [],
    note: 'On Windows, macOS and js it needs no cgo; on Linux it needs the headers of ALSA.',
    checked: 'v3.4.0',
    source: 'https://github.com/ebitengine/oto/blob/v3.4.0/driver_unix.go',
  },
  {
    path: 'github.com/gen2brain/malgo',
    without: 'broken',
    instead: [],
    checked: 'v0.11.24',
    source: 'https://github.com/gen2brain/malgo/blob/v0.11.24/context.go',
  },
  {
    path: 'github.com/tree-sitter/go-tree-sitter',
    without: 'broken',
    instead: [],
    checked: 'v0.25.0',
    source: 'https://github.com/tree-sitter/go-tree-sitter/blob/v0.25.0/parser.go',
  },
  {
    path: 'github.com/smacker/go-tree-sitter',
    without: 'broken',
    instead: [],
    checked: 'v0.0.0-20240827094217-dd81d9e9be82',
    source: 'https://github.com/smacker/go-tree-sitter/blob/dd81d9e9be82/bindings.go',
  },
  {
    path: 'github.com/chai2010/webp',
    without: 'broken',
    instead: ['golang.org/x/image/webp'],
    note: 'It decodes and does not encode.',
    checked: 'v1.4.0',
    source: 'https://github.com/chai2010/webp/blob/v1.4.0/capi.go',
  },
  {
    path: 'github.com/coreos/go-systemd/v22/sdjournal',
    without: 'gone',
    instead: [],
    note: 'Writing to the journal (package journal of the same module) needs no cgo.',
    checked: 'v22.7.0',
    source: 'https://github.com/coreos/go-systemd/blob/v22.7.0/sdjournal/journal.go',
  },
  {
    path: 'github.com/seccomp/libseccomp-golang',
    without: 'gone',
    instead: ['github.com/elastic/go-seccomp-bpf'],
    checked: 'v0.11.1',
    source: 'https://github.com/seccomp/libseccomp-golang/blob/v0.11.1/seccomp.go',
  },
  {
    path: 'github.com/pebbe/zmq4',
    without: 'broken',
    instead: ['github.com/go-zeromq/zmq4'],
    checked: 'v1.4.0',
    source: 'https://github.com/pebbe/zmq4/blob/v1.4.0/zmq4.go',
  },
  {
    path: 'github.com/supranational/blst',
    without: 'broken',
    instead: ['github.com/cloudflare/circl/ecc/bls12381'],
    checked: 'v0.3.17',
    source: 'https://github.com/supranational/blst/blob/v0.3.17/bindings/go/blst.go',
  },
  {
    path: 'github.com/karalabe/hid',
    without: 'stub',
    instead: [],
    checked: 'v1.0.1-0.20240306101548-573246063e52',
    source: 'https://github.com/karalabe/hid/blob/573246063e52/hid_disabled.go',
  },
  {
    path: 'github.com/NVIDIA/go-nvml',
    without: 'broken',
    instead: [],
    checked: 'v0.13.4-1',
    source: 'https://github.com/NVIDIA/go-nvml/blob/v0.13.4-1/pkg/nvml/lib.go',
  },
  {
    path: 'github.com/containers/storage/drivers/btrfs',
    without: 'broken',
    instead: [],
    note: 'The build tag exclude_graphdriver_btrfs leaves the driver out.',
    checked: 'v1.59.1',
    source: 'https://github.com/containers/storage/blob/v1.59.1/drivers/btrfs/btrfs.go',
  },
]

/** What is known of a package, or of a file of a dependency (`module@version/file`); the longest path that fits. */
export function knownCgoPackage(name: string): KnownCgoPackage | undefined {
  const path = name.replace(/@[^/]*/, '').replace(/^((?:[^/]+\/)*[^/]+)\/v\d+(?=\/|$)/, '$1')
  const fits = (one: KnownCgoPackage): boolean => {
    const own = one.path.replace(/\/v\d+(?=\/|$)/, '')
    return path === own || path.startsWith(`${own}/`)
  }
  return [...knownCgoPackages].sort((a, b) => b.path.length - a.path.length).find(fits)
}
