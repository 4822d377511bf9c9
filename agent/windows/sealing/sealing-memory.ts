import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

const Count = Type.Integer({ minimum: 0 })

/** What the step takes over a restart. */
const SealingMemory = Type.Object({
  /** Restarts for what was pending, or for an account that was signed in still. */
  restarts: Count,
  /** Restarts for an administrator to be signed in. */
  signIns: Count,
  /** Tries of sysprep that failed. */
  failures: Count,
})
export type SealingMemory = Static<typeof SealingMemory>

/** What was kept before a restart; a fresh one at the first start, and for a memory of another version. */
export function readSealingMemory(memory: unknown): SealingMemory {
  return Value.Check(SealingMemory, memory) ? memory : { restarts: 0, signIns: 0, failures: 0 }
}
