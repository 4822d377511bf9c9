import type { Sentence } from '../../text/sentence.ts'

/** What the shop knows of a machine. Every change is an event; nothing is overwritten. */
export const recordStates = [
  'received',
  'assembled',
  'deploying',
  'checking',
  'ready',
  'reserved',
  'delivered',
  'attention',
  'retired',
] as const
export type RecordState = (typeof recordStates)[number]

export type StockRecord = {
  id: string
  machineId: string
  state: RecordState
  /** Why it was moved: a person's own text, or the French of `sentence`. */
  reason: string
  /** The reason in both languages, when Etabli itself wrote it. */
  sentence: Sentence | null
  createdAt: Date
  changedAt: Date
  /** What its Windows and its software reported of themselves, as TeamViewer's ID, by the names their manifests give. */
  facts: Record<string, string>
}

/** Who moves a record that no person moves, at the sight of a machine. */
export const systemName = 'etabli'

export type RecordEvent = {
  id: number
  recordId: string
  at: Date
  /** A user's name, or `run RUN_ID`, or `etabli`. */
  by: string
  from: RecordState | null
  to: RecordState
  reason: string
  sentence: Sentence | null
  runId: string | null
}
