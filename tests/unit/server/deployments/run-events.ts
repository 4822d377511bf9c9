import type { Failure } from '../../../../agent/protocol/messages.ts'
import type { Effect, RunEvent, StepReport, Verdict } from '../../../../server/deployments/run/event.ts'
import { next } from '../../../../server/deployments/run/next.ts'
import type { Run } from '../../../../server/deployments/run/run.ts'
import { after, noon } from './sample.ts'

export const agent = { bootId: 'boot-one', version: '1' }
export const damaged: Failure = { code: 'IMAGE_HASH_MISMATCH', params: {} }
export const whichDisk: Failure = {
  code: 'DISK_AMBIGUOUS',
  params: { count: 2 },
  choice: { variable: 'disk', options: [{ value: 'S2', label: { fr: 'b', en: 'b' } }] },
}

/** A run and all that came of its events so far. */
export type Course = { run: Run; verdicts: Verdict[]; effects: Effect[]; refused: string[] }

export function tell(run: Run, ...events: RunEvent[]): Course {
  return events.reduce<Course>(
    (course, event) => {
      const result = next(course.run, event)
      if (result.kind === 'refused') return { ...course, refused: [...course.refused, result.refusal.code] }
      return {
        run: result.run,
        verdicts: [...course.verdicts, result.verdict],
        effects: [...course.effects, ...result.effects],
        refused: course.refused,
      }
    },
    { run, verdicts: [], effects: [], refused: [] },
  )
}

export function says(stepId: string, report: StepReport, attempt = 1, at = after(1)): RunEvent {
  return { kind: 'reported', stepId, attempt, report, at }
}

export const served: RunEvent = { kind: 'served', at: noon, agent }
export const started = { kind: 'started' } as const
export const done = { kind: 'done', result: { ok: true } } as const
export const failed = (failure: Failure) => ({ kind: 'failed', failure }) as const
export const continues = (memory: Record<string, unknown> = { pass: 1 }) => ({ kind: 'continues', memory }) as const
export const again = (stepId: string | null = null, variables: Run['variables'] = {}): RunEvent => ({
  kind: 'retried',
  at: after(9),
  stepId,
  variables,
})
export const cancelled: RunEvent = { kind: 'cancelled', at: after(5), by: 'paul', reason: 'mauvaise machine' }
/** Two computers say that they are the machine. */
export const claimed: RunEvent = {
  kind: 'stopped',
  at: after(5),
  failure: { code: 'MACHINE_CLAIMED_TWICE', params: { count: 2, addresses: '10.0.0.51, 10.0.0.66' } },
}
export const lost: RunEvent = { kind: 'machine-lost', at: after(5) }

/** Events that do the first `count` steps of the sample sequence. */
export function doneSteps(count: number): RunEvent[] {
  return Array.from({ length: count }, (_, index) => `environment-${index + 1}`).flatMap((id) => [
    served,
    says(id, started),
    says(id, done),
  ])
}

export const shape = ({ steps }: Run) => steps.map(({ status, attempt }) => `${status.kind} ${attempt}`)
const recordMoves = (effects: Effect[]) => effects.flatMap((one) => (one.kind === 'move-record' ? [one] : []))
export const moves = ({ effects }: Course) => recordMoves(effects).map(({ to }) => to)
export const lastMove = ({ effects }: Course) => recordMoves(effects).at(-1)
