import type { HardwareAddress, Ipv4 } from './addresses.ts'
import type { DhcpPacket } from './packet.ts'

/**
 * What an address of ours is or was last used for. Ended leases are kept: a machine that comes back gets its address again.
 */
export type Lease = {
  readonly address: Ipv4
  /**
   * bound: given to a machine until `expiresAt`; released: given back by it;
   * quarantined: seen with somebody else (DECLINE, ARP), not given to anybody until `expiresAt`.
   */
  readonly state: 'bound' | 'released' | 'quarantined'
  /** The machine the address belongs to (see clientKey); for a quarantined one, whoever reported or holds it. */
  readonly client: string
  readonly mac: HardwareAddress
  /** What the client called itself (option 12). */
  readonly hostName?: string
  readonly startedAt: Date
  /** When it was given or last renewed: from here to `expiresAt` is its length. */
  readonly grantedAt: Date
  readonly expiresAt: Date
}

/** Where leases are kept over restarts. A promise is fulfilled only when the fact would survive a power cut. */
export type LeaseStore = {
  all(): Promise<readonly Lease[]>
  /** Writes a lease over whatever was known of its address. */
  put(lease: Lease): Promise<void>
  remove(address: Ipv4): Promise<void>
}

const ETHERNET = 1

/**
 * The name one machine has in our leases.
 *
 * RFC 2131 §4.2 and RFC 4361 would take the client identifier (option 61). But one PC speaks through its PXE ROM (a UUID
 * or nothing), GRUB, udhcpc (type 1 and MAC) and systemd (a DUID) within one boot, and would use up four addresses, lose
 * the one shim was loaded from, and could not be recognised. All of them send the same Ethernet address, so that is the
 * key; other hardware, where chaddr may be empty (InfiniBand, RFC 4390), goes by its identifier.
 */
export function clientKey(packet: DhcpPacket): string {
  const { clientIdentifier } = packet.options
  if (packet.htype === ETHERNET && packet.chaddr !== '') return packet.chaddr
  if (clientIdentifier) return `id:${Buffer.from(clientIdentifier).toString('hex')}`
  return `${packet.htype}:${packet.chaddr}`
}

/** The client's own name for itself if it is fit to be shown: a host name of RFC 1123, else undefined. */
export function reportedHostName(packet: DhcpPacket): string | undefined {
  const { hostName } = packet.options
  return hostName !== undefined && /^[a-z0-9]([a-z0-9-.]{0,61}[a-z0-9])?$/i.test(hostName) ? hostName : undefined
}
