/** What a function that compiles for js or wasip1 is for, and so why it cannot work there. */
export type WasmCallKind =
  'dial' | 'lookup' | 'listen' | 'http' | 'process' | 'signal' | 'plugin' | 'system' | 'interfaces'

interface WasmCalls {
  readonly kind: WasmCallKind
  readonly on: readonly ('js' | 'wasip1')[]
  /** Import path and names in it. */
  readonly symbols: readonly (readonly [path: string, names: string])[]
}

const both = ['js', 'wasip1'] as const

/**
 * Functions that compile on js/wasm and wasip1/wasm and cannot do there what they are for. Each was run on both with Go
 * 1.26: net is a network inside the program (net/net_fake.go, for both), so dialing is refused, DNS questions are reset and
 * nobody can reach a listener; syscall has no processes, signals or pipes. net/http works on js through fetch
 * (net/http/roundtrip_js.go), os/user reads /etc/passwd where there is one: neither is listed for it.
 */
const wasmCalls: readonly WasmCalls[] = [
  {
    kind: 'dial',
    on: both,
    symbols: [
      ['net', 'Dial DialTimeout DialTCP DialUDP DialUnix DialIP Dialer'],
      ['crypto/tls', 'Dial DialWithDialer Dialer'],
      ['net/rpc', 'Dial DialHTTP DialHTTPPath'],
      ['net/rpc/jsonrpc', 'Dial'],
      ['net/smtp', 'Dial SendMail'],
      ['net/textproto', 'Dial'],
      ['log/syslog', 'Dial New NewLogger'],
    ],
  },
  {
    kind: 'lookup',
    on: both,
    symbols: [
      ['net', 'LookupAddr LookupCNAME LookupHost LookupIP LookupMX LookupNS LookupSRV LookupTXT DefaultResolver'],
    ],
  },
  {
    kind: 'listen',
    on: both,
    symbols: [
      [
        'net',
        'Listen ListenTCP ListenUDP ListenPacket ListenUnix ListenUnixgram ListenIP ListenMulticastUDP ListenConfig',
      ],
      ['crypto/tls', 'Listen'],
      ['net/http', 'ListenAndServe ListenAndServeTLS'],
    ],
  },
  { kind: 'http', on: ['wasip1'], symbols: [['net/http', 'Get Head Post PostForm']] },
  {
    kind: 'process',
    on: both,
    symbols: [
      ['os/exec', 'Command CommandContext LookPath'],
      ['os', 'StartProcess'],
      ['syscall', 'Exec ForkExec StartProcess'],
    ],
  },
  {
    kind: 'signal',
    on: both,
    symbols: [
      ['os/signal', 'Notify NotifyContext'],
      ['syscall', 'Kill'],
    ],
  },
  { kind: 'plugin', on: both, symbols: [['plugin', 'Open']] },
  { kind: 'system', on: both, symbols: [['os', 'Pipe Executable']] },
  { kind: 'interfaces', on: both, symbols: [['net', 'Interfaces InterfaceAddrs InterfaceByName InterfaceByIndex']] },
]

const bySymbol: ReadonlyMap<string, WasmCalls> = new Map(
  wasmCalls.flatMap((calls) =>
    calls.symbols.flatMap(([path, names]) => names.split(' ').map((name) => [`${path}.${name}`, calls] as const)),
  ),
)

/** Every symbol of the table, `os/exec.Command`. */
export const wasmSymbols: readonly string[] = [...bySymbol.keys()]

/** What a symbol is for, when it cannot work on a system; undefined when it can, or is not in the table. */
export function wasmCallKind(symbol: string, goos: string): WasmCallKind | undefined {
  const calls = bySymbol.get(symbol)
  return calls?.on.some((system) => system === goos) === true ? calls.kind : undefined
}
