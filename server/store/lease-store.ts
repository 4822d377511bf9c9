import type { Kysely, Selectable } from 'kysely'
import { isIpv4 } from '../dhcp/addresses.ts'
import type { Lease, LeaseStore } from '../dhcp/lease.ts'
import type { Tables } from './tables.ts'

function toLease(row: Selectable<Tables['leases']>): Lease[] {
  const { address, state, client, mac } = row
  if (!isIpv4(address)) return []
  const times = {
    startedAt: new Date(row.started_at),
    grantedAt: new Date(row.granted_at),
    expiresAt: new Date(row.expires_at),
  }
  return [{ address, state, client, mac, ...(row.host_name === null ? {} : { hostName: row.host_name }), ...times }]
}

/** DHCP leases, in the table `leases`. */
export function leaseStore(database: Kysely<Tables>): LeaseStore {
  return {
    all: async () => (await database.selectFrom('leases').selectAll().orderBy('started_at').execute()).flatMap(toLease),
    put: async ({ address, state, client, mac, hostName, startedAt, grantedAt, expiresAt }) => {
      const rest = {
        ...{ state, client, mac, host_name: hostName ?? null },
        started_at: startedAt.toISOString(),
        granted_at: grantedAt.toISOString(),
        expires_at: expiresAt.toISOString(),
      }
      await database
        .insertInto('leases')
        .values({ address, ...rest })
        .onConflict((conflict) => conflict.column('address').doUpdateSet(rest))
        .execute()
    },
    remove: async (address) => {
      await database.deleteFrom('leases').where('address', '=', address).execute()
    },
  }
}
