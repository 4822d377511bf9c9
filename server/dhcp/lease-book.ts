import type { Ipv4 } from './addresses.ts'
import type { Lease, LeaseStore } from './lease.ts'
import { judged, shifted, type LeaseClock } from './lease-clock.ts'
import type { LeasePool } from './pool.ts'

/** The stored leases, in the time of the lease clock on our side and in the calendar's in the store. */
export type LeaseBook = {
  put(lease: Lease): Promise<void>
  remove(address: Ipv4): Promise<void>
  /** Writes running leases down again once the calendar was set, so that the next start reads them right. */
  follow(pool: Pick<LeasePool, 'running' | 'leaseAt'>): Promise<void>
}

/**
 * Reads all leases, as this start is to understand them. Those that had to be judged are written down at once: judged
 * anew at every start, they would never end.
 *
 * @throws what the store throws.
 */
export async function openLeaseBook(
  store: LeaseStore,
  clock: LeaseClock,
): Promise<{ leases: readonly Lease[]; book: LeaseBook }> {
  const leases: Lease[] = []
  for (const stored of await store.all()) {
    const lease = judged(stored, clock.now())
    if (lease !== stored) await store.put(lease)
    leases.push(lease)
  }
  let writtenAheadMs = 0

  const book: LeaseBook = {
    put: (lease) => store.put(shifted(lease, clock.aheadMs())),
    remove: (address) => store.remove(address),
    async follow(pool) {
      const aheadMs = clock.aheadMs()
      if (aheadMs === writtenAheadMs) return
      for (const { address } of pool.running(clock.now())) {
        // As it is by now: another message may have changed it while one before it was written.
        const lease = pool.leaseAt(address)
        if (lease) await store.put(shifted(lease, aheadMs))
      }
      writtenAheadMs = aheadMs
    },
  }
  return { leases, book }
}
