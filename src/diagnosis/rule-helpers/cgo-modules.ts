import type { Message } from '../../domain/message.ts'

/**
 * Modules whose declarations lie in files that import "C", so that names of them are undefined when cgo is off (their own
 * documentation says that they need cgo). Only for a log, where no file can be looked at.
 */
const modules: readonly string[] = [
  'github.com/mattn/go-sqlite3',
  'github.com/confluentinc/confluent-kafka-go',
  'github.com/valyala/gozstd',
  'github.com/DataDog/zstd',
  'github.com/go-gl/gl',
  'github.com/go-gl/glfw',
  'github.com/veandco/go-sdl2',
  'github.com/godror/godror',
  'github.com/mattn/go-oci8',
  'github.com/google/gopacket/pcap',
  'github.com/gopacket/gopacket/pcap',
  'github.com/google/gousb',
  'github.com/karalabe/usb',
  'github.com/karalabe/hid',
  'github.com/zondax/hid',
  'github.com/ebitengine/oto',
  'github.com/hajimehoshi/oto',
  'github.com/h2non/bimg',
  'github.com/davidbyttow/govips',
  'github.com/chai2010/webp',
  'github.com/libgit2/git2go',
  'github.com/libvirt/libvirt-go',
  'libvirt.org/go/libvirt',
  'github.com/ceph/go-ceph',
  'github.com/pebbe/zmq4',
  'github.com/linxGnu/grocksdb',
  'github.com/tecbot/gorocksdb',
  'github.com/miekg/pkcs11',
  'github.com/ThalesIgnite/crypto11',
  'github.com/containers/storage/drivers/btrfs',
  'github.com/proglottis/gpgme',
  'github.com/coreos/go-systemd/v22/sdjournal',
  'github.com/seccomp/libseccomp-golang',
  'github.com/therecipe/qt',
  'github.com/gotk3/gotk3',
  'github.com/diamondburned/gotk4',
  'github.com/robotn/gohook',
  'github.com/go-vgo/robotgo',
  'github.com/shirou/gopsutil/v3/disk/iokit',
  'github.com/rjeczalik/notify',
  'github.com/fsnotify/fsevents',
  'github.com/ethereum/go-ethereum/crypto/secp256k1',
  'github.com/supranational/blst',
  'github.com/wasmerio/wasmer-go',
  'github.com/bytecodealliance/wasmtime-go',
  'github.com/CosmWasm/wasmvm',
  'github.com/tigerbeetle/tigerbeetle-go',
  'github.com/marcboeker/go-duckdb',
  'github.com/go-skynet/go-llama.cpp',
  'github.com/NVIDIA/go-nvml',
  'gocv.io/x/gocv',
  'rogchap.com/v8go',
  'github.com/yuin/gopher-lua/cgo',
]

// Packages that are called by a name which few others have; each with names that a stand-in of it lacks.
const qualified: readonly (readonly [pattern: RegExp, module: string])[] = [
  [
    /^kafka\.(?:LibraryVersion|NewProducer|NewConsumer|NewAdminClient|ConfigMap|Message|Producer|Consumer|Error|ErrorCode|TopicPartition|Offset\w*|Partition\w*|ResourceType|Event|Err\w{3,40})$/,
    'github.com/confluentinc/confluent-kafka-go',
  ],
  [/^sqlite3\.(?:SQLiteDriver|SQLiteConn|Err\w{2,40}|Error|ErrNo\w{0,20})$/, 'github.com/mattn/go-sqlite3'],
  [
    /^pcap\.(?:OpenLive|OpenOffline|FindAllDevs|Handle|NewInactiveHandle|BlockForever)$/,
    'github.com/google/gopacket/pcap',
  ],
  [
    /^secp256k1\.(?:Sign|RecoverPubkey|VerifySignature|S256|CompressPubkey|DecompressPubkey)$/,
    'github.com/ethereum/go-ethereum/crypto/secp256k1',
  ],
]

/** The module known to need cgo whose name a message calls undefined: by package, file or the name itself. */
export function knownCgoModule(message: Message, name: string | undefined): string | undefined {
  const file = (message.position?.file ?? '').replace(/@v[^/]*/, '')
  const places = [message.module?.path ?? '', message.package ?? '', file]
  const own = modules.find((module) =>
    places.some((place) => contains(place, module) || contains(place, module.replace(/^github\.com\//, ''))),
  )
  return own ?? (name === undefined ? undefined : qualified.find(([pattern]) => pattern.test(name))?.[1])
}

function contains(place: string, module: string): boolean {
  return place === module || place.startsWith(`${module}/`) || place.includes(`/${module}/`)
}
