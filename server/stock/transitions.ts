import type { RecordState } from './record.ts'

/** To where a person may move a record, in the order to offer it. Into `deploying` only a run moves it. */
const byPerson: Readonly<Record<RecordState, readonly RecordState[]>> = {
  received: ['assembled', 'attention', 'retired'],
  assembled: ['received', 'attention', 'retired'],
  // While a run goes on, cancelling it is how to get out.
  deploying: [],
  checking: ['ready', 'attention', 'assembled', 'retired'],
  ready: ['reserved', 'delivered', 'checking', 'attention', 'retired'],
  reserved: ['delivered', 'ready', 'checking', 'attention', 'retired'],
  delivered: ['received', 'retired'],
  attention: ['assembled', 'checking', 'received', 'retired'],
  retired: ['received'],
}

/** Where a run or first sight may move a record, whatever the person's table says. */
const bySystem: ReadonlySet<RecordState> = new Set(['assembled', 'deploying', 'checking', 'attention'])

/** Why Etabli moves a record: what a run did, the end of one that left the disk as it was, or of one that delivered. */
export type Grounds = 'work' | 'return' | 'delivery'

const byGrounds: Readonly<Record<Grounds, readonly RecordState[]>> = {
  /** With evidence, that is. */
  work: ['ready'],
  return: ['ready', 'reserved', 'delivered'],
  delivery: ['delivered'],
}

/** States of a machine that the shop still has and is about to hand over: a wrong "delivered" goes back to them. */
const beforeHandOver: readonly (RecordState | null)[] = ['ready', 'reserved']

/**
 * States a person may move a record to from here, in the order to offer them.
 *
 * @param before what it was before it was delivered; of no consequence in another state
 */
export function transitionsFrom(state: RecordState, before: RecordState | null = null): RecordState[] {
  const undone = state === 'delivered' && before !== null && beforeHandOver.includes(before) ? [before] : []
  return [...undone, ...byPerson[state]]
}

export type Judgement =
  | { kind: 'allowed' }
  /** It is there already: nothing to record. */
  | { kind: 'unchanged' }
  | { kind: 'refused'; code: 'TRANSITION_NOT_ALLOWED' | 'EVIDENCE_MISSING' }

export type Move = {
  from: RecordState
  to: RecordState
  /** What a delivered record was before. */
  before?: RecordState | null
  mover: 'person' | 'system'
  grounds?: Grounds
  /** Whether checks that passed are kept with the record: any that still hold, or for the system this run's own. */
  hasEvidence: boolean
  /** A person says "ready" without them, with a reason. */
  override: boolean
}

/** Whether a record may move. `ready` is earned by evidence; a person may say it without, and that is written down. Pure. */
export function judgeMove({ from, to, before, mover, grounds = 'work', hasEvidence, override }: Move): Judgement {
  if (mover === 'system') {
    if (!bySystem.has(to) && !byGrounds[grounds].includes(to))
      return { kind: 'refused', code: 'TRANSITION_NOT_ALLOWED' }
    if (to === 'ready' && grounds === 'work' && !hasEvidence) return { kind: 'refused', code: 'EVIDENCE_MISSING' }
    return from === to ? { kind: 'unchanged' } : { kind: 'allowed' }
  }
  if (!transitionsFrom(from, before).includes(to)) return { kind: 'refused', code: 'TRANSITION_NOT_ALLOWED' }
  // A delivered one may have been prepared anew since it was ready.
  const isEarned = from === 'checking' || from === 'attention' || from === 'delivered'
  if (to === 'ready' && isEarned && !hasEvidence && !override) return { kind: 'refused', code: 'EVIDENCE_MISSING' }
  return { kind: 'allowed' }
}
