import type { Ipv4 } from '../../../../server/dhcp/addresses.ts'
import type { BootAnswer } from '../../../../server/dhcp/boot.ts'
import { decide } from '../../../../server/dhcp/decide.ts'
import type { Decision, Ignored, Noted, Reply } from '../../../../server/dhcp/decision.ts'
import type { Lease } from '../../../../server/dhcp/lease.ts'
import type { DhcpPacket } from '../../../../server/dhcp/packet.ts'
import { LeasePool } from '../../../../server/dhcp/pool.ts'
import { checkSettings, type DhcpConfig, type Settings } from '../../../../server/dhcp/settings.ts'
import { MAC, SERVER } from './client-messages.ts'

export const START = new Date('2026-11-23T08:00:00Z')
export const SHIM: BootAnswer = { kind: 'boot', server: SERVER, file: 'shimx64.efi' }
export const RANGE = { first: '10.77.0.50', last: '10.77.0.59' } as const

export function settings(config: Partial<DhcpConfig> = {}): Settings {
  const whole: DhcpConfig = {
    mode: 'pxe-lease',
    interface: 'bench0',
    range: RANGE,
    routers: ['10.77.0.254'],
    domainNameServers: ['10.77.0.253'],
    domainName: 'bench.example',
    ...config,
  }
  return checkSettings(whole, { address: SERVER, prefixLength: 24, mac: '02:00:5e:00:00:fe' })
}

export function lease(address: Ipv4, changes: Partial<Lease> = {}): Lease {
  const expiresAt = new Date(START.getTime() + 3_600_000)
  return { address, state: 'bound', client: MAC, mac: MAC, startedAt: START, grantedAt: START, expiresAt, ...changes }
}

export const ENDED = new Date(START.getTime() - 1000)

/** A pool with a clock, in which decisions take effect and the wire is as empty as told. */
export type Workshop = {
  pool: LeasePool
  now: Date
  /** Decides until nothing is missing, as the listener does, and applies the changes. */
  decide(request: DhcpPacket): Reply | Ignored | Noted
  decideOnce(request: DhcpPacket): Decision
}

export function workshop(
  set: Settings,
  given: { leases?: Lease[]; boot?: BootAnswer; taken?: readonly Ipv4[] } = {},
): Workshop {
  const pool = new LeasePool(given.leases ?? [])
  const answer = given.boot ?? SHIM
  return {
    pool,
    now: START,
    decideOnce(request) {
      return decide(request, { settings: set, pool, now: this.now })
    },
    decide(request) {
      let boot: { address: Ipv4; answer: BootAnswer } | undefined
      for (;;) {
        const decision = decide(request, { settings: set, pool, now: this.now, ...(boot ? { boot } : {}) })
        if (decision.kind === 'needs-boot') {
          boot = { address: decision.ask.address, answer }
          continue
        }
        for (const change of decision.changes) pool.apply(change)
        if (decision.kind !== 'needs-probe') return decision
        const until = new Date(this.now.getTime() + 30_000)
        const { address } = decision
        if (given.taken?.includes(address)) {
          pool.apply({
            change: 'lease',
            lease: lease(address, { state: 'quarantined', client: 'somebody', expiresAt: until }),
          })
        } else pool.apply({ change: 'seen-free', address, until })
      }
    },
  }
}
