import type { Facts } from '../../../domain/facts.ts'
import type { PortUsesObservation } from '../../../domain/platform-observation.ts'
import type { PortUse } from '../../../domain/platform.ts'
import { formatTarget } from '../../../domain/port.ts'
import type { Diagnosis, Rule } from '../../../domain/rule.ts'
import { wasmCallKind, type WasmCallKind } from '../../../domain/wasm-calls.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { enumerate } from '../../rule-helpers/text.ts'

interface Kind {
  /** What happens instead, after the names of the functions. */
  readonly outcome: string
  readonly fix: string
  /** Harmless more often than not. */
  readonly mild?: true
}

const fakeNetwork = 'the network of these ports is one inside the program itself'

const kinds: Readonly<Record<WasmCallKind, Kind>> = {
  dial: {
    outcome: `no connection leaves the program: ${fakeNetwork}, and every dial ends in "connection refused"`,
    fix: 'On js make requests with net/http and a Transport without a DialContext of its own (it uses fetch), or a WebSocket of the page; on wasip1 let the host pass an open socket or offer a function for it. Keep the dialing in a file with //go:build !js && !wasip1.',
  },
  lookup: {
    outcome: `no name is found but localhost: ${fakeNetwork}, and there is no DNS server in it`,
    fix: 'Leave names to the host: fetch on js resolves them itself. Keep the look-up in a file with //go:build !js && !wasip1.',
  },
  listen: {
    outcome: `nobody outside the program can connect: ${fakeNetwork}`,
    fix: 'On wasip1 let the host open the socket (net.FileListener on its descriptor); on js serve through the page. Keep the server in a file with //go:build !js && !wasip1.',
  },
  http: {
    outcome: `every request ends in "connection refused": ${fakeNetwork}`,
    fix: 'Use a client whose Transport calls a function of the host.',
  },
  process: {
    outcome: 'no program can be started ("not implemented"), and none is found on PATH',
    fix: 'Do the work in the program, or let the host do it. Keep the call in a file with //go:build !js && !wasip1.',
  },
  signal: {
    outcome: 'no signal arrives and none can be sent',
    fix: 'End the program through what the host offers (an exported function, a closed stream); the call itself does no harm.',
    mild: true,
  },
  plugin: {
    outcome: 'no plugin can be opened ("plugin: not implemented")',
    fix: 'Link the code into the program. Keep the call in a file of the ports that have plugins.',
  },
  system: {
    outcome: 'the system call is not implemented and returns an error',
    fix: 'Use io.Pipe for a pipe inside the program; there is no path of the program.',
    mild: true,
  },
  interfaces: {
    outcome: 'there is no network interface, and the list is empty',
    fix: 'Do not rely on it there.',
    mild: true,
  },
}

/** Modules that give wasip1 a network of their own, in the place of the one that package net has. */
const networks = ['github.com/stealthrocket/net', 'github.com/dispatchrun/net', 'github.com/spinframework/spin-go-sdk', 'github.com/fermyon/spin/sdk/go'] // prettier-ignore
const networked: ReadonlySet<WasmCallKind> = new Set(['dial', 'lookup', 'listen', 'http'])

const rule: Rule = {
  id: 'wasm-call',
  area: 'port',
  title: 'A call compiles for WebAssembly and cannot work there',
  what: 'The targets name js/wasm or wasip1/wasm, and the module calls functions of the standard library there that compile and do nothing useful: dialing, listening, looking up names, starting programs, signals, plugins.',
  why: 'Both ports have no sockets, processes or signals. Package net keeps a network inside the program, so that tests pass (net/net_fake.go); package syscall answers "not implemented". net/http works on js, where it calls fetch, as long as its Transport has no dialing of its own; in Node it uses the network inside the program. Files whose constraint leaves them out of the port are not looked at, nor are dependencies.',
  fix: 'Move the call to a file that these ports leave out (//go:build !js && !wasip1), with another file for what they do instead.',
  classes: [],
  example: 'dial tcp 127.0.0.1:80: connect: Connection refused   (js/wasm, whatever listens there)',
  observe: { 'port-uses': explain },
}

export default rule

async function explain({ uses }: PortUsesObservation, facts: Facts): Promise<readonly Diagnosis[]> {
  const required = (await facts.goMod())?.content.require.map(({ path }) => path) ?? []
  const replaced = required.some((path) => networks.includes(path))
  const groups = new Map<string, { kind: WasmCallKind; guarded: boolean; uses: PortUse[] }>()
  for (const use of uses) {
    const systems = use.targets.filter((target) => !(replaced && target.goos === 'wasip1'))
    const kind = use.targets.map((target) => wasmCallKind(use.symbol, target.goos)).find((one) => one !== undefined)
    if (kind === undefined || (networked.has(kind) && systems.length === 0)) continue
    const key = `${kind} ${String(use.guarded)}`
    const group = groups.get(key) ?? { kind, guarded: use.guarded, uses: [] }
    group.uses.push(use)
    groups.set(key, group)
  }
  return [...groups.values()].map((group) => describe(group.kind, group.guarded, group.uses))
}

function describe(kind: WasmCallKind, guarded: boolean, uses: readonly PortUse[]): Diagnosis {
  const { outcome, fix, mild } = kinds[kind]
  const symbols = [...new Set(uses.map(({ symbol }) => short(symbol)))].sort()
  const targets = [...new Set(uses.flatMap((use) => use.targets.map(formatTarget)))].sort()
  const inProgram = uses.some((use) => use.programs.length > 0)
  const calls = uses.length === 1 ? 'one call' : `${uses.length} calls`
  return diagnosis({
    severity: mild === true || guarded || !inProgram ? 'notice' : 'warning',
    confidence: guarded ? 'guess' : 'likely',
    message: `${enumerate(symbols)} on ${enumerate(targets)} (${calls}): ${outcome}.${guarded ? ' The file asks runtime.GOOS, so it may never get there.' : ''}`,
    fix: advice(fix),
    locations: uses.map(({ at }) => at),
    key: `${kind}${guarded ? ' guarded' : ''}`,
  })
}

/** `exec.Command` for os/exec.Command. */
function short(symbol: string): string {
  return symbol.slice(symbol.lastIndexOf('/') + 1)
}
