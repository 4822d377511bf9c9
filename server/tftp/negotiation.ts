import { DATA_HEADER_BYTES } from './packet.ts'
import type { Option } from './packet.ts'

/** Without the option, RFC 1350 blocks. */
const DEFAULT_BLOCK_BYTES = 512
/** RFC 2348: 8 to 65464. */
const SMALLEST_BLOCK_BYTES = 8
const LARGEST_BLOCK_BYTES = 65464
/** IPv4 header without options, and UDP header. */
const IP_UDP_HEADER_BYTES = 28

/** What an operator allows every transfer. */
export type TransferLimits = {
  /** Largest block ever agreed to, 8…65464. */
  maxBlockBytes: number
  /** Largest window ever agreed to (RFC 7440), in blocks. */
  maxWindowBlocks: number
}

/** What the way to one client allows besides. */
export type NegotiationLimits = TransferLimits & {
  /** Largest IP packet of the way. A block is never agreed to that would need fragments, which many firmwares lose. */
  mtuBytes: number
}

/** What both sides agreed on. `acknowledged` is the content of the OACK; when it is empty, no OACK is sent. */
export type Agreement = {
  blockBytes: number
  windowBlocks: number
  /** The interval of retransmission the client asked for (RFC 2349), if it did. */
  timeoutMs?: number
  acknowledged: readonly Option[]
}

/** What one option changes, and the value to acknowledge it with. */
type Accepted = { value: number; changes: Partial<Agreement> }
type OptionRule = (value: number, sizeBytes: number, limits: NegotiationLimits) => Accepted | undefined

const RULES: Readonly<Record<string, OptionRule>> = {
  // RFC 2348: the server may answer a smaller value, never a larger one.
  blksize: (value, _sizeBytes, limits) => {
    if (value < SMALLEST_BLOCK_BYTES) return undefined
    const blockBytes = Math.min(value, largestBlock(limits))
    return { value: blockBytes, changes: { blockBytes } }
  },
  // RFC 2349: 1 to 255 seconds, acknowledged with the same value or not at all.
  timeout: (value) => (value >= 1 && value <= 255 ? { value, changes: { timeoutMs: value * 1000 } } : undefined),
  // RFC 2349: in a read request the client sends 0 and the server answers the size.
  tsize: (_value, sizeBytes) => ({ value: sizeBytes, changes: {} }),
  // RFC 7440: 1 to 65535 blocks; the server may answer a smaller value.
  windowsize: (value, _sizeBytes, limits) => {
    if (value < 1 || value > 65535) return undefined
    const windowBlocks = Math.min(value, limits.maxWindowBlocks)
    return { value: windowBlocks, changes: { windowBlocks } }
  },
}

/**
 * Decides on the options of a read request (RFC 2347): accepted ones are acknowledged as the client spelt and ordered
 * them; unknown options, invalid values and repetitions are left out, which tells the client they do not hold.
 */
export function negotiate(requested: readonly Option[], sizeBytes: number, limits: NegotiationLimits): Agreement {
  const agreement: Agreement = { blockBytes: DEFAULT_BLOCK_BYTES, windowBlocks: 1, acknowledged: [] }
  const acknowledged: Option[] = []
  const seen = new Set<string>()
  for (const { name, value } of requested) {
    const key = name.toLowerCase()
    const accepted = seen.has(key) ? undefined : decide(key, value, sizeBytes, limits)
    seen.add(key)
    if (!accepted) continue
    Object.assign(agreement, accepted.changes)
    acknowledged.push({ name, value: String(accepted.value) })
  }
  return { ...agreement, acknowledged }
}

function decide(name: string, value: string, sizeBytes: number, limits: NegotiationLimits): Accepted | undefined {
  if (!Object.hasOwn(RULES, name) || !/^\d{1,15}$/.test(value)) return undefined
  return RULES[name]?.(Number(value), sizeBytes, limits)
}

function largestBlock({ maxBlockBytes, mtuBytes }: NegotiationLimits): number {
  const unfragmented = mtuBytes - IP_UDP_HEADER_BYTES - DATA_HEADER_BYTES
  return Math.max(SMALLEST_BLOCK_BYTES, Math.min(maxBlockBytes, unfragmented, LARGEST_BLOCK_BYTES))
}
