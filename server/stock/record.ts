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
  /** Why, in the words of whoever or whatever moved it. */
  reason: string
  /** The reason in both languages, when Etabli itself wrote it. */
  words: Sentence | null
  createdAt: Date
  changedAt: Date
  /** What its Windows and its software said of themselves, as TeamViewer's ID, by the names their manifests give. */
  facts: Record<string, string>
}

export type RecordEvent = {
  id: number
  recordId: string
  at: Date
  /** A user's name, or `run RUN_ID`, or `etabli`. */
  by: string
  from: RecordState | null
  to: RecordState
  reason: string
  words: Sentence | null
  runId: string | null
}
