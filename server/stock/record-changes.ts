import type { Evidence } from '../../agent/protocol/evidence.ts'
import type { Sentence } from '../../text/sentence.ts'
import type { Machine } from '../machines/machine.ts'
import { stockRefusal } from './errors.ts'
import type { KeptEvidence } from './evidence.ts'
import { isAssembled } from './first-sight.ts'
import { nameOf, namesOf } from './names.ts'
import type { StockParts } from './record-store.ts'
import { systemName, type RecordEvent, type RecordState, type StockRecord } from './record.ts'
import { judgeMove, transitionsFrom, type Grounds } from './transitions.ts'

/** What a person asks for. */
export type TransitionRequest = { to: RecordState; reason: string; by: string; override?: boolean; runId?: string }

/** A move that Etabli makes by itself: for a run, or at the sight of a machine. */
export type SystemMove = {
  to: RecordState
  grounds: Grounds
  sentence: Sentence
  by: string
  runId: string
  at: Date
}

type Entry = Omit<RecordEvent, 'id' | 'recordId' | 'from'>

/** Whether kept evidence still describes what is on the machine's disk; deployments, which know its runs, decide. */
export type EvidenceHolds<Parts> = (parts: Parts, evidence: KeptEvidence, machineId: string) => Promise<boolean>

const firstSeen: Sentence = {
  fr: 'Vu pour la première fois sur le réseau.',
  en: 'Seen on the network for the first time.',
}
const fitted: Sentence = { fr: 'Mémoire et disque interne sont montés.', en: 'Memory and internal disk are fitted.' }

/** The reason as its French sentence: what a person wrote stands beside it in the same column. */
export function reasonIn(sentence: Sentence): { reason: string; sentence: Sentence } {
  return { reason: sentence.fr, sentence }
}

/** Writes an event and the state it leads to. */
export async function enter(
  parts: StockParts,
  record: StockRecord,
  from: RecordState | null,
  entry: Entry,
): Promise<StockRecord> {
  const { at, to, reason, sentence } = entry
  const moved: StockRecord = { ...record, state: to, reason, sentence, changedAt: at }
  await parts.records.put(moved)
  await parts.records.addEvent({ ...entry, recordId: record.id, from })
  return moved
}

/** The record a machine has, or Refusal RECORD_UNKNOWN. */
export async function recordOf(parts: Pick<StockParts, 'records'>, machineId: string): Promise<StockRecord> {
  const record = await parts.records.forMachine(machineId)
  if (!record) throw stockRefusal('RECORD_UNKNOWN')
  return record
}

/** The record of a machine that was met, as it is now; null when that changed nothing. */
export async function meetRecord(
  parts: StockParts,
  machine: Machine,
  at: Date,
  newId: () => string,
): Promise<StockRecord | null> {
  const known = await parts.records.forMachine(machine.id)
  const make = async (): Promise<StockRecord> => {
    const made: StockRecord = {
      ...{ id: newId(), machineId: machine.id, state: 'received', ...reasonIn(firstSeen), facts: {} },
      ...{ createdAt: at, changedAt: at },
    }
    return enter(parts, made, null, { at, by: systemName, to: 'received', ...reasonIn(firstSeen), runId: null })
  }
  const record = known ?? (await make())
  if (record.state === 'received' && machine.hardware !== null && isAssembled(machine.hardware)) {
    return enter(parts, record, 'received', { at, by: systemName, to: 'assembled', ...reasonIn(fitted), runId: null })
  }
  return known === null ? record : null
}

type PersonalMove<Parts> = { id: string; request: TransitionRequest; at: Date; evidenceHolds: EvidenceHolds<Parts> }

/** Whether checks that passed are kept with the record and still hold. */
async function hasEvidence<Parts extends StockParts>(
  parts: Parts,
  { id, machineId }: StockRecord,
  evidenceHolds: EvidenceHolds<Parts>,
): Promise<boolean> {
  const newest = await parts.evidence.newestOf(id)
  return newest?.passed === true && evidenceHolds(parts, newest, machineId)
}

/** Moves a record as a person asks. Throws Refusal RECORD_UNKNOWN, TRANSITION_NOT_ALLOWED, EVIDENCE_MISSING, REASON_MISSING. */
export async function moveByPerson<Parts extends StockParts>(
  parts: Parts,
  { id, request, at, evidenceHolds }: PersonalMove<Parts>,
): Promise<StockRecord> {
  const record = await parts.records.get(id)
  if (!record) throw stockRefusal('RECORD_UNKNOWN')
  const { to, by, override = false, runId = null } = request
  const reason = request.reason.trim()
  if (reason === '') throw stockRefusal('REASON_MISSING')
  const proof = to === 'ready' && (await hasEvidence(parts, record, evidenceHolds))
  const before = record.state === 'delivered' ? ((await parts.records.beforeDelivery([id])).get(id) ?? null) : null
  const judgement = judgeMove({ from: record.state, to, before, mover: 'person', hasEvidence: proof, override })
  if (judgement.kind === 'refused') {
    if (judgement.code === 'EVIDENCE_MISSING') throw stockRefusal('EVIDENCE_MISSING')
    const allowed = namesOf(transitionsFrom(record.state, before))
    throw stockRefusal('TRANSITION_NOT_ALLOWED', { from: nameOf(record.state), to: nameOf(to), allowed })
  }
  // Whatever agent is left in its Windows has no more business with the workshop.
  if (to === 'delivered' || to === 'retired') await parts.agentKeys.removeOfMachine(record.machineId)
  return enter(parts, record, record.state, { at, by, to, reason, sentence: null, runId })
}

/** Moves a record for a run; null when it is there already, or may not go there. */
export async function moveBySystem(
  parts: StockParts,
  machineId: string,
  { to, grounds, sentence, by, runId, at }: SystemMove,
): Promise<StockRecord | null> {
  const record = await recordOf(parts, machineId)
  const newest = to === 'ready' ? await parts.evidence.newestOf(record.id) : null
  const proof = newest?.runId === runId && newest.passed
  const { state: from } = record
  const { kind } = judgeMove({ from, to, mover: 'system', grounds, hasEvidence: proof, override: false })
  return kind === 'allowed' ? enter(parts, record, from, { at, by, to, ...reasonIn(sentence), runId }) : null
}

/** Keeps what a run's check has measured. */
export async function keepEvidence(
  parts: StockParts,
  machineId: string,
  { runId, at, evidence }: { runId: string; at: Date; evidence: Evidence },
): Promise<StockRecord> {
  const record = await recordOf(parts, machineId)
  await parts.evidence.put({ runId, recordId: record.id, at, ...evidence })
  return record
}

/** Keeps what a run reports of the machine's Windows, over what is known; null in place of facts forgets them all. */
export async function keepFacts(
  parts: StockParts,
  machineId: string,
  facts: Record<string, string> | null,
): Promise<StockRecord> {
  const record = await recordOf(parts, machineId)
  const changed = { ...record, facts: facts === null ? {} : { ...record.facts, ...facts } }
  await parts.records.put(changed)
  return changed
}
