import { performance } from 'node:perf_hooks'
import { openUdpSocket } from '../sockets/udp-socket.ts'
import { startError } from './errors.ts'
import { countEvent, NO_STATS } from './events.ts'
import type { TftpEvent, TftpStats } from './events.ts'
import type { NegotiationLimits } from './negotiation.ts'
import type { Opener } from './opener.ts'
import { backoff, DEFAULT_BACKOFF } from './retransmission.ts'
import type { RetransmissionPolicy } from './retransmission.ts'
import { createReception } from './dispatcher.ts'
import type { OpenSocket, Segmentation } from './transfer-socket.ts'
import type { Endpoint } from './transfer.ts'
import type { Door } from './request-socket.ts'

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
  limits: NegotiationLimits
  /** Transfers at once; one more is refused. */
  maxTransfers: number
}

/** Fits an Ethernet: no block needs fragments. */
export const DEFAULT_TFTP_CONFIG: TftpConfig = {
  addresses: ['0.0.0.0'],
  port: 69,
  limits: { maxBlockBytes: 65464, mtuBytes: 1500, maxWindowBlocks: 64 },
  maxTransfers: 1000,
}

export type TftpDeps = {
  open: Opener
  onEvent(event: TftpEvent): void
  openSocket?: OpenSocket
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
export async function listen(config: TftpConfig, deps: TftpDeps): Promise<TftpServer> {
  const openSocket = deps.openSocket ?? openUdpSocket
  let stats = NO_STATS
  const onEvent = (event: TftpEvent): void => {
    stats = countEvent(stats, event)
    deps.onEvent(event)
  }
  const reception = createReception(config, {
    open: deps.open,
    openSocket,
    onEvent,
    segmentation: createSegmentation(onEvent),
    retransmission: deps.retransmission ?? backoff(DEFAULT_BACKOFF),
    now: deps.now ?? (() => performance.now()),
  })
  const doors = await openDoors(config, openSocket)
  for (const { socket, address } of doors) {
    socket.on('message', (bytes, from) => reception.receive(bytes, from, { socket, address }))
    socket.on('error', (error) => onEvent({ type: 'socket-error', reason: error.message }))
  }
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    await reception.stop()
    await Promise.all(doors.map(closeDoor))
  }
  return {
    endpoints: doors.map(({ socket, address }) => ({ address, port: socket.address().port })),
    stats: () => ({ ...stats, active: reception.active() }),
    close: () => (closing ??= close()),
  }
}

async function openDoors({ addresses, port, device }: TftpConfig, openSocket: OpenSocket): Promise<Door[]> {
  const doors: Door[] = []
  for (const address of addresses) {
    const asked = { address, port, ...(device === undefined ? {} : { device }) }
    try {
      doors.push({ address, socket: await openSocket({ ...asked, receiveBufferBytes: RECEIVE_BUFFER_BYTES }) })
    } catch (error) {
      await Promise.all(doors.map(closeDoor))
      throw startError(error, asked)
    }
  }
  return doors
}

function closeDoor({ socket }: Door): Promise<void> {
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
  }
}
