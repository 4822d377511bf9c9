import type { Sentence } from '../../../text/sentence.ts'
import type { Phase } from '../../../tasksequences/sequence.ts'
import type { RecordState } from '../../stock/record.ts'

/** Where a machine stands, as lists need it: its record, and its run that goes on, else its last one. */
export type Situation = {
  machineId: string
  record: { id: string; state: RecordState }
  /** Whether an agent is left in its Windows that can prove itself: it sleeps, or is there. */
  hasAgent: boolean
  run: { id: string; name: string; isActive: boolean; next: { phase: Phase; name: Sentence } | null } | null
}

export type SituationStore = {
  /** Of all these machines at once, by their ids; one that is not known is left out. */
  of(machineIds: readonly string[]): Promise<Map<string, Situation>>
  /** Machines with a run that goes on, or is done since that time. */
  busySince(time: Date): Promise<string[]>
}
