import type { Deployments } from '../../deployments/deployments.ts'
import type { Register } from '../../machines/register.ts'
import { machineRefusal } from '../../machines/errors.ts'
import { stockRefusal } from '../../stock/errors.ts'
import { runsLookedAt, stillHolds } from '../../deployments/records/evidence-holds.ts'
import type { StockRecord } from '../../stock/record.ts'
import type { Stock } from '../../stock/stock.ts'
import { presentEvidence, presentRecord } from './present.ts'
import type { EvidenceView, RecordView } from './schema.ts'

export type RecordViewDependencies = { register: Register; stock: Stock; deployments: Deployments }

/** What a record's view shows beside the record. */
async function contextOf({ id, machineId }: StockRecord, { register, stock, deployments }: RecordViewDependencies) {
  const [machine, runs, kept] = await Promise.all([
    register.get(machineId),
    deployments.list({ machineId, limit: runsLookedAt }),
    stock.evidence(id),
  ])
  if (!machine) throw machineRefusal('MACHINE_UNKNOWN', { id: machineId })
  return { machine, runs, evidence: kept && { ...kept, holds: stillHolds(kept, runs) } }
}

/** A record as the stock list shows it. */
export async function viewRecord(record: StockRecord, dependencies: RecordViewDependencies): Promise<RecordView> {
  const { machine, runs, evidence } = await contextOf(record, dependencies)
  return presentRecord(record, {
    ...{ machine, evidence },
    lastDone: runs.find(({ state }) => state.kind === 'done') ?? null,
    transitions: dependencies.stock.transitionsFrom(record.state),
  })
}

/** What the last check of a machine has measured. Throws Refusal EVIDENCE_UNKNOWN. */
export async function viewEvidence(record: StockRecord, dependencies: RecordViewDependencies): Promise<EvidenceView> {
  const { machine, evidence } = await contextOf(record, dependencies)
  const run = evidence && (await dependencies.deployments.get(evidence.runId))
  if (!evidence || !run) throw stockRefusal('EVIDENCE_UNKNOWN')
  const events = await dependencies.stock.history(record.id)
  const inventory = (await dependencies.register.described(machine.id))?.inventory ?? null
  return presentEvidence(evidence, { run, inventory, events })
}
