/** A module that goes on where another one was given up. */
export interface Successor {
  readonly path: string
  /** The page on which the maintainers of the one or the other say so. */
  readonly source: string
}

/**
 * Modules that are no longer kept up, and where their code lives on: forks that say so, and moved repositories. Only such
 * whose packages lie under the new path as they did under the old, so that a change of the path is all that may be needed.
 */
const table: Readonly<Record<string, readonly Successor[]>> = {
  'github.com/BurntSushi/xgb': [{ path: 'github.com/jezek/xgb', source: 'https://github.com/jezek/xgb#readme' }],
  'github.com/StackExchange/wmi': [
    { path: 'github.com/yusufpapurcu/wmi', source: 'https://github.com/yusufpapurcu/wmi#readme' },
  ],
  'github.com/boltdb/bolt': [{ path: 'go.etcd.io/bbolt', source: 'https://github.com/etcd-io/bbolt#readme' }],
  'github.com/coreos/bbolt': [{ path: 'go.etcd.io/bbolt', source: 'https://github.com/etcd-io/bbolt#readme' }],
  'github.com/coreos/go-systemd': [
    { path: 'github.com/coreos/go-systemd/v22', source: 'https://github.com/coreos/go-systemd#readme' },
  ],
  'github.com/dgrijalva/jwt-go': [
    { path: 'github.com/golang-jwt/jwt', source: 'https://github.com/dgrijalva/jwt-go#readme' },
    { path: 'github.com/golang-jwt/jwt/v4', source: 'https://github.com/golang-jwt/jwt/blob/main/MIGRATION_GUIDE.md' },
  ],
  'github.com/garyburd/redigo': [
    { path: 'github.com/gomodule/redigo', source: 'https://github.com/gomodule/redigo#readme' },
  ],
  'github.com/ghodss/yaml': [{ path: 'sigs.k8s.io/yaml', source: 'https://github.com/kubernetes-sigs/yaml#readme' }],
  'github.com/google/gopacket': [
    { path: 'github.com/gopacket/gopacket', source: 'https://github.com/gopacket/gopacket#readme' },
  ],
  'github.com/howeyc/fsnotify': [
    { path: 'github.com/fsnotify/fsnotify', source: 'https://github.com/howeyc/fsnotify#readme' },
  ],
  'github.com/hpcloud/tail': [{ path: 'github.com/nxadm/tail', source: 'https://github.com/nxadm/tail#readme' }],
  'github.com/kr/pty': [{ path: 'github.com/creack/pty', source: 'https://github.com/kr/pty#readme' }],
  'github.com/lucas-clemente/quic-go': [
    { path: 'github.com/quic-go/quic-go', source: 'https://github.com/quic-go/quic-go#readme' },
  ],
  'github.com/satori/go.uuid': [
    // google/uuid has other functions: it is no change of the path alone.
    { path: 'github.com/gofrs/uuid', source: 'https://github.com/gofrs/uuid#project-history' },
    { path: 'github.com/gofrs/uuid/v5', source: 'https://github.com/gofrs/uuid#project-history' },
  ],
  'github.com/shirou/gopsutil': [
    { path: 'github.com/shirou/gopsutil/v3', source: 'https://github.com/shirou/gopsutil#migrating-to-v3' },
    { path: 'github.com/shirou/gopsutil/v4', source: 'https://github.com/shirou/gopsutil#readme' },
  ],
  'github.com/shirou/gopsutil/v3': [
    { path: 'github.com/shirou/gopsutil/v4', source: 'https://github.com/shirou/gopsutil#readme' },
  ],
  'github.com/streadway/amqp': [
    { path: 'github.com/rabbitmq/amqp091-go', source: 'https://github.com/rabbitmq/amqp091-go#readme' },
  ],
  'gopkg.in/fsnotify.v1': [
    { path: 'github.com/fsnotify/fsnotify', source: 'https://github.com/fsnotify/fsnotify#readme' },
  ],
  'gopkg.in/yaml.v2': [{ path: 'go.yaml.in/yaml/v2', source: 'https://github.com/yaml/go-yaml#readme' }],
  'gopkg.in/yaml.v3': [{ path: 'go.yaml.in/yaml/v3', source: 'https://github.com/yaml/go-yaml#readme' }],
}

/** The known successors of a module, the closest to it first; empty when none is known. */
export function successorsOf(modulePath: string): readonly Successor[] {
  return Object.hasOwn(table, modulePath) ? (table[modulePath] ?? []) : []
}
