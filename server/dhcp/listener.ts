import { createArpProber, type ArpProber } from '../sockets/arp-probe.ts'
import type { BootAnswer, BootRequest } from './boot.ts'
import { clientKind } from './boot.ts'
import { DhcpError } from './errors.ts'
import type { DhcpEvent } from './events.ts'
import { answer, type ExchangeDependencies } from './exchange.ts'
import { readInterface } from './interface.ts'
import { clientKey, type LeaseStore } from './lease.ts'
import { openLeaseBook } from './lease-book.ts'
import { startLeaseClock, systemClocks, type Clocks } from './lease-clock.ts'
import type { Ipv4 } from './addresses.ts'
import { readOwnAddresses, watchOwnAddresses } from './own-addresses.ts'
import { createKnownProxies } from './proxy-arp.ts'
import { MalformedPacket } from './malformed-packet.ts'
import { malformedSender } from './malformed-sender.ts'
import { decodePacket, type DhcpPacket } from './packet.ts'
import { LeasePool } from './pool.ts'
import type { IgnoredReason } from './reasons.ts'
import { checkSettings, parseMode, type DhcpConfig, type InterfaceFacts } from './settings.ts'
import { createToldOddities } from './told-oddities.ts'
import { openDhcpSocket, openingError, type DhcpSocket } from './socket.ts'

/** Messages answered at once; a workshop boots dozens of machines, a flood thousands. */
const MOST_IN_FLIGHT = 1024
const MOST_MACHINES_REMEMBERED = 2000

export type DhcpDependencies = {
  readonly store: LeaseStore
  /** What a machine boots. May take its time (it may ask a database); the machine waits, the others do not. */
  readonly bootFor: (request: BootRequest) => BootAnswer | Promise<BootAnswer>
  /** Hears of each message that could be read, before it is decided and whatever becomes of it. */
  readonly onRequest?: (sender: Pick<BootRequest, 'kind' | 'mac' | 'uuid'>) => void
  readonly onEvent: (event: DhcpEvent) => void
  /** Default the system's. */
  readonly clocks?: Clocks
  readonly readInterface?: typeof readInterface
  /** Every address of this computer; read again while serving. */
  readonly readOwnAddresses?: () => ReadonlySet<Ipv4>
  readonly openSocket?: (device: string) => Promise<DhcpSocket>
  readonly openProber?: (device: string, facts: InterfaceFacts) => ArpProber
}

export type DhcpStats = {
  /** Datagrams since the start, malformed ones included. */
  readonly received: number
  /** How many events of each type there were. */
  readonly events: Readonly<Record<DhcpEvent['type'], number>>
  /** Addresses leased at this moment. */
  readonly leased: number
}

export type DhcpListener = {
  /** Stops receiving, lets stored facts be finished, answers nobody any more. */
  close(): Promise<void>
  stats(): DhcpStats
}

/**
 * Serves DHCP on one interface until closed. In mode `off` it opens nothing.
 *
 * @throws DhcpError when it cannot start: see `dhcpErrors`; or what `store.all()` throws.
 */
