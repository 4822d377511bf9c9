import type { RunTrail } from '../../deployments/records/run-trail.ts'
import { labelOf, type Machine } from '../../machines/machine.ts'
import type { EvidenceVerdict, KeptEvidence } from '../../stock/evidence.ts'
import { serverItems, type EvidenceContext } from '../../deployments/records/evidence-items.ts'
import { phasesOf } from '../../deployments/timing/run-phases.ts'
import type { RecordEvent, RecordState, StockRecord } from '../../stock/record.ts'
import type { EvidenceView, RecordEventView, RecordView } from './schema.ts'

/** What of a record's surroundings the stock list shows. */
export type RecordContext = {
  machine: Machine
  /** Newest first. */
  runs: readonly RunTrail[]
  /** The last check's, and whether it still counts. */
  evidence: (EvidenceVerdict & { holds: boolean }) | null
  transitions: RecordState[]
}

/** The Windows that the last finished run wrote; null when none did. */
export function windowsOf(runs: readonly RunTrail[]): string | null {
  const image = runs.find(({ state }) => state === 'done')?.image
  return image ? `${image.name} (${image.build})` : null
}

export function presentRecord(record: StockRecord, context: RecordContext): RecordView {
  const { machine, runs, evidence, transitions } = context
  const internal = machine.hardware?.disks ?? []
  return {
    id: record.id,
    machineId: machine.id,
    label: labelOf(machine),
    code: machine.code,
    serial: machine.serial,
    product: machine.product,
    manufacturer: machine.manufacturer,
    memoryBytes: machine.hardware?.memoryBytes ?? null,
    diskBytes: internal.length > 0 ? internal.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) : null,
    windows: windowsOf(runs),
    state: record.state,
    reason: record.reason,
    sentence: record.sentence,
    createdAt: record.createdAt.toISOString(),
    changedAt: record.changedAt.toISOString(),
    facts: record.facts,
    evidence: evidence && {
      ...{ runId: evidence.runId, at: evidence.at.toISOString() },
      ...{ passed: evidence.passed, holds: evidence.holds },
    },
    transitions,
  }
}

/** Evidence with what the server adds to it. */
export function presentEvidence(
  evidence: KeptEvidence & { holds: boolean },
  dependencies: EvidenceContext,
): EvidenceView {
  const { run } = dependencies
  return {
    runId: run.id,
    at: evidence.at.toISOString(),
    passed: evidence.passed,
    holds: evidence.holds,
    items: [...evidence.items, ...serverItems(dependencies, evidence.items)],
    sequence: run.sequence,
    phases: phasesOf(run).map(({ phase, startedAt, endedAt }) => ({
      ...{ phase, startedAt: startedAt.toISOString() },
      endedAt: endedAt?.toISOString() ?? null,
    })),
  }
}

export function presentRecordEvent({ id, at, by, from, to, reason, sentence, runId }: RecordEvent): RecordEventView {
  return { id, at: at.toISOString(), by, from, to, reason, sentence, runId }
}
