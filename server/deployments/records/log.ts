import type { LogLine } from '../../../agent/protocol/messages.ts'

/** A line of a run's log; `id` grows through the whole run, `number` counts within one attempt of a step from 0. */
export type StoredLogLine = { id: number; stepId: string; attempt: number; number: number; line: LogLine }
