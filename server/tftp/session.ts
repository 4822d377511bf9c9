import { createBlockQueue } from './block-queue.ts'
import { openBlockSource } from './block-source.ts'
import { createDeadlineTimer } from './deadline-timer.ts'
import type { TransferFigures } from './events.ts'
import type { Agreement } from './negotiation.ts'
import type { OpenFile } from './opener.ts'
import { decodePacket, encodePacket, MalformedPacket } from './packet.ts'
import { errorPacket } from './request.ts'
import type { RetransmissionPolicy } from './retransmission.ts'
import type { SegmentationPlan } from './segmentation.ts'
import { ackedBytes, begin, next } from './transfer.ts'
import type { Effect, Endpoint, Outcome, Transfer, TransferEvent, TransferPlan } from './transfer.ts'
import { openTransferSocket } from './transfer-socket.ts'
import type { OpenSocket, Segmentation } from './transfer-socket.ts'

export type SessionInput = {
  client: Endpoint
  local: { address: string; device?: string }
  file: OpenFile
  agreement: Agreement
  segments: SegmentationPlan | undefined
}

export type SessionDependencies = {
  openSocket: OpenSocket
  segmentation: Segmentation
  retransmission: RetransmissionPolicy
  /** Milliseconds of a clock that only goes forward. */
  now(): number
  onMalformed(client: Endpoint, reason: string): void
}

export type SessionEnd = { outcome: Outcome; figures: TransferFigures }

/** A running transfer: the state machine with its socket, timer and file. */
export type Session = {
  feed(event: TransferEvent): void
  state(): Transfer
  /** Resolves when socket and file are closed. */
  ended: Promise<SessionEnd>
}

/**
 * Starts sending a file to a client. The session owns the file and closes it.
 *
 * @throws the socket's error, with the file closed, when no port can be opened.
 */
export async function startSession(input: SessionInput, dependencies: SessionDependencies): Promise<Session> {
  const { client, file, agreement } = input
  const startedMs = dependencies.now()
  const finished = Promise.withResolvers<Outcome>()
  let sendError = ''

  const source = openBlockSource(file, agreement.blockBytes)
  const socket = await openTransferSocket({ ...input, ...dependencies, onMessage, onSendError }).catch(
    async (error: unknown) => {
      await source.close()
      throw error
    },
  )
  const queue = createBlockQueue({
    source,
    sendBlocks: socket.sendBlocks,
    onUnreadable: (error) => feed({ type: 'unreadable', detail: String(error) }),
  })
  const timer = createDeadlineTimer(dependencies.now, () => feed({ type: 'timeout' }))
  let [state, effects] = begin(planOf(input, dependencies.retransmission), startedMs)
  carryOut()

  function onMessage(bytes: Uint8Array, from: Endpoint): void {
    const event = readEvent(bytes, from, client)
    if (typeof event === 'string') dependencies.onMalformed(client, event)
    else feed(event)
  }

  function onSendError(error: Error): void {
    sendError = error.message
  }

  function feed(event: TransferEvent): void {
    ;[state, effects] = next(state, event, dependencies.now())
    carryOut()
  }

  function carryOut(): void {
    effects.forEach(perform)
    if (state.phase === 'ended') {
      timer.stop()
      queue.stop()
      finished.resolve(state.outcome)
      return
    }
    if (state.phase === 'sending') source.release(state.acked)
    timer.set(state.deadlineMs)
  }

  function perform(effect: Effect): void {
    if (effect.do === 'send-blocks') return queue.send(effect.first, effect.count)
    if (effect.do === 'send-oack')
      return socket.send(encodePacket({ op: 'oack', options: agreement.acknowledged }), client)
    const to = effect.to === 'client' ? client : effect.to
    return socket.send(encodePacket(errorPacket(effect.code, effect.message)), to)
  }

  async function end(): Promise<SessionEnd> {
    const outcome = await finished.promise
    await Promise.all([socket.close(), source.close()])
    const figures = {
      bytes: ackedBytes(state),
      ms: dependencies.now() - startedMs,
      retransmits: state.retransmits,
      options: agreement.acknowledged,
    }
    // The socket's last error is the best explanation of a client that never answered.
    const unexplained = outcome.result === 'failed' && outcome.detail === ''
    return { outcome: unexplained ? { ...outcome, detail: sendError } : outcome, figures }
  }

  return { feed, state: () => state, ended: end() }
}

function planOf({ file, agreement }: SessionInput, retransmission: RetransmissionPolicy): TransferPlan {
  const { acknowledged, ...terms } = agreement
  return { ...terms, sizeBytes: file.sizeBytes, acknowledgesOptions: acknowledged.length > 0, retransmission }
}

/** What a packet at the transfer's port means to the transfer, or why it means nothing. */
function readEvent(bytes: Uint8Array, from: Endpoint, client: Endpoint): TransferEvent | string {
  if (from.port !== client.port || from.address !== client.address) {
    return { type: 'stranger', from: { address: from.address, port: from.port } }
  }
  try {
    const packet = decodePacket(bytes)
    if (packet.op === 'ack') return { type: 'ack', block: packet.block }
    if (packet.op === 'error') return { type: 'error', code: packet.code, message: packet.message }
    return `${packet.op} from a client that is reading`
  } catch (error) {
    if (error instanceof MalformedPacket) return error.message
    throw error
  }
}
