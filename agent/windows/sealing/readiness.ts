import { Type, type Static } from 'typebox'
import { failure } from '../../protocol/failures/failures.ts'
import type { Failure } from '../../protocol/messages.ts'

/** What `seal-readiness.ps1` sends. */
export const Readiness = Type.Object({
  busy: Type.Boolean(),
  /** Drives that are, and how much of each. */
  encrypted: Type.Array(Type.Object({ drive: Type.String(), percent: Type.Number() })),
  /** ReserveManager's ActiveScenario: not 0 while an update uses reserved storage. */
  reserve: Type.Integer(),
})
export type Readiness = Static<typeof Readiness>

/** Windows may ask for one more restart after the first; one that never stops asking needs a person. */
const mostRestarts = 2
/** Looks at an installation that goes on, before the machine is restarted for it. */
const mostLooks = 40

export type ReadinessVerdict =
  { kind: 'ready' } | { kind: 'wait' } | { kind: 'restart'; restarts: number } | { kind: 'stop'; failure: Failure }

/**
 * Whether sysprep may begin (Microsoft, "Sysprep (System Preparation) overview"; its own `Cleanup.xml` has a provider
 * that stops at pending component operations, and one at reserved storage in use). Drives are decrypted by then. Pure.
 */
export function judgeReadiness(
  { busy, reserve }: Pick<Readiness, 'busy' | 'reserve'>,
  restartReasons: readonly string[],
  { restarts, looks }: { restarts: number; looks: number },
): ReadinessVerdict {
  const isAtWork = busy || reserve !== 0
  if (isAtWork && looks < mostLooks) return { kind: 'wait' }
  const reasons = [
    ...restartReasons,
    ...(busy ? ['Windows Update'] : []),
    ...(reserve !== 0 ? [`ReserveManager ${reserve}`] : []),
  ]
  if (reasons.length === 0) return { kind: 'ready' }
  if (restarts < mostRestarts) return { kind: 'restart', restarts: restarts + 1 }
  return { kind: 'stop', failure: failure('SEAL_RESTART_PENDING', { reasons: reasons.join(', ') }) }
}
