import { ERROR_CODE } from './packet.ts'
import type { RetransmissionPolicy } from './retransmission.ts'

/**
 * The transfer of one file to one client as a state machine, without socket, file or clock: `begin`, then `next` for each
 * event.
 *
 *   begin ─ options acknowledged ─▶ offered ─ ACK 0 ─▶ sending ─ ACK of the last block ─▶ ended
 *         └ no options ────────────────────────────────▲
 *
 * Blocks are counted from 1 without wrapping; only the packet carries 16 bits of the count.
 */
export type TransferPlan = {
  sizeBytes: number
  blockBytes: number
  windowBlocks: number
  /** Whether an OACK opens the transfer. */
  acknowledgesOptions: boolean
  timeoutMs?: number
  retransmission: RetransmissionPolicy
}

type Waiting = {
  plan: TransferPlan
  /** When `timeout` is due, in the clock's milliseconds. */
  deadlineMs: number
  /** Retransmissions since the client last made progress. */
  attempt: number
  /** Packets sent more than once so far. */
  retransmits: number
}

export type Sending = Waiting & {
  phase: 'sending'
  /** Highest block the client has acknowledged. */
  acked: number
  /** Highest block sent. */
  sent: number
  /** When block `acked + 1` was last sent. */
  sentAtMs: number
  /** Time from the first block of a window to its acknowledgement, once measured on one that was sent only once. */
  windowMs?: number
  /**
   * Blocks up to this one were sent twice, so the client may repeat an ACK without having lost anything. Answering such
   * an ACK would send every later block twice, the Sorcerer's Apprentice Syndrome (RFC 1123 §4.2.3.1).
   */
  sentTwiceUntil: number
}

export type Ended = { phase: 'ended'; outcome: Outcome; ackedBytes: number; retransmits: number }

export type Transfer = (Waiting & { phase: 'offered' }) | Sending | Ended

export type Outcome =
  | { result: 'completed' }
  /** The client ended it on purpose (UEFI firmware only asks the size), or sent a new request. */
  | { result: 'aborted'; reason: string }
  | { result: 'failed'; reason: FailureReason; detail: string }

export type FailureReason = 'timed-out' | 'unconfirmed' | 'client-error' | 'unreadable' | 'stopped'

export type Endpoint = { address: string; port: number }

export type TransferEvent =
  | { type: 'ack'; block: number }
  | { type: 'error'; code: number; message: string }
  | { type: 'timeout' }
  /** The same request again: our answer was lost or slow. */
  | { type: 'request-repeated' }
  /** The client's port asked for something else. */
  | { type: 'request-replaced' }
  | { type: 'stranger'; from: Endpoint }
  | { type: 'unreadable'; detail: string }
  | { type: 'stop' }

export type Effect =
  | { do: 'send-oack' }
  | { do: 'send-blocks'; first: number; count: number }
  | { do: 'send-error'; to: 'client' | Endpoint; code: number; message: string }

export type Step = [state: Transfer, effects: readonly Effect[]]

/** The block that ends the file: shorter than the others, and empty when the size is a multiple of the block size. */
export function lastBlock({ sizeBytes, blockBytes }: TransferPlan): number {
  return Math.floor(sizeBytes / blockBytes) + 1
}

/** Opens a transfer: with the OACK where options were agreed on, with the first window otherwise (RFC 2347). */
export function begin(plan: TransferPlan, nowMs: number): Step {
  const waiting = { plan, deadlineMs: nowMs + firstTimeout(plan), attempt: 0, retransmits: 0 }
  if (plan.acknowledgesOptions) return [{ ...waiting, phase: 'offered' }, [{ do: 'send-oack' }]]
  return sendWindow({ ...waiting, phase: 'sending', acked: 0, sent: 0, sentAtMs: nowMs, sentTwiceUntil: -1 }, nowMs)
}

