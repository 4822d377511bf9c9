import type { Run } from '../../deployments/run.ts'
import { labelOf, type Machine } from '../../machines/machine.ts'
import type { RecordEvent, RecordState, StockRecord } from '../../stock/record.ts'
import type { RecordEventView, RecordView } from './schema.ts'

/** What of a record's surroundings the stock list shows. */
export type RecordSurroundings = { machine: Machine; lastDone: Run | null; transitions: RecordState[] }

export function presentRecord(record: StockRecord, { machine, lastDone, transitions }: RecordSurroundings): RecordView {
  const internal = machine.inventory?.disks.filter(({ removable, bootMedium }) => !removable && !bootMedium) ?? []
  return {
    id: record.id,
    machineId: machine.id,
    label: labelOf(machine),
    code: machine.code,
    serial: machine.serial,
    product: machine.product,
    manufacturer: machine.manufacturer,
    memoryBytes: machine.inventory?.memory.totalBytes ?? null,
    diskBytes: internal.length > 0 ? internal.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) : null,
    windows: lastDone?.image ? `${lastDone.image.name} (${lastDone.image.build})` : null,
    state: record.state,
    reason: record.reason,
    words: record.words,
    createdAt: record.createdAt.toISOString(),
    changedAt: record.changedAt.toISOString(),
    transitions,
  }
}

export function presentRecordEvent({ id, at, by, from, to, reason, words, runId }: RecordEvent): RecordEventView {
  return { id, at: at.toISOString(), by, from, to, reason, words, runId }
}
