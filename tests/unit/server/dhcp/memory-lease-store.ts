import type { Ipv4 } from '../../../../server/dhcp/addresses.ts'
import type { Lease, LeaseStore } from '../../../../server/dhcp/lease.ts'

/** A lease store for tests: what was put is what is there. */
export function memoryLeaseStore(leases = new Map<Ipv4, Lease>()): LeaseStore & { readonly leases: Map<Ipv4, Lease> } {
  return {
    leases,
    all: async () => [...leases.values()],
    put: async (lease) => {
      leases.set(lease.address, lease)
    },
    remove: async (address) => {
      leases.delete(address)
    },
  }
}
