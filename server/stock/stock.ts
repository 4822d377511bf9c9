import { randomUUID } from 'node:crypto'
import type { Evidence } from '../../agent/protocol/evidence.ts'
import type { Joining } from '../machines/decisions.ts'
import type { Machine } from '../machines/machine.ts'
import { createAnnouncements, type Announce } from '../events/announcements.ts'
import type { Transactions } from '../events/transactions.ts'
import type { EvidenceVerdict, KeptEvidence } from './evidence.ts'
import {
  keepEvidence,
  keepFacts,
  meetRecord,
  moveByPerson,
  moveBySystem,
  recordOf,
  type EvidenceHolds,
  type SystemMove,
  type TransitionRequest,
} from './record-changes.ts'
import { joinRecords } from './record-joining.ts'
import { recordStates, type RecordEvent, type RecordState, type StockRecord } from './record.ts'
import type { RecordFilter, StockParts } from './record-store.ts'
import { transitionsFrom } from './transitions.ts'

export type Stock = {
  /** Last changed first. */
  page(filter: RecordFilter): Promise<StockRecord[]>
  /** How many records there are of each state. */
  counts(): Promise<Record<RecordState, number>>
  get(id: string): Promise<StockRecord | null>
  /** Throws Refusal RECORD_UNKNOWN when there is no such machine. */
  forMachine(machineId: string): Promise<StockRecord>
  /** Newest first. */
  history(id: string): Promise<RecordEvent[]>
  /** What the last check of the machine has measured, whether it still holds or not. */
  evidence(id: string): Promise<KeptEvidence | null>
  /** The same without what was measured, of all these records at once, by their ids. */
  verdicts(ids: readonly string[]): Promise<Map<string, EvidenceVerdict>>
  /** States a person may move a record to from here, in the order to offer them. */
  transitionsFrom(state: RecordState, before: RecordState | null): RecordState[]
  /** Of the records among these that are delivered, what they were before, by their ids. */
  beforeDelivery(records: readonly StockRecord[]): Promise<Map<string, RecordState>>
  /** Throws Refusal RECORD_UNKNOWN, TRANSITION_NOT_ALLOWED, EVIDENCE_MISSING, REASON_MISSING. */
  transition(id: string, request: TransitionRequest): Promise<StockRecord>
  /** Told of every change of a record, its facts and its evidence too. */
  onChange(listener: (record: StockRecord) => void): () => void
  /** Part of a transaction that meets a machine: makes its record at first sight, `assembled` once memory and disk are there. */
  meet(parts: StockParts, machine: Machine, at: Date): Promise<Announce>
  /** Part of a transaction that makes one machine of two: the survivor's record says so, and knows what both knew. */
  join(parts: StockParts, joining: Joining): Promise<Announce>
  /** Part of a transaction that moves a run: moves the machine's record with it; where it is there already, nothing happens. */
  move(parts: StockParts, machineId: string, move: SystemMove): Promise<Announce>
  /** Part of a transaction that ends a check. */
  keepEvidence(
    parts: StockParts,
    machineId: string,
    measured: { runId: string; at: Date; evidence: Evidence },
  ): Promise<Announce>
  /** Part of a transaction that moves a run; null forgets what is known. */
  keepFacts(parts: StockParts, machineId: string, facts: Record<string, string> | null): Promise<Announce>
}

export type StockDependencies<Parts extends StockParts> = {
  store: StockParts & Transactions<Parts>
  evidenceHolds: EvidenceHolds<Parts>
  now: () => Date
  newId?: () => string
}

const none = Object.fromEntries(recordStates.map((state) => [state, 0])) as Record<RecordState, number>

/** The stock over a store. */
export function createStock<Parts extends StockParts>({
  store,
  evidenceHolds,
  now,
  newId = randomUUID,
}: StockDependencies<Parts>): Stock {
  const changes = createAnnouncements<[StockRecord]>()
  const announcing = (record: StockRecord | null): Announce => {
    return () => {
      if (record !== null) changes.announce(record)
    }
  }
  return {
    page: (filter) => store.records.page(filter),
    counts: async () => ({ ...none, ...(await store.records.counts()) }),
    get: (id) => store.records.get(id),
    forMachine: (machineId) => recordOf(store, machineId),
    history: (id) => store.records.events(id),
    evidence: (id) => store.evidence.newestOf(id),
    verdicts: (ids) => store.evidence.verdictsOf(ids),
    transitionsFrom,
    beforeDelivery: (records) =>
      store.records.beforeDelivery(records.filter(({ state }) => state === 'delivered').map(({ id }) => id)),
    transition: async (id, request) => {
      const record = await store.transaction((parts) => moveByPerson(parts, { id, request, at: now(), evidenceHolds }))
      changes.announce(record)
      return record
    },
    onChange: changes.add,
    join: async (parts, joining) => announcing(await joinRecords(parts, joining)),
    meet: async (parts, machine, at) => announcing(await meetRecord(parts, machine, at, newId)),
    move: async (parts, machineId, move) => announcing(await moveBySystem(parts, machineId, move)),
    keepEvidence: async (parts, machineId, measured) => announcing(await keepEvidence(parts, machineId, measured)),
    keepFacts: async (parts, machineId, facts) => announcing(await keepFacts(parts, machineId, facts)),
  }
}