/** Takes a transfer one event further. `nowMs` is any clock that only goes forward. */
export function next(state: Transfer, event: TransferEvent, nowMs: number): Step {
  if (event.type === 'stranger') return [state, [refusal(event.from)]]
  if (state.phase === 'ended') return [state, []]
  switch (event.type) {
    case 'ack':
      return state.phase === 'offered' ? acceptOffer(state, event.block, nowMs) : acknowledge(state, event.block, nowMs)
    case 'timeout':
      return nowMs < state.deadlineMs ? [state, []] : repeat(state, nowMs)
    case 'request-repeated':
      return hasAnswered(state) ? [state, []] : resend(state, nowMs)
    case 'request-replaced':
      return [end(state, { result: 'aborted', reason: 'the client sent a new request from the same port' }), []]
    case 'error':
      return [end(state, outcomeOfError(state, event)), []]
    case 'unreadable':
      return giveUp(state, { result: 'failed', reason: 'unreadable', detail: event.detail }, 'The file cannot be read')
    case 'stop':
      return giveUp(state, { result: 'failed', reason: 'stopped', detail: '' }, 'The server is stopping')
  }
}

/** Whether the client has acknowledged anything in this transfer. */
export function hasAnswered(state: Transfer): boolean {
  if (state.phase === 'sending') return state.acked > 0 || state.plan.acknowledgesOptions
  return state.phase === 'ended'
}

/** Whether the client acknowledged something once and has been silent since. */
export function isSilent(state: Transfer): boolean {
  return state.phase === 'ended' || (hasAnswered(state) && state.attempt > 0)
}

/** Bytes of the file the client has acknowledged. */
export function ackedBytes(state: Transfer): number {
  if (state.phase === 'ended') return state.ackedBytes
  return state.phase === 'offered' ? 0 : Math.min(state.acked * state.plan.blockBytes, state.plan.sizeBytes)
}

function acceptOffer(state: Waiting & { phase: 'offered' }, block: number, nowMs: number): Step {
  if (block !== 0) return [state, []]
  const deadlineMs = nowMs + firstTimeout(state.plan)
  // An OACK sent twice is acknowledged twice.
  const echoUntil = state.retransmits > 0 ? 0 : -1
  const heard = { ...state, attempt: 0, deadlineMs }
  return sendWindow(
    { ...heard, phase: 'sending', acked: 0, sent: 0, sentAtMs: nowMs, sentTwiceUntil: echoUntil },
    nowMs,
  )
}

/** RFC 7440 §4: any block of the window may be acknowledged; the window goes on behind it. */
function acknowledge(state: Sending, block: number, nowMs: number): Step {
  const ahead = (block - state.acked) & 0xffff
  if (ahead > state.sent - state.acked) return [state, []]
  if (ahead === 0) return isGapReport(state, nowMs) ? goBack(state, nowMs) : [state, []]
  const heard = { ...state, acked: state.acked + ahead, attempt: 0, deadlineMs: nowMs + firstTimeout(state.plan) }
  if (heard.acked === lastBlock(state.plan)) return [end(heard, { result: 'completed' }), []]
  if (heard.acked === state.sent) return sendWindow(measured(heard, state, nowMs), nowMs)
  return mayBeDuplicate(heard, nowMs) ? slide(heard) : goBack(heard, nowMs)
}

/** A repeated ACK reports a missing block, but only with a window: in lock step it is the ACK of a block sent twice. */
function isGapReport(state: Sending, nowMs: number): boolean {
  return state.plan.windowBlocks > 1 && state.sent > state.acked && !mayBeDuplicate(state, nowMs)
}

/** ACKs of a block sent twice come within the time of a window; one repeated later reports a loss. */
function mayBeDuplicate(state: Sending, nowMs: number): boolean {
  if (state.acked > state.sentTwiceUntil) return false
  return state.windowMs === undefined || nowMs - state.sentAtMs <= state.windowMs
}

