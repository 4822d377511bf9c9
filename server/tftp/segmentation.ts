import { DATA_HEADER_BYTES } from './packet.ts'

/** IPv4 and UDP headers. */
const HEADER_BYTES = 28
/** Largest payload one UDP send may have. */
const MAX_SEND_BYTES = 65507
/** UDP_MAX_SEGMENTS of Linux up to 6.8; later kernels take 128. */
const MAX_SEGMENTS = 64
/** OACK and ERROR leave by the same socket and must not be cut: ours stay below this. */
const LONGEST_CONTROL_PACKET = 500

export type SegmentationPlan = { segmentBytes: number; blocksPerSend: number }

/**
 * Whether windows of such blocks can leave in one system call (UDP_SEGMENT, udp(7)), and how many blocks at once.
 *
 * @returns `undefined` when datagrams must leave one by one: in lock step, where a block does not fit the link, or where
 * blocks are so small that the socket would cut an OACK.
 */
export function planSegmentation(
  blockBytes: number,
  windowBlocks: number,
  mtuBytes: number,
): SegmentationPlan | undefined {
  const segmentBytes = DATA_HEADER_BYTES + blockBytes
  const fits = segmentBytes + HEADER_BYTES <= mtuBytes && 2 * segmentBytes <= MAX_SEND_BYTES
  if (windowBlocks < 2 || !fits || segmentBytes < LONGEST_CONTROL_PACKET) return undefined
  return { segmentBytes, blocksPerSend: Math.min(MAX_SEGMENTS, Math.floor(MAX_SEND_BYTES / segmentBytes)) }
}

/**
 * What a segmenting socket fails with.
 *
 * `unsupported`: the kernel, or the device's driver, cannot segment at all (udp_send_skb of Linux, setsockopt).
 * `too-long`: one segment is longer than the way to this client carries now. That is EINVAL up to Linux 6.13 and EMSGSIZE
 * since, where a plain datagram would leave in fragments.
 */
export type SegmentationFailure = 'unsupported' | 'too-long'

const FAILURES: Readonly<Record<string, SegmentationFailure>> = {
  EIO: 'unsupported',
  ENOPROTOOPT: 'unsupported',
  EOPNOTSUPP: 'unsupported',
  ENOSYS: 'unsupported',
  EINVAL: 'too-long',
  EMSGSIZE: 'too-long',
}

/** Whether an error of a segmenting socket means: send one by one instead; and for whom. */
export function segmentationFailure(error: unknown): SegmentationFailure | undefined {
  return error instanceof Error && 'code' in error ? FAILURES[String(error.code)] : undefined
}
