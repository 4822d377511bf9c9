import type { Socket } from 'node:dgram'
import type { UdpSocketOptions } from '../sockets/udp-socket.ts'
import { encodeDataRun } from './packet.ts'
import { meansUnsupported } from './segmentation.ts'
import type { SegmentationPlan } from './segmentation.ts'
import type { Endpoint } from './transfer.ts'

export type OpenSocket = (options: UdpSocketOptions) => Promise<Socket>

/** Whether a window may be sent by one call; shared by all transfers, so that the server finds out only once. */
export type Segmentation = { isAvailable(): boolean; markUnavailable(error: Error): void }

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

/** Opens a socket on a free port. Where segmentation turns out not to work, it goes on without, on the same port. */
export async function openTransferSocket(options: TransferSocketOptions): Promise<TransferSocket> {
  const { client, segmentation, onSendError } = options
  let segments = segmentation.isAvailable() ? options.segments : undefined
  /** Absent while the port is being opened again. */
  let socket: Socket | undefined = await openFirst()
  let sending = 0
  const closed = Promise.withResolvers<true>()
  let isClosing = false

  async function openFirst(): Promise<Socket> {
    try {
      return await openPort(options, 0, segments)
    } catch (error) {
      if (!segments || !(error instanceof Error) || !meansUnsupported(error)) throw error
      abandonSegments(error)
      return openPort(options, 0, undefined)
    }
  }

  function abandonSegments(error: Error): void {
    segments = undefined
    segmentation.markUnavailable(error)
  }

  // The option cannot be taken back on a socket that Node owns, and while it is set even single datagrams fail.
  async function reopen(first: number, blocks: readonly Uint8Array[]): Promise<void> {
    const port = socket?.address().port ?? 0
    socket?.close()
    socket = undefined
    socket = await openPort(options, port, undefined)
    if (isClosing) closeIfIdle()
    else sendBlocks(first, blocks)
  }

  function send(packet: Uint8Array, to: Endpoint, onFailure: (error: Error) => void): void {
    if (!socket) return
    sending += 1
    socket.send(packet, to.port, to.address, (error) => {
      sending -= 1
      if (error) onFailure(error)
      closeIfIdle()
    })
  }

  function sendBlocks(first: number, blocks: readonly Uint8Array[]): void {
    const blocksPerSend = segments?.blocksPerSend ?? 1
    for (let from = 0; from < blocks.length; from += blocksPerSend) {
      const run = blocks.slice(from, from + blocksPerSend)
      send(encodeDataRun(first + from, run), client, (error) => onRunFailed(error, first + from, run))
    }
  }

  function onRunFailed(error: Error, first: number, run: readonly Uint8Array[]): void {
    onSendError(error)
    if (!segments || isClosing || !meansUnsupported(error)) return
    abandonSegments(error)
    reopen(first, run).catch(onSendError)
  }

  function closeIfIdle(): void {
    if (!isClosing || sending > 0 || !socket) return
    socket.close(() => closed.resolve(true))
    socket = undefined
  }

  return {
    sendBlocks,
    send: (packet, to) => send(packet, to, onSendError),
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
  const socket = await openSocket({ ...local, port, ...segmentBytes })
  socket.on('message', (bytes, from) => onMessage(bytes, from))
  socket.on('error', onSendError)
  return socket
}
