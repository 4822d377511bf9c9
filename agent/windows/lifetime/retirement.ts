import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { defaultAsleepDays } from '../../../tasksequences/steps/seal.ts'
import { WaitedTime } from './waited-time.ts'

/**
 * What becomes of the agent once its run is over, as kept in `retirement.json` since the run's sealing or delivery:
 * - `retiring`: it goes, task and folder, when the server has the run's final report.
 * - `kept`: it sleeps until the check before delivery: it starts with Windows, asks patiently, and goes by itself when it
 *   has slept for the days the sequence gives it.
 */
export const Retirement = Type.Union([
  Type.Object({
    kind: Type.Literal('retiring'),
    runId: Type.String(),
    /** When that was decided, ISO 8601. */
    since: Type.String(),
    /** The result of the step that decided it, to be told again should the machine lose its power just then. */
    result: Type.Record(Type.String(), Type.Unknown()),
    waited: Type.Optional(WaitedTime),
  }),
  Type.Object({
    kind: Type.Literal('kept'),
    /** The workshop's account, for the run that seals: it has no other way to know. */
    account: Type.Union([Type.String(), Type.Null()]),
    asleepForDays: Type.Optional(Type.Integer({ minimum: 1 })),
    waited: Type.Optional(WaitedTime),
  }),
])
export type Retirement = Static<typeof Retirement>

/** Null for a file of another shape, or one cut off: then the agent goes on as during a run. */
export function parseRetirement(text: string): Retirement | null {
  try {
    const parsed: unknown = JSON.parse(text)
    return Value.Check(Retirement, parsed) ? parsed : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Where it is kept. */
export type RetirementFile = { read(): Retirement | null; write(after: Retirement): void }

/** An agent that waits for nothing in particular asks a server that is not there less and less often. */
const patientMs = 5 * 60_000

/** The longest pause between two tries to reach the server; null: the usual one. Pure. */
export function longestPauseMs(after: Retirement | null): number | null {
  return after === null ? null : patientMs
}

const dayMs = 24 * 3600_000
/** A sealed machine has left the shop for good, whatever the server has not heard of it. */
const givesUpAfterDays = 7

/** Whether an agent that leaves has tried for long enough to tell the server, or one that sleeps has slept enough. Pure. */
export function hasWaitedEnough(after: Retirement, { ms }: WaitedTime): boolean {
  const days = after.kind === 'retiring' ? givesUpAfterDays : (after.asleepForDays ?? defaultAsleepDays)
  return ms > days * dayMs
}
