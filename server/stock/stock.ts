import type { Store } from '../store/parts.ts'
import type { RecordEvent, RecordState, StockRecord } from './record.ts'

export type TransitionRequest = { to: RecordState; reason: string; by: string; override?: boolean; runId?: string }

export type Stock = {
  list(): Promise<StockRecord[]>
  get(id: string): Promise<StockRecord | null>
  /** Throws Refusal RECORD_UNKNOWN when there is no such machine. */
  forMachine(machineId: string): Promise<StockRecord>
  /** Newest first. */
  history(id: string): Promise<RecordEvent[]>
  /** States a person may move a record to from here, in the order to offer them. */
  transitionsFrom(state: RecordState): RecordState[]
  /** Throws Refusal RECORD_UNKNOWN, TRANSITION_NOT_ALLOWED, EVIDENCE_MISSING. */
  transition(id: string, request: TransitionRequest): Promise<StockRecord>
  onChange(listener: (record: StockRecord, event: RecordEvent) => void): () => void
}

export type StockDependencies = { store: Store; now: () => Date }

/** The stock over a store. */
export function createStock(_dependencies: StockDependencies): Stock {
  throw new Error('not built yet')
}
