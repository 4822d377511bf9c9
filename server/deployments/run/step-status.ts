import type { Failure, Progress } from '../../../agent/protocol/messages.ts'
import type { Sentence } from '../../../text/sentence.ts'

/** What is known of an attempt that was heard of before the machine started anew under it. */
export type Interruption = {
  heardAt: Date
  /** When the step first began, if it said that the machine restarts and goes on from its memory; null: it begins again. */
  startedAt: Date | null
}

/** Where an attempt of a step stands. */
export type StepStatus =
  /** To come, and not handed to the machine. */
  | { kind: 'pending' }
  /** Handed to the machine; whether it has begun, only the machine knows until it says so. */
  | { kind: 'served'; after: Interruption | null }
  /** `restarting`: it said that the machine restarts now, and that it goes on after that. */
  | { kind: 'running' | 'restarting'; startedAt: Date; heardAt: Date; progress: Progress | null }
  /** The machine started anew under it: a new attempt, to be handed out again. */
  | ({ kind: 'interrupted' } & Interruption)
  | { kind: 'done'; startedAt: Date; endedAt: Date; result: Record<string, unknown> }
  | { kind: 'failed'; startedAt: Date; endedAt: Date; failure: Failure; ignored: boolean }
  | { kind: 'skipped'; reason: Sentence }

/** How a step ends that goes wrong at this moment; `ignored` when the sequence goes on all the same. */
export function failed(before: StepStatus, failure: Failure, at: Date, ignored = false): StepStatus {
  return { kind: 'failed', startedAt: startedAtOf(before) ?? at, endedAt: at, failure, ignored }
}

/** Whether the step has still to begin, as far as anybody knows. */
export function isToCome({ kind }: StepStatus): boolean {
  return kind === 'pending' || kind === 'served' || kind === 'interrupted'
}

/** Whether the machine is at it. */
export function isUnderWay(status: StepStatus): status is Extract<StepStatus, { kind: 'running' | 'restarting' }> {
  return status.kind === 'running' || status.kind === 'restarting'
}

/** Whether this attempt may have left something behind: it was handed to the machine, or has been heard of. */
export function mayHaveBegun({ kind }: StepStatus): boolean {
  return kind !== 'pending' && kind !== 'interrupted'
}

/** When the step began, through all the restarts it announced; null while it has not been heard of. */
export function startedAtOf(status: StepStatus): Date | null {
  if (status.kind === 'served') return status.after?.startedAt ?? null
  return 'startedAt' in status ? status.startedAt : null
}

/** When the step was last heard of; null for never. */
export function heardAtOf(status: StepStatus): Date | null {
  if (status.kind === 'served') return status.after?.heardAt ?? null
  if ('endedAt' in status) return status.endedAt
  return 'heardAt' in status ? status.heardAt : null
}

/** The attempt handed to the machine; one that is with the machine already stays as it is. */
export function served(status: StepStatus): StepStatus {
  if (status.kind === 'pending') return { kind: 'served', after: null }
  if (status.kind !== 'interrupted') return status
  const { heardAt, startedAt } = status
  return { kind: 'served', after: { heardAt, startedAt } }
}

/** The next attempt after the machine started anew under this one. Only an announced restart keeps the time it began. */
export function interrupted(status: StepStatus): StepStatus {
  const heardAt = heardAtOf(status)
  if (heardAt === null) return { kind: 'pending' }
  return { kind: 'interrupted', heardAt, startedAt: status.kind === 'restarting' ? status.startedAt : null }
}
