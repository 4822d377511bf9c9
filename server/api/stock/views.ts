import type { Deployments } from '../../deployments/deployments.ts'
import type { Register } from '../../machines/register.ts'
import { machineRefusal } from '../../machines/errors.ts'
import { stockRefusal } from '../../stock/errors.ts'
import { runsLookedAt, stillHolds } from '../../deployments/records/evidence-holds.ts'
import type { StockRecord } from '../../stock/record.ts'
import type { Stock } from '../../stock/stock.ts'
import { presentEvidence, presentRecord } from './present.ts'
import type { EvidenceView, RecordView } from './schema.ts'

export type RecordViewSources = { register: Register; stock: Stock; deployments: Deployments }

/** What lies around a record. */
async function surroundings({ id, machineId }: StockRecord, { register, stock, deployments }: RecordViewSources) {
  const [machine, runs, kept] = await Promise.all([
    register.get(machineId),
    deployments.list({ machineId, limit: runsLookedAt }),
    stock.evidence(id),
  ])
  if (!machine) throw machineRefusal('MACHINE_UNKNOWN', { id: machineId })
  return { machine, runs, evidence: kept && { ...kept, holds: stillHolds(kept, runs) } }
}

/** A record as the stock list shows it. */
export async function viewRecord(record: StockRecord, sources: RecordViewSources): Promise<RecordView> {
  const { machine, runs, evidence } = await surroundings(record, sources)
  return presentRecord(record, {
    ...{ machine, evidence },
    lastDone: runs.find(({ state }) => state.kind === 'done') ?? null,
    transitions: sources.stock.transitionsFrom(record.state),
  })
}

/** What the last check of a machine has measured. Throws Refusal EVIDENCE_UNKNOWN. */
export async function viewEvidence(record: StockRecord, sources: RecordViewSources): Promise<EvidenceView> {
  const { machine, evidence } = await surroundings(record, sources)
  const run = evidence && (await sources.deployments.get(evidence.runId))
  if (!evidence || !run) throw stockRefusal('EVIDENCE_UNKNOWN')
  const events = await sources.stock.history(record.id)
  return presentEvidence(evidence, { run, inventory: machine.inventory, events })
}