function measured(heard: Sending, before: Sending, nowMs: number): Sending {
  const sentOnce = before.attempt === 0 && before.sent > before.sentTwiceUntil
  return sentOnce ? { ...heard, windowMs: nowMs - before.sentAtMs } : heard
}

/** Sends the whole window behind the last acknowledged block; what of it was sent before counts as repeated. */
function sendWindow(state: Sending, nowMs: number): Step {
  const first = state.acked + 1
  const last = windowEnd(state)
  const retransmits = state.retransmits + (state.sent - state.acked)
  return [
    { ...state, sent: last, sentAtMs: nowMs, retransmits },
    [{ do: 'send-blocks', first, count: last - state.acked }],
  ]
}

function goBack(state: Sending, nowMs: number): Step {
  return sendWindow({ ...state, sentTwiceUntil: state.sent }, nowMs)
}

/** Moves the end of the window on without repeating blocks that are still in flight. */
function slide(state: Sending): Step {
  const last = windowEnd(state)
  if (last <= state.sent) return [state, []]
  return [{ ...state, sent: last }, [{ do: 'send-blocks', first: state.sent + 1, count: last - state.sent }]]
}

function windowEnd(state: Sending): number {
  return Math.min(state.acked + state.plan.windowBlocks, lastBlock(state.plan))
}

function repeat(state: Exclude<Transfer, Ended>, nowMs: number): Step {
  const attempt = state.attempt + 1
  const wait = state.plan.retransmission({ attempt, timeoutMs: state.plan.timeoutMs })
  if (wait === 'give-up') return [end(state, outcomeOfSilence(state)), []]
  return resend({ ...state, attempt, deadlineMs: nowMs + wait }, nowMs)
}

function resend(state: Exclude<Transfer, Ended>, nowMs: number): Step {
  if (state.phase === 'sending') return goBack(state, nowMs)
  return [{ ...state, retransmits: state.retransmits + 1 }, [{ do: 'send-oack' }]]
}

/** How long to wait for the answer to a packet sent for the first time. */
function firstTimeout(plan: TransferPlan): number {
  const wait = plan.retransmission({ attempt: 0, timeoutMs: plan.timeoutMs })
  return wait === 'give-up' ? 0 : wait
}

/** A client that has gone after its last ACK cannot repeat it when it is lost: the whole file was sent all the same. */
function outcomeOfSilence(state: Exclude<Transfer, Ended>): Outcome {
  const whole = state.phase === 'sending' && state.sent === lastBlock(state.plan)
  return { result: 'failed', reason: whole ? 'unconfirmed' : 'timed-out', detail: '' }
}

/**
 * UEFI asks for a file with `tsize` only to learn its size, and aborts with ERROR 8 (EDK2) or 0 (older PXE ROMs)
 * when it has the OACK: a normal end.
 */
function outcomeOfError(state: Transfer, error: { code: number; message: string }): Outcome {
  const detail = `ERROR ${error.code} ${error.message}`.trim()
  const normal = !hasAnswered(state) || error.code === ERROR_CODE.optionRefused
  return normal ? { result: 'aborted', reason: detail } : { result: 'failed', reason: 'client-error', detail }
}

function giveUp(state: Exclude<Transfer, Ended>, outcome: Outcome, message: string): Step {
  return [end(state, outcome), [{ do: 'send-error', to: 'client', code: ERROR_CODE.undefined, message }]]
}

function end(state: Exclude<Transfer, Ended>, outcome: Outcome): Ended {
  return { phase: 'ended', outcome, ackedBytes: ackedBytes(state), retransmits: state.retransmits }
}

/** RFC 1350 §4: a packet from elsewhere is answered with ERROR 5 and does not disturb the transfer. */
function refusal(to: Endpoint): Effect {
  return { do: 'send-error', to, code: ERROR_CODE.unknownTransfer, message: 'Unknown transfer ID' }
}
