import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { failure } from '../../protocol/failures/failures.ts'
import type { Failure } from '../../protocol/messages.ts'

/** What `seal-readiness.ps1` sends. */
export const Readiness = Type.Object({ busy: Type.Boolean(), encrypted: Type.Array(Type.String()) })
export type Readiness = Static<typeof Readiness>

/** What the step takes over a restart. */
const Memory = Type.Object({ restarts: Type.Integer({ minimum: 0 }) })

export function readRestarts(memory: unknown): number {
  return Value.Check(Memory, memory) ? memory.restarts : 0
}

/** Windows may ask for one more restart after the first; one that never stops asking needs a person. */
const mostRestarts = 2
/** Looks at an installation that goes on, before the machine is restarted for it. */
const mostLooks = 40

export type ReadinessVerdict =
  { kind: 'ready' } | { kind: 'wait' } | { kind: 'restart'; restarts: number } | { kind: 'stop'; failure: Failure }

/**
 * Whether sysprep may begin (Microsoft, "Sysprep (System Preparation) overview"; its own `Cleanup.xml` has a provider
 * that stops at pending component operations). Pure.
 */
export function judgeReadiness(
  { busy, encrypted }: Readiness,
  restartReasons: readonly string[],
  { restarts, looks }: { restarts: number; looks: number },
): ReadinessVerdict {
  const [drive] = encrypted
  if (drive !== undefined) return { kind: 'stop', failure: failure('SEAL_ENCRYPTED', { drive }) }
  if (busy && looks < mostLooks) return { kind: 'wait' }
  const reasons = [...restartReasons, ...(busy ? ['Windows Update'] : [])]
  if (reasons.length === 0) return { kind: 'ready' }
  if (restarts < mostRestarts) return { kind: 'restart', restarts: restarts + 1 }
  return { kind: 'stop', failure: failure('SEAL_RESTART_PENDING', { reasons: reasons.join(', ') }) }
}
