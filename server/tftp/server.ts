import { performance } from 'node:perf_hooks'
import { readPathMtu, type Route } from '../sockets/path-mtu.ts'
import { openUdpSocket } from '../sockets/udp-socket.ts'
import { startError } from './errors.ts'
import { countEvent, NO_STATS } from './events.ts'
import type { TftpEvent, TftpStats } from './events.ts'
import type { TransferLimits } from './negotiation.ts'
import type { Opener } from './opener.ts'
import { backoff, DEFAULT_BACKOFF } from './retransmission.ts'
import type { RetransmissionPolicy } from './retransmission.ts'
import { createDispatcher } from './dispatcher.ts'
import type { OpenSocket, Segmentation } from './transfer-socket.ts'
import type { Endpoint } from './transfer.ts'
import type { ListeningSocket } from './read-request.ts'

export type TftpConfig = {
  /**
   * IPv4 addresses to listen on. A transfer leaves from the address its request came to; with `0.0.0.0` the
   * routing table chooses.
   */
  addresses: readonly string[]
  /** 69, or 0 for any free port. */
  port: number
  /** Only packets of this interface count (SO_BINDTODEVICE). */
  device?: string
  limits: TransferLimits
  /** Transfers at once; one more is refused. */
  maxTransfers: number
}

/**
 * Fits an Ethernet, whatever our own interface could carry: a card or a switch that takes no jumbo frame drops them
 * without a word, and TFTP cannot agree on smaller blocks once it has begun.
 */
export const DEFAULT_TFTP_CONFIG: TftpConfig = {
  addresses: ['0.0.0.0'],
  port: 69,
  limits: { maxBlockBytes: 1468, maxWindowBlocks: 64 },
  maxTransfers: 1000,
}

export type TftpDependencies = {
  open: Opener
  onEvent(event: TftpEvent): void
  openSocket?: OpenSocket
  /** The largest IP packet of the way to a client; asks the kernel by default. */
  readMtu?(route: Route): number | undefined
  retransmission?: RetransmissionPolicy
  /** Milliseconds of a clock that only goes forward. */
  now?(): number
}

export type TftpServer = {
  /** Where it listens, one entry for each configured address. */
  endpoints: readonly Endpoint[]
  stats(): TftpStats
  /** Tells running clients (ERROR 0), and resolves when every socket and file is closed. */
  close(): Promise<void>
}

/** Enough for a room full of machines switched on at once. */
const RECEIVE_BUFFER_BYTES = 1024 * 1024

/**
 * Serves files by TFTP (RFC 1350, octet mode, read only) with the options of RFC 2347, 2348, 2349 and 7440.
 *
 * @throws TftpStartError with everything closed again when an address cannot be listened on.
 */
export async function listen(config: TftpConfig, dependencies: TftpDependencies): Promise<TftpServer> {
  const openSocket = dependencies.openSocket ?? openUdpSocket
  let stats = NO_STATS
  const onEvent = (event: TftpEvent): void => {
    stats = countEvent(stats, event)
    dependencies.onEvent(event)
  }
  const dispatcher = createDispatcher(config, {
    open: dependencies.open,
    openSocket,
    readMtu: dependencies.readMtu ?? readPathMtu,
    onEvent,
    segmentation: createSegmentation(onEvent),
    retransmission: dependencies.retransmission ?? backoff(DEFAULT_BACKOFF),
    now: dependencies.now ?? (() => performance.now()),
  })
  const listeningSockets = await openListeningSockets(config, openSocket)
  for (const { socket, address } of listeningSockets) {
    socket.on('message', (bytes, from) => dispatcher.receive(bytes, from, { socket, address }))
    socket.on('error', (error) => onEvent({ type: 'socket-error', reason: error.message }))
  }
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    await dispatcher.stop()
    await Promise.all(listeningSockets.map(closeListeningSocket))
  }
  return {
    endpoints: listeningSockets.map(({ socket, address }) => ({ address, port: socket.address().port })),
    stats: () => ({ ...stats, active: dispatcher.active() }),
    close: () => (closing ??= close()),
  }
}

async function openListeningSockets(
  { addresses, port, device }: TftpConfig,
  openSocket: OpenSocket,
): Promise<ListeningSocket[]> {
  const opened: ListeningSocket[] = []
  for (const address of addresses) {
    const asked = { address, port, ...(device === undefined ? {} : { device }) }
    try {
      const options = { ...asked, receiveBufferBytes: RECEIVE_BUFFER_BYTES, fragmentable: true }
      opened.push({ address, socket: await openSocket(options) })
    } catch (error) {
      await Promise.all(opened.map(closeListeningSocket))
      throw startError(error, asked)
    }
  }
  return opened
}

function closeListeningSocket({ socket }: ListeningSocket): Promise<void> {
  return new Promise((resolve) => socket.close(() => resolve()))
}

function createSegmentation(onEvent: (event: TftpEvent) => void): Segmentation {
  let available = true
  return {
    isAvailable: () => available,
    markUnavailable(error) {
      if (available) onEvent({ type: 'segmentation-unavailable', reason: error.message })
      available = false
    },
    reportTooLong: (client, error) => onEvent({ type: 'segments-too-long', client, reason: error.message }),
  }
}
