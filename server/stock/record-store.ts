import type { AgentKeyStore } from '../machines/agent-key-store.ts'
import type { KeptEvidence } from './evidence.ts'
import type { RecordEvent, StockRecord } from './record.ts'

export type RecordStore = {
  all(): Promise<StockRecord[]>
  get(id: string): Promise<StockRecord | null>
  forMachine(machineId: string): Promise<StockRecord | null>
  put(record: StockRecord): Promise<void>
  /** Adds an event; its number is given by the store. */
  addEvent(event: Omit<RecordEvent, 'id'>): Promise<RecordEvent>
  /** Newest first. */
  events(recordId: string): Promise<RecordEvent[]>
}

export type EvidenceStore = {
  /** Over what the run had before. */
  put(evidence: KeptEvidence): Promise<void>
  newestOf(recordId: string): Promise<KeptEvidence | null>
}

/** What the stock reads and writes, within a transaction of whoever moves a record. */
export type StockParts = {
  records: RecordStore
  evidence: EvidenceStore
  agentKeys: Pick<AgentKeyStore, 'removeOfMachine'>
}