export async function listen(config: DhcpConfig, dependencies: DhcpDependencies): Promise<DhcpListener> {
  const events = newCounters()
  const mode = parseMode(config.mode)
  if (mode === 'off') return { close: async () => {}, stats: () => ({ received: 0, events, leased: 0 }) }
  if (!config.range) throw new DhcpError('DHCP_RANGE_MISSING', { mode })
  const facts = (dependencies.readInterface ?? readInterface)(config.interface, config.range.first)
  const settings = checkSettings(config, facts)
  const clock = startLeaseClock(dependencies.clocks ?? systemClocks)
  const { leases, book } = await openLeaseBook(dependencies.store, clock)
  const pool = new LeasePool(leases)
  const { socket, prober } = await open(config.interface, facts, dependencies)
  const ended = new AbortController()
  const report = (event: DhcpEvent): void => {
    events[event.type] += 1
    dependencies.onEvent(event)
  }
  const { now } = clock
  const { bootFor } = dependencies
  const exchange: ExchangeDependencies = {
    settings,
    pool,
    book,
    prober,
    socket,
    bootFor,
    report,
    now,
    signal: ended.signal,
    ownAddresses: watchOwnAddresses(dependencies.readOwnAddresses ?? readOwnAddresses, () => performance.now()),
    proxies: createKnownProxies(settings.quarantineMs, () => performance.now()),
    toldOddities: createToldOddities(MOST_MACHINES_REMEMBERED),
  }
  const queue = createRequestQueue(exchange)
  let received = 0
  socket.onMessage((bytes, from) => {
    received += 1
    const packet = read(bytes, (error) =>
      report({ type: 'malformed', from: from.address, ...placeOf(error), ...malformedSender(bytes) }),
    )
    if (!packet) return
    if (packet.op === 'request') dependencies.onRequest?.(senderOf(packet))
    queue.add(packet)
  })
  socket.onError((error) => report({ type: 'failed', during: 'receive', error }))
  return {
    async close() {
      ended.abort()
      prober.close()
      await socket.close()
      await queue.idle()
      await book.follow(pool).catch((error: unknown) => report({ type: 'failed', during: 'store', error }))
    },
    stats: () => ({ received, events: { ...events }, leased: pool.boundCount(now()) }),
  }
}

/** Opens all or nothing. */
async function open(
  device: string,
  facts: InterfaceFacts,
  dependencies: DhcpDependencies,
): Promise<{ socket: DhcpSocket; prober: ArpProber }> {
  let socket: DhcpSocket | undefined
  try {
    socket = await (dependencies.openSocket ?? openDhcpSocket)(device)
    const openProber = dependencies.openProber ?? ((name, { mac }) => createArpProber({ device: name, mac }))
    return { socket, prober: openProber(device, facts) }
  } catch (error) {
    await socket?.close()
    throw openingError(error, device)
  }
}

/** Messages of one machine are answered one after another, those of different machines at once. */
function createRequestQueue(exchange: ExchangeDependencies): { add(request: DhcpPacket): void; idle(): Promise<void> } {
  const queues = new Map<string, Promise<void>>()
  const inFlight = new Set<string>()

  function refuse(request: DhcpPacket, reason: IgnoredReason): void {
    const { messageType, vendorClass } = request.options
    const client = clientKind(vendorClass)
    exchange.report({
      type: 'ignored',
      mac: request.chaddr,
      client,
      reason,
      ...(messageType ? { messageType } : {}),
    })
  }

  return {
    add(request) {
      const client = clientKey(request)
      const message = `${client} ${request.options.messageType} ${request.xid}`
      // A client that asks again while its address is being probed waits for the same answer.
      if (inFlight.has(message)) return refuse(request, 'already-answering')
      if (inFlight.size >= MOST_IN_FLIGHT) return refuse(request, 'overloaded')
      inFlight.add(message)
      const before = queues.get(client)
      const mine = (before ? before.then(() => answer(exchange, request)) : answer(exchange, request)).finally(() => {
        inFlight.delete(message)
        if (queues.get(client) === mine) queues.delete(client)
      })
      queues.set(client, mine)
    },
    async idle() {
      await Promise.all(queues.values())
    },
  }
}

function read(bytes: Uint8Array, onMalformed: (error: MalformedPacket) => void): DhcpPacket | undefined {
  try {
    return decodePacket(bytes)
  } catch (error) {
    if (!(error instanceof MalformedPacket)) throw error
    onMalformed(error)
    return undefined
  }
}

function senderOf({ chaddr, options }: DhcpPacket): Pick<BootRequest, 'kind' | 'mac' | 'uuid'> {
  const { vendorClass, clientUuid } = options
  return { kind: clientKind(vendorClass), mac: chaddr, ...(clientUuid === undefined ? {} : { uuid: clientUuid }) }
}

function placeOf({ offset, field }: MalformedPacket): { offset: number; field: string } {
  return { offset, field }
}

function newCounters(): Record<DhcpEvent['type'], number> {
  return {
    offered: 0,
    acknowledged: 0,
    refused: 0,
    declined: 0,
    released: 0,
    taken: 0,
    'proxy-arp': 0,
    ignored: 0,
    'odd-options': 0,
    malformed: 0,
    failed: 0,
  }
}
