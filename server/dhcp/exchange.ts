import { changesOfDecline, checkAddress, type AddressCheck } from './address-check.ts'
import { LIMITED_BROADCAST, type Ipv4 } from './addresses.ts'
import { clientKind, type BootAnswer, type BootRequest } from './boot.ts'
import { decide } from './decide.ts'
import type { Context, Decision, Needed, Reply } from './decision.ts'
import type { DhcpEvent } from './events.ts'
import type { LeaseBook } from './lease-book.ts'
import { encodePacket, type DhcpPacket } from './packet.ts'
import type { PoolChange } from './pool.ts'
import { configuredAddresses } from './settings.ts'
import type { DhcpSocket } from './socket.ts'
import type { ToldOddities } from './told-oddities.ts'

const SERVER_PORT = 67
const CLIENT_PORT = 68
/** Boot answers and probes one message may need: enough for a dozen addresses in use, and a bound. */
const MOST_STEPS = 32

/** What answering a message needs; all of it belongs to the listener. */
export type ExchangeDependencies = AddressCheck & {
  readonly book: LeaseBook
  /** Every address of this computer, as it is now. */
  readonly ownAddresses: () => Iterable<Ipv4>
  readonly socket: DhcpSocket
  readonly bootFor: (request: BootRequest) => BootAnswer | Promise<BootAnswer>
  readonly toldOddities: ToldOddities
  /** Aborted when the listener closes: nothing is sent any more. */
  readonly signal: AbortSignal
}

type During = Extract<DhcpEvent, { type: 'failed' }>['during']

class ExchangeFailure extends Error {
  readonly during: During

  constructor(during: During, cause: unknown) {
    super(`DHCP exchange failed: ${during}`, { cause })
    this.name = 'ExchangeFailure'
    this.during = during
  }
}

/** Answers one message: decides, finds out what is missing, stores, sends. Every failure is an event; never throws. */
export async function answer(exchange: ExchangeDependencies, request: DhcpPacket): Promise<void> {
  if (exchange.signal.aborted) return
  try {
    await during('store', () => exchange.book.follow(exchange.pool))
    const decision = await decideFully(exchange, request)
    reportOddities(exchange, request, decision)
    await apply(exchange, await changesOf(exchange, decision))
    if (exchange.signal.aborted) return
    const omitted = decision.kind === 'reply' ? await send(exchange, decision) : []
    exchange.report(eventOf(request, decision, omitted))
  } catch (error) {
    const during = error instanceof ExchangeFailure ? error.during : 'decide'
    const cause = error instanceof ExchangeFailure ? error.cause : error
    exchange.report({ type: 'failed', during, mac: request.chaddr, error: cause })
  }
}

/** Vendor class: where it is odd, a machine of ours may pass for one that is not. */
const VENDOR_CLASS = 60

function reportOddities({ report, toldOddities }: ExchangeDependencies, request: DhcpPacket, decision: Decision): void {
  const { oddities = [], chaddr: mac } = request
  if (oddities.length === 0) return
  const isForeign = decision.kind === 'ignored' && decision.reason === 'not-a-network-boot-client'
  if (isForeign && !oddities.some(({ option }) => option === VENDOR_CLASS)) return
  const news = toldOddities.news(mac, oddities)
  if (news.length === 0) return
  report({ type: 'odd-options', mac, client: clientKind(request.options.vendorClass), oddities: news })
}

async function changesOf(exchange: ExchangeDependencies, decision: FinalDecision): Promise<readonly PoolChange[]> {
  if (decision.kind !== 'noted' || decision.what !== 'declined') return decision.changes
  return during('probe', () => changesOfDecline(exchange, decision))
}

type FinalDecision = Exclude<Decision, Needed>

/** Decides until nothing is missing. */
async function decideFully(exchange: ExchangeDependencies, request: DhcpPacket): Promise<FinalDecision> {
  const { settings, pool, now } = exchange
  pool.reserve([...exchange.ownAddresses(), ...configuredAddresses(settings), request.giaddr])
  let boot: Context['boot']
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const decision = decide(request, { settings, pool, now: now(), ...(boot ? { boot } : {}) })
    if (decision.kind === 'needs-boot') {
      boot = { address: decision.ask.address, answer: await during('boot', async () => exchange.bootFor(decision.ask)) }
    } else if (decision.kind === 'needs-probe') {
      // Held for this client during the probe, so that nobody else is offered it meanwhile.
      await apply(exchange, decision.changes)
      await apply(exchange, await during('probe', () => checkAddress(exchange, request, decision.address)))
    } else {
      return decision
    }
  }
  return { kind: 'ignored', reason: 'range-exhausted', changes: [] }
}

/** The pool first, so that no other message is decided on old facts; the promise waits for the store. */
async function apply({ pool, book }: ExchangeDependencies, changes: readonly PoolChange[]): Promise<void> {
  for (const change of changes) pool.apply(change)
  for (const change of changes) {
    if (change.change === 'lease') await during('store', () => book.put(change.lease))
    if (change.change === 'forget') await during('store', () => book.remove(change.address))
  }
}

/** @returns the options that found no room. */
async function send({ socket }: ExchangeDependencies, reply: Reply): Promise<readonly string[]> {
  const { bytes, omitted } = encodePacket(reply.packet, reply.limitBytes)
  const { destination } = reply
  const port = destination.to === 'relay' ? SERVER_PORT : CLIENT_PORT
  const address = destination.to === 'broadcast' ? LIMITED_BROADCAST : destination.address
  await during('send', () => socket.send(bytes, port, address))
  return omitted
}

async function during<Result>(what: During, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw new ExchangeFailure(what, error)
  }
}

function eventOf(request: DhcpPacket, decision: FinalDecision, omitted: readonly string[]): DhcpEvent {
  const mac = request.chaddr
  const client = clientKind(request.options.vendorClass)
  switch (decision.kind) {
    case 'ignored': {
      const { messageType } = request.options
      const { reason, detail } = decision
      return {
        type: 'ignored',
        mac,
        client,
        reason,
        ...(messageType ? { messageType } : {}),
        ...(detail === undefined ? {} : { detail }),
      }
    }
    case 'noted':
      return { type: decision.what, mac, address: decision.address }
    case 'reply': {
      const { address, packet, reason } = decision
      if (reason) return { type: 'refused', mac, address, reason }
      const boot = packet.options.bootFileName
      return {
        type: packet.options.messageType === 'offer' ? 'offered' : 'acknowledged',
        mac,
        address,
        client,
        ...(boot === undefined ? {} : { boot }),
        ...(omitted.length > 0 ? { omitted } : {}),
      }
    }
  }
}
