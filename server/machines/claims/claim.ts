import { createHash } from 'node:crypto'
import type { Phase } from '../../../tasksequences/sequence.ts'

/** A start of some computer that says it is a certain machine. Times are milliseconds of a clock that never goes back. */
export type Claim = {
  bootId: string
  phase: Phase
  /** It is a Windows that has shown the key of this machine's disk. */
  proven: boolean
  /** Where it spoke from last. */
  address: string
  helloAtMs: number
  heardAtMs: number
}

/** What a hello says of it. */
export type Arrived = Omit<Claim, 'helloAtMs' | 'heardAtMs'>

/** What the machine's run says about claims to be it. */
export type Circumstances = {
  atMs: number
  /** The half in which the run's next step lies; null when no run goes on. */
  wants: Phase | null
  /** Which claim a person has said is the machine, as `claimIdOf` names it. */
  chosen: string | null
}

/**
 * Names a claim to people. The boot id itself is nobody's business: whoever knows it can say that he is the same start of
 * the same machine.
 */
export function claimIdOf({ bootId }: Pick<Claim, 'bootId'>): string {
  return createHash('sha256').update(bootId).digest('hex').slice(0, 16)
}

/**
 * How much a claim is worth: 0 for nothing. A Windows without its key is none of ours. One with it is surer than the
 * environment, which has nothing to show, but for a run that wants the environment, where it is only the older system
 * that is still on the disk. Pure.
 */
export function worthOf({ phase, proven }: Pick<Claim, 'phase' | 'proven'>, wants: Phase | null): 0 | 1 | 2 {
  if (phase === 'environment') return 1
  if (!proven) return 0
  return wants === 'environment' ? 1 : 2
}
