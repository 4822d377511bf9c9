import type { Deployments } from '../../deployments/deployments.ts'
import type { Register } from '../../machines/register.ts'
import { Refusal } from '../../refusal.ts'
import type { StockRecord } from '../../stock/record.ts'
import type { Stock } from '../../stock/stock.ts'
import { presentRecord } from './present.ts'
import type { RecordView } from './schema.ts'

export type RecordViewSources = { register: Register; stock: Stock; deployments: Deployments }

/** How many of a machine's runs are looked through for the last one that was finished. */
const runsLookedAt = 20

/** A record as the stock list shows it. */
export async function viewRecord(record: StockRecord, sources: RecordViewSources): Promise<RecordView> {
  const [machine, runs] = await Promise.all([
    sources.register.get(record.machineId),
    sources.deployments.list({ machineId: record.machineId, limit: runsLookedAt }),
  ])
  if (!machine) throw new Refusal('MACHINE_UNKNOWN', { id: record.machineId })
  return presentRecord(record, {
    machine,
    lastDone: runs.find(({ state }) => state.kind === 'done') ?? null,
    transitions: sources.stock.transitionsFrom(record.state),
  })
}
