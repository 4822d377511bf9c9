import { open, readFile } from 'node:fs/promises'
import { isIpv4 } from '../../../server/dhcp/addresses.ts'
import type { Lease, LeaseStore } from '../../../server/dhcp/lease.ts'

/** A lease store that survives `kill -9`: one JSON line a fact, flushed to the disk before it counts. */
export function fileLeaseStore(path: string): LeaseStore {
  async function append(line: unknown): Promise<void> {
    const file = await open(path, 'a')
    try {
      await file.appendFile(`${JSON.stringify(line)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
  }
  return {
    async all() {
      const leases = new Map<string, Lease>()
      for (const line of (await readFile(path, { encoding: 'utf8', flag: 'a+' })).split('\n')) {
        if (line === '') continue
        const entry: { put?: Lease; remove?: string } = JSON.parse(line)
        if (entry.remove !== undefined) leases.delete(entry.remove)
        if (entry.put && isIpv4(entry.put.address)) leases.set(entry.put.address, revived(entry.put))
      }
      return [...leases.values()]
    },
    put: (lease) => append({ put: lease }),
    remove: (address) => append({ remove: address }),
  }
}

function revived(lease: Lease): Lease {
  const { startedAt, grantedAt, expiresAt } = lease
  return {
    ...lease,
    startedAt: new Date(startedAt),
    grantedAt: new Date(grantedAt),
    expiresAt: new Date(expiresAt),
  }
}
