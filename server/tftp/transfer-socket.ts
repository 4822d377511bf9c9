import type { Socket } from 'node:dgram'
import type { UdpSocketOptions } from '../sockets/udp-socket.ts'
import { encodeDataRun } from './packet.ts'
import { segmentationFailure } from './segmentation.ts'
import type { SegmentationFailure, SegmentationPlan } from './segmentation.ts'
import type { Endpoint } from './transfer.ts'

export type OpenSocket = (options: UdpSocketOptions) => Promise<Socket>

/** Whether windows may be sent by one call each; shared by all transfers, so that the server finds out only once. */
export type Segmentation = {
  isAvailable(): boolean
  markUnavailable(error: Error): void
  /** Segments are too long for the way to one client; for others they may do. */
  reportTooLong(client: Endpoint, error: Error): void
}

/** The socket of one transfer: its port is the server's transfer identifier (RFC 1350 §4). */
export type TransferSocket = {
  /** Sends consecutive DATA blocks to the client, in as few system calls as possible. */
  sendBlocks(first: number, blocks: readonly Uint8Array[]): void
  send(packet: Uint8Array, to: Endpoint): void
  /** Closes the port once everything given to `send` is sent. */
  close(): Promise<void>
}

export type TransferSocketOptions = {
  local: { address: string; device?: string }
  client: Endpoint
  segments: SegmentationPlan | undefined
  segmentation: Segmentation
  openSocket: OpenSocket
  onMessage(bytes: Uint8Array, from: Endpoint): void
  /** A datagram could not be sent: to the protocol a loss like any other. */
  onSendError(error: Error): void
}

/** The port is closed for a moment, to be opened again without segmentation; or it could not be, and is lost. */
type Port = { state: 'open'; socket: Socket } | { state: 'opening'; postponed: Array<() => void> } | { state: 'lost' }

/** Opens a socket on a free port. Where segmentation turns out not to work, it goes on without, on the same port. */
export async function openTransferSocket(options: TransferSocketOptions): Promise<TransferSocket> {
  const { client, segmentation, onSendError } = options
  let segments = segmentation.isAvailable() ? options.segments : undefined
  let port: Port = { state: 'open', socket: await openFirst() }
  let sending = 0
  const closed = Promise.withResolvers<true>()
  let isClosing = false

  async function openFirst(): Promise<Socket> {
    try {
      return await openPort(options, 0, segments)
    } catch (error) {
      const failure = segments && error instanceof Error ? segmentationFailure(error) : undefined
      if (!failure || !(error instanceof Error)) throw error
      abandonSegments(failure, error)
      return openPort(options, 0, undefined)
    }
  }

  function abandonSegments(failure: SegmentationFailure, error: Error): void {
    segments = undefined
    if (failure === 'unsupported') segmentation.markUnavailable(error)
    else segmentation.reportTooLong(client, error)
  }

  // The option cannot be taken back on a socket that Node owns, and while it is set even single datagrams fail.
  async function reopen(socket: Socket, postponed: Array<() => void>): Promise<void> {
    const { port: number } = socket.address()
    port = { state: 'opening', postponed }
    socket.close()
    try {
      port = { state: 'open', socket: await openPort(options, number, undefined) }
    } catch (error) {
      port = { state: 'lost' }
      onSendError(error instanceof Error ? error : new Error(String(error)))
    }
    for (const send of postponed) send()
    closeIfIdle()
  }

  /** Sends a datagram, or a run of them as one; `again` sends the same without segmentation. */
  function send(packet: Uint8Array, to: Endpoint, again: () => void): void {
    if (port.state === 'opening') port.postponed.push(again)
    if (port.state !== 'open') return
    sending += 1
    const isSegmented = segments !== undefined
    port.socket.send(packet, to.port, to.address, (error) => {
      sending -= 1
      if (error) onFailure(error, isSegmented, again)
      closeIfIdle()
    })
  }

  function onFailure(error: Error, isSegmented: boolean, again: () => void): void {
    onSendError(error)
    const failure = isSegmented ? segmentationFailure(error) : undefined
    if (!failure || isClosing) return
    // The runs of one window fail together: the first one opens the port again, the others follow it.
    if (!segments || port.state !== 'open') return again()
    abandonSegments(failure, error)
    void reopen(port.socket, [again])
  }

  function sendPacket(packet: Uint8Array, to: Endpoint): void {
    send(packet, to, () => sendPacket(packet, to))
  }

  function sendBlocks(first: number, blocks: readonly Uint8Array[]): void {
    const blocksPerSend = segments?.blocksPerSend ?? 1
    for (let from = 0; from < blocks.length; from += blocksPerSend) {
      const run = blocks.slice(from, from + blocksPerSend)
      send(encodeDataRun(first + from, run), client, () => sendBlocks(first + from, run))
    }
  }

  function closeIfIdle(): void {
    if (!isClosing || sending > 0 || port.state === 'opening') return
    if (port.state === 'lost') closed.resolve(true)
    else port.socket.close(() => closed.resolve(true))
    port = { state: 'lost' }
  }

  return {
    sendBlocks,
    send: sendPacket,
    async close() {
      isClosing = true
      closeIfIdle()
      await closed.promise
    },
  }
}

async function openPort(
  { local, openSocket, onMessage, onSendError }: TransferSocketOptions,
  port: number,
  segments: SegmentationPlan | undefined,
): Promise<Socket> {
  const segmentBytes = segments && { segmentBytes: segments.segmentBytes }
  const socket = await openSocket({ ...local, port, fragmentable: true, ...segmentBytes })
  socket.on('message', (bytes, from) => onMessage(bytes, from))
  socket.on('error', onSendError)
  return socket
}
