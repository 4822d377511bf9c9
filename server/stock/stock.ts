import { randomUUID } from 'node:crypto'
import type { Sentence } from '../../agent/protocol.ts'
import type { Machine } from '../machines/machine.ts'
import { Refusal } from '../refusal.ts'
import { createAnnouncements } from '../store/announcements.ts'
import type { Store, StoreParts } from '../store/parts.ts'
import { isAssembled } from './first-sight.ts'
import type { RecordEvent, RecordState, StockRecord } from './record.ts'
import { judgeMove, transitionsFrom } from './transitions.ts'

export type TransitionRequest = { to: RecordState; reason: string; by: string; override?: boolean; runId?: string }

/** A move that Etabli makes by itself: for a run, or at the sight of a machine. */
export type SystemMove = { to: RecordState; words: Sentence; by: string; runId: string | null; at: Date }

/** Tells the listeners; called when the transaction is over. */
export type Announce = () => void

export type Stock = {
  list(): Promise<StockRecord[]>
  get(id: string): Promise<StockRecord | null>
  /** Throws Refusal RECORD_UNKNOWN when there is no such machine. */
  forMachine(machineId: string): Promise<StockRecord>
  /** Newest first. */
  history(id: string): Promise<RecordEvent[]>
  /** States a person may move a record to from here, in the order to offer them. */
  transitionsFrom(state: RecordState): RecordState[]
  /** Throws Refusal RECORD_UNKNOWN, TRANSITION_NOT_ALLOWED, EVIDENCE_MISSING, REASON_MISSING. */
  transition(id: string, request: TransitionRequest): Promise<StockRecord>
  onChange(listener: (record: StockRecord, event: RecordEvent) => void): () => void
  /** Part of a transaction that meets a machine: makes its record at first sight, `assembled` once memory and disk are there. */
  meet(parts: StoreParts, machine: Machine, at: Date): Promise<Announce>
  /** Part of a transaction that moves a run: moves the machine's record with it; where it is there already, nothing happens. */
  move(parts: StoreParts, machineId: string, move: SystemMove): Promise<Announce>
}

export type StockDependencies = { store: Store; now: () => Date; newId?: () => string }

type Change = { record: StockRecord; event: RecordEvent }
type Entry = Omit<RecordEvent, 'id' | 'recordId' | 'from'>

/** Writes an event and the state it leads to. */
async function enter(parts: StoreParts, record: StockRecord, from: RecordState | null, entry: Entry): Promise<Change> {
  const { at, to, reason, words } = entry
  const moved: StockRecord = { ...record, state: to, reason, words, changedAt: at }
  await parts.records.put(moved)
  const event = await parts.records.addEvent({ ...entry, recordId: record.id, from })
  return { record: moved, event }
}

const firstSeen: Sentence = {
  fr: 'Vu pour la première fois sur le réseau.',
  en: 'Seen on the network for the first time.',
}
const fitted: Sentence = { fr: 'Mémoire et disque interne sont montés.', en: 'Memory and internal disk are fitted.' }

/** The reason as its French words: what a person wrote stands beside it in the same column. */
function said(words: Sentence): { reason: string; words: Sentence } {
  return { reason: words.fr, words }
}

/** The record a machine has, or Refusal RECORD_UNKNOWN. */
async function recordOf(parts: StoreParts, machineId: string): Promise<StockRecord> {
  const record = await parts.records.forMachine(machineId)
  if (!record) throw new Refusal('RECORD_UNKNOWN', { machineId })
  return record
}

async function meetRecord(parts: StoreParts, machine: Machine, at: Date, newId: () => string): Promise<Change[]> {
  const changes: Change[] = []
  let record = await parts.records.forMachine(machine.id)
  if (!record) {
    const made: StockRecord = {
      ...{ id: newId(), machineId: machine.id, state: 'received', ...said(firstSeen) },
      ...{ createdAt: at, changedAt: at },
    }
    const change = await enter(parts, made, null, { at, by: 'etabli', to: 'received', ...said(firstSeen), runId: null })
    changes.push(change)
    record = change.record
  }
  if (record.state === 'received' && machine.inventory !== null && isAssembled(machine.inventory)) {
    const entry: Entry = { at, by: 'etabli', to: 'assembled', ...said(fitted), runId: null }
    changes.push(await enter(parts, record, 'received', entry))
  }
  return changes
}

async function transition(parts: StoreParts, id: string, request: TransitionRequest, at: Date): Promise<Change> {
  const record = await parts.records.get(id)
  if (!record) throw new Refusal('RECORD_UNKNOWN', { id })
  const { to, by, override = false, runId = null } = request
  const reason = request.reason.trim()
  if (reason === '') throw new Refusal('REASON_MISSING')
  // Evidence comes with another issue; until then nothing but a person's word makes a machine ready.
  const judgement = judgeMove({ from: record.state, to, mover: 'person', hasEvidence: false, override })
  if (judgement.kind === 'refused') {
    const allowed = transitionsFrom(record.state).join(',')
    throw new Refusal(judgement.code, { from: record.state, to, allowed })
  }
  return enter(parts, record, record.state, { at, by, to, reason, words: null, runId })
}

/** The stock over a store. */
export function createStock({ store, now, newId = randomUUID }: StockDependencies): Stock {
  const changes = createAnnouncements<[StockRecord, RecordEvent]>()
  const announcing = (made: Change[]): Announce => {
    return () => {
      for (const { record, event } of made) changes.announce(record, event)
    }
  }
  return {
    list: () => store.records.all(),
    get: (id) => store.records.get(id),
    forMachine: (machineId) => recordOf(store, machineId),
    history: (id) => store.records.events(id),
    transitionsFrom,
    transition: async (id, request) => {
      const change = await store.transaction((parts) => transition(parts, id, request, now()))
      announcing([change])()
      return change.record
    },
    onChange: changes.add,
    meet: async (parts, machine, at) => announcing(await meetRecord(parts, machine, at, newId)),
    move: async (parts, machineId, { to, words, by, runId, at }) => {
      const record = await recordOf(parts, machineId)
      const { kind } = judgeMove({ from: record.state, to, mover: 'system', hasEvidence: false, override: false })
      if (kind !== 'allowed') return announcing([])
      return announcing([await enter(parts, record, record.state, { at, by, to, ...said(words), runId })])
    },
  }
}
