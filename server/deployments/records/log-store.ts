import type { LogLine } from '../../../agent/protocol/messages.ts'

/** A line of a run's log; `id` grows through the whole run, `number` counts within one attempt of a step from 0. */
export type StoredLogLine = { id: number; stepId: string; attempt: number; number: number; line: LogLine }

export type LogStore = {
  /** The number the next line of an attempt has. */
  linesOf(runId: string, stepId: string, attempt: number): Promise<number>
  /** Length of all the texts of a run. */
  charactersOf(runId: string): Promise<number>
  append(runId: string, stepId: string, attempt: number, from: number, lines: LogLine[]): Promise<void>
  /** In order; `after` is a line's `id`. */
  list(runId: string, after: number, limit: number): Promise<StoredLogLine[]>
}
