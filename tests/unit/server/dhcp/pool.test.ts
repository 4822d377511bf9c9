import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { numberToIpv4, rangeContains } from '../../../../server/dhcp/addresses.ts'
import { LeasePool, type PoolChange } from '../../../../server/dhcp/pool.ts'
import { ENDED, lease, RANGE, START } from './workshop.ts'
import { runs } from '../../property-runs.ts'

describe('the pool', () => {
  test('gives a machine the same address even if every lease was lost', () => {
    const first = new LeasePool([]).choose(RANGE, 'machine', undefined, START)
    expect(new LeasePool([]).choose(RANGE, 'machine', undefined, START)).toBe(first)
  })

  test('takes an address nobody ever had before one that has been free for long', () => {
    const leases = Array.from({ length: 9 }, (_, index) =>
      lease(`10.77.0.${50 + index}`, { client: `old${index}`, expiresAt: new Date(ENDED.getTime() - index * 1000) }),
    )
    expect(new LeasePool(leases).choose(RANGE, 'new', undefined, START)).toBe('10.77.0.59')
    const full = [...leases, lease('10.77.0.59', { client: 'last', expiresAt: ENDED })]
    expect(new LeasePool(full).choose(RANGE, 'new', undefined, START)).toBe('10.77.0.58')
  })

  test('never chooses a quarantined address before its time', () => {
    const range = { first: '10.77.0.50', last: '10.77.0.50' } as const
    const pool = new LeasePool([lease('10.77.0.50', { state: 'quarantined' })])
    expect(pool.choose(range, 'new', undefined, START)).toBeUndefined()
    expect(pool.choose(range, 'new', undefined, new Date(START.getTime() + 3_600_001))).toBe('10.77.0.50')
  })

  test('never gives two machines one address, whatever happens in whatever order', () => {
    const client = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
    const step = fc.record({ client, what: fc.constantFrom('offer', 'lease', 'release', 'decline', 'wait') })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const range = { first: '10.77.0.50', last: '10.77.0.53' } as const
        const pool = new LeasePool([])
        let now = START
        for (const { client: who, what } of steps) {
          if (what === 'wait') now = new Date(now.getTime() + 30_000)
          const address = pool.choose(range, who, undefined, now)
          if (address === undefined) continue
          expect(rangeContains(range, address)).toBe(true)
          const until = new Date(now.getTime() + 60_000)
          const record = lease(address, { client: who, startedAt: now, grantedAt: now, expiresAt: until })
          const changes: Record<typeof what, PoolChange[]> = {
            offer: [{ change: 'hold', hold: { address, client: who, until } }],
            lease: [{ change: 'lease', lease: record }],
            release: [{ change: 'lease', lease: { ...record, state: 'released', expiresAt: now } }],
            decline: [{ change: 'lease', lease: { ...record, state: 'quarantined' } }],
            wait: [],
          }
          for (const change of changes[what]) pool.apply(change)
          const others = ['a', 'b', 'c', 'd', 'e', 'f'].filter((other) => other !== who)
          if (what === 'offer' || what === 'lease') {
            for (const other of others) {
              expect(pool.isAvailable(address, other, now)).toBe(false)
              expect(pool.choose(range, other, address, now)).not.toBe(address)
            }
          }
        }
      }),
      { numRuns: runs(500) },
    )
  })

  test('stays quick when a large range is full', () => {
    const leases = Array.from({ length: 65_536 }, (_, index) =>
      lease(numberToIpv4(0x0a010000 + index), { client: `c${index}` }),
    )
    const pool = new LeasePool(leases)
    expect(pool.choose({ first: '10.1.0.0', last: '10.1.255.255' }, 'new', undefined, START)).toBeUndefined()
    expect(pool.boundCount(START)).toBe(65_536)
  })
})
