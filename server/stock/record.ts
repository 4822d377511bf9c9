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
  createdAt: Date
  changedAt: Date
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
  runId: string | null
}
