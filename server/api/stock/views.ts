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

/** Records as the stock list shows them: what stands beside them is asked in one go for all. */
export async function viewRecords(
  records: readonly StockRecord[],
  { register, stock, deployments }: RecordViewDependencies,
): Promise<RecordView[]> {
  const trails = await deployments.trails.ofMachines(records.map(({ machineId }) => machineId))
  const verdicts = await stock.verdicts(records.map(({ id }) => id))
  const steps = await deployments.trails.stepsOf([...verdicts.values()].map(({ runId }) => runId))
  const before = await stock.beforeDelivery(records)
  const views: RecordView[] = []
  for (const record of records) {
    const machine = await register.get(record.machineId)
    if (machine === null) continue
    const runs = (trails.get(record.machineId) ?? []).slice(0, runsLookedAt)
    const verdict = verdicts.get(record.id)
    const walked = runs.map((run) => ({ ...run, steps: steps.get(run.id) ?? [] }))
    views.push(
      presentRecord(record, {
        machine,
        runs,
        evidence: verdict === undefined ? null : { ...verdict, holds: stillHolds(verdict, walked) },
        transitions: stock.transitionsFrom(record.state, before.get(record.id) ?? null),
      }),
    )
  }
  return views
}

/** A record as the stock list shows it. Throws Refusal MACHINE_UNKNOWN. */
export async function viewRecord(record: StockRecord, dependencies: RecordViewDependencies): Promise<RecordView> {
  const [view] = await viewRecords([record], dependencies)
  if (view === undefined) throw machineRefusal('MACHINE_UNKNOWN', { id: record.machineId })
  return view
}

/** What the last check of a machine has measured. Throws Refusal EVIDENCE_UNKNOWN. */
export async function viewEvidence(record: StockRecord, dependencies: RecordViewDependencies): Promise<EvidenceView> {
  const { register, stock, deployments } = dependencies
  const evidence = await stock.evidence(record.id)
  const run = evidence && (await deployments.get(evidence.runId))
  if (!evidence || !run) throw stockRefusal('EVIDENCE_UNKNOWN')
  const runs = await deployments.list({ machineId: record.machineId, limit: runsLookedAt })
  const events = await stock.history(record.id)
  const inventory = (await register.described(record.machineId))?.inventory ?? null
  return presentEvidence({ ...evidence, holds: stillHolds(evidence, runs) }, { run, inventory, events })
}
