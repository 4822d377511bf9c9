import type { Deployments } from '../../deployments/deployments.ts'
import type { DhcpStats } from '../../dhcp/listener.ts'
import type { PresenceTracker } from '../../machines/presence.ts'
import type { Stock } from '../../stock/stock.ts'
import type { TftpStats } from '../../tftp/events.ts'
import type { Metrics, Samples } from './registry.ts'

export type MeasureDependencies = {
  presence: PresenceTracker
  stock: Pick<Stock, 'counts'>
  deployments: Pick<Deployments, 'trails'>
  hub: { readers(): number }
  /** Null while the service is off. */
  dhcp: () => DhcpStats | null
  tftp: () => TftpStats | null
}

/** Says what is measured, by which names. */
export function addMeasures(metrics: Metrics, dependencies: MeasureDependencies): void {
  const { presence, stock, deployments, hub, dhcp, tftp } = dependencies
  metrics.gauge('etabli_machines_present', 'Machines on the network now.', () => {
    const { booting, refused, present } = presence.counts()
    return labelled('presence', { booting, refused, present })
  })
  metrics.gauge('etabli_stock_records', 'Stock records by state.', async () => labelled('state', await stock.counts()))
  metrics.gauge('etabli_runs_active', 'Runs that are not over, by state.', async () =>
    labelled('state', {
      waiting: 0,
      running: 0,
      attention: 0,
      ...countBy(await deployments.trails.active(), ({ state }) => state),
    }),
  )
  metrics.gauge('etabli_event_readers', 'Browsers that listen to live events.', () => [{ value: hub.readers() }])
  metrics.gauge('etabli_dhcp_leases', 'Addresses leased now.', () => [{ value: dhcp()?.leased ?? 0 }])
  metrics.external('etabli_dhcp_events_total', 'DHCP events by type.', () => labelled('type', dhcp()?.events ?? {}))
  metrics.gauge('etabli_tftp_transfers_active', 'TFTP transfers going on.', () => [{ value: tftp()?.active ?? 0 }])
  metrics.external('etabli_tftp_bytes_total', 'Bytes that TFTP clients acknowledged.', () => [
    { value: tftp()?.bytes ?? 0 },
  ])
  metrics.external('etabli_tftp_requests_total', 'TFTP requests by how they ended.', () => {
    const stats = tftp()
    if (!stats) return []
    const { completed, aborted, failed, missing, refused, malformed } = stats
    return labelled('outcome', { completed, aborted, failed, missing, refused, malformed })
  })
}

function labelled(name: string, values: Readonly<Record<string, number>>): Samples {
  return Object.entries(values).map(([label, value]) => ({ labels: { [name]: label }, value }))
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1
  return counts
}
