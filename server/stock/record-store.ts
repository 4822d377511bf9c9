import type { AgentKeyStore } from '../machines/agent-key-store.ts'
import type { EvidenceVerdict, KeptEvidence } from './evidence.ts'
import type { RecordEvent, RecordState, StockRecord } from './record.ts'

/** A part of the stock: of one state or of all, from after a record on. */
export type RecordFilter = {
  state: RecordState | null
  /** The record before it, by its last change. */
  after: { at: string; id: string } | null
  limit: number
}

export type RecordStore = {
  /** Last changed first. */
  page(filter: RecordFilter): Promise<StockRecord[]>
  /** How many there are of each state; those of which there is none are left out. */
  counts(): Promise<Partial<Record<RecordState, number>>>
  get(id: string): Promise<StockRecord | null>
  forMachine(machineId: string): Promise<StockRecord | null>
  put(record: StockRecord): Promise<void>
  /** Adds an event; its number is given by the store. */
  addEvent(event: Omit<RecordEvent, 'id'>): Promise<RecordEvent>
  /** What these records were last that neither a run says of its own nor a delivery, by their ids. */
  beforeDelivery(recordIds: readonly string[]): Promise<Map<string, RecordState>>
  /** Newest first. */
  events(recordId: string): Promise<RecordEvent[]>
}

export type EvidenceStore = {
  /** Over what the run had before. */
  put(evidence: KeptEvidence): Promise<void>
  newestOf(recordId: string): Promise<KeptEvidence | null>
  /** The newest verdict of all these records at once, by their ids. */
  verdictsOf(recordIds: readonly string[]): Promise<Map<string, EvidenceVerdict>>
}

/** What the stock reads and writes, within a transaction of whoever moves a record. */
export type StockParts = {
  records: RecordStore
  evidence: EvidenceStore
  agentKeys: Pick<AgentKeyStore, 'removeOfMachine'>
}
