import {
  ipv4ToNumber,
  networkBounds,
  networkContains,
  rangeContains,
  rangeSize,
  type AddressRange,
  type Ipv4,
  type Network,
} from './addresses.ts'
import { DhcpError } from './errors.ts'

/** Modes that run. `proxy` has its place in the configuration and is refused there until it is built. */
export type DhcpMode = 'off' | 'pxe-lease' | 'full'

/** What clients of one network are told besides their address. */
export type NetworkOptions = {
  readonly routers?: readonly Ipv4[]
  readonly domainNameServers?: readonly Ipv4[]
  readonly domainName?: string
}

/** A network of its own with the range we lease there. */
export type Scope = NetworkOptions & { readonly network: Network; readonly range: AddressRange }

/** DHCP as configured; times have defaults that fit a workshop. */
export type DhcpConfig = NetworkOptions & {
  /** `pxe-lease` answers network-boot clients and our own environment only; `full` everybody. */
  readonly mode: DhcpMode | 'proxy'
  readonly interface: string
  /** Addresses leased on the interface's own network; needed by `pxe-lease` and `full`. */
  readonly range?: AddressRange
  /** Networks behind relay agents. */
  readonly relayed?: readonly Scope[]
  /** Default 1 hour in `pxe-lease` (a boot and a deployment), 12 hours in `full`. */
  readonly leaseSeconds?: number
  /** How long an offered address is kept; firmware gathers offers for up to 32 s before it asks. Default 60. */
  readonly offerSeconds?: number
  /** How long an address found taken is left alone. Default 600. */
  readonly quarantineSeconds?: number
  /** How long an ARP probe that met nobody holds good. Default 30. */
  readonly probeFreshSeconds?: number
}

/** What the interface is, as the system says. */
export type InterfaceFacts = {
  readonly address: Ipv4
  readonly prefixLength: number
  readonly mac: string
}

/** Checked configuration: what decisions are made from. */
export type Settings = {
  readonly mode: DhcpMode
  /** Our address and server identifier (option 54). */
  readonly serverAddress: Ipv4
  readonly local: Scope
  readonly relayed: readonly Scope[]
  readonly leaseSeconds: number
  readonly offerMs: number
  readonly quarantineMs: number
  readonly probeFreshMs: number
}

const LARGEST_RANGE = 65_536
const DEFAULT_LEASE_SECONDS = { off: 0, 'pxe-lease': 3600, full: 43_200 } as const

/**
 * Reads a mode.
 *
 * @throws DhcpError DHCP_MODE_NOT_YET for `proxy`, DHCP_MODE_UNKNOWN for anything else unknown.
 */
export function parseMode(mode: string): DhcpMode {
  if (mode === 'off' || mode === 'pxe-lease' || mode === 'full') return mode
  throw new DhcpError(mode === 'proxy' ? 'DHCP_MODE_NOT_YET' : 'DHCP_MODE_UNKNOWN', { mode })
}

/**
 * Checks a configuration against the interface it is for.
 *
 * @throws DhcpError DHCP_MODE_… and DHCP_RANGE_….
 */
export function checkSettings(config: DhcpConfig, facts: InterfaceFacts): Settings {
  const mode = parseMode(config.mode)
  if (!config.range) throw new DhcpError('DHCP_RANGE_MISSING', { mode })
  const local: Scope = {
    network: { address: facts.address, prefixLength: facts.prefixLength },
    range: config.range,
    ...(config.routers ? { routers: config.routers } : {}),
    ...(config.domainNameServers ? { domainNameServers: config.domainNameServers } : {}),
    ...(config.domainName ? { domainName: config.domainName } : {}),
  }
  const relayed = config.relayed ?? []
  for (const scope of [local, ...relayed]) checkScope(scope, facts.address)
  return {
    mode,
    serverAddress: facts.address,
    local,
    relayed,
    leaseSeconds: config.leaseSeconds ?? DEFAULT_LEASE_SECONDS[mode],
    offerMs: (config.offerSeconds ?? 60) * 1000,
    quarantineMs: (config.quarantineSeconds ?? 600) * 1000,
    probeFreshMs: (config.probeFreshSeconds ?? 30) * 1000,
  }
}

function checkScope({ network, range, routers }: Scope, serverAddress: Ipv4): void {
  const written = `${range.first}-${range.last}`
  if (ipv4ToNumber(range.first) > ipv4ToNumber(range.last))
    throw new DhcpError('DHCP_RANGE_INVALID', { range: written })
  const bounds = networkBounds(network)
  if (!networkContains(network, range.first) || !networkContains(network, range.last)) {
    const named = `${bounds.first}/${network.prefixLength}`
    throw new DhcpError('DHCP_RANGE_OUTSIDE_INTERFACE', { range: written, network: named })
  }
  const size = rangeSize(range)
  if (size > LARGEST_RANGE) {
    throw new DhcpError('DHCP_RANGE_TOO_LARGE', { range: written, size, limit: LARGEST_RANGE })
  }
  // Networks of two addresses have neither a name nor a broadcast address (RFC 3021).
  const own = network.prefixLength < 31 ? [bounds.first, bounds.last] : []
  const reserved = [serverAddress, ...(routers ?? []), ...own].find((address) => rangeContains(range, address))
  if (reserved) throw new DhcpError('DHCP_RANGE_HOLDS_RESERVED_ADDRESS', { range: written, address: reserved })
}

/** The scope that contains an address, own network first. */
export function scopeContaining(settings: Settings, address: Ipv4): Scope | undefined {
  return [settings.local, ...settings.relayed].find((scope) => networkContains(scope.network, address))
}

/** What the settings keep from every client, besides our own addresses: routers and name servers we tell clients of. */
export function configuredAddresses({ local, relayed }: Settings): Ipv4[] {
  return [local, ...relayed].flatMap(({ routers = [], domainNameServers = [] }) => [...routers, ...domainNameServers])
}
