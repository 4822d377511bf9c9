import type { Option } from './packet.ts'
import type { Endpoint, FailureReason } from './transfer.ts'

/** How a transfer went: bytes the client acknowledged, duration, packets sent more than once, options agreed on. */
export type TransferFigures = { bytes: number; ms: number; retransmits: number; options: readonly Option[] }

/** What happened, for logs and the boot trace; `file` is the mapped path, or the requested one where it was not mapped. */
export type TftpEvent =
  | { type: 'requested'; client: Endpoint; file: string; options: readonly Option[] }
  | ({ type: 'completed'; client: Endpoint; file: string } & TransferFigures)
  /** The client ended it on purpose: firmware that only asked the size, or a new request from the same port. */
  | ({ type: 'aborted'; client: Endpoint; file: string; reason: string } & TransferFigures)
  | ({ type: 'failed'; client: Endpoint; file: string; reason: FailureReason; detail: string } & TransferFigures)
  | { type: 'missing'; client: Endpoint; file: string; reason: string }
  | { type: 'refused'; client: Endpoint; file: string; reason: string }
  | { type: 'malformed'; client: Endpoint; reason: string }
  /** Once per server: windows leave one datagram at a time from now on. */
  | { type: 'segmentation-unavailable'; reason: string }
  /** The way to this client carries less than a segment: its window leaves in single datagrams, cut where they must be. */
  | { type: 'segments-too-long'; client: Endpoint; reason: string }
  /** The well-known port could not send or receive; it goes on. */
  | { type: 'socket-error'; reason: string }

/** Counts since the start, and transfers running now. */
export type TftpStats = {
  active: number
  requested: number
  completed: number
  aborted: number
  failed: number
  missing: number
  refused: number
  malformed: number
  bytes: number
  retransmits: number
  segmentation: 'used' | 'unavailable'
}

/** What `stats` is before anything happened. */
export const NO_STATS: TftpStats = {
  active: 0,
  requested: 0,
  completed: 0,
  aborted: 0,
  failed: 0,
  missing: 0,
  refused: 0,
  malformed: 0,
  bytes: 0,
  retransmits: 0,
  segmentation: 'used',
}

/** The counts after an event. */
export function countEvent(stats: TftpStats, event: TftpEvent): TftpStats {
  if (event.type === 'segmentation-unavailable') return { ...stats, segmentation: 'unavailable' }
  if (event.type === 'socket-error' || event.type === 'segments-too-long') return stats
  const counted = { ...stats, [event.type]: stats[event.type] + 1 }
  if (!('bytes' in event)) return counted
  return { ...counted, bytes: stats.bytes + event.bytes, retransmits: stats.retransmits + event.retransmits }
}
