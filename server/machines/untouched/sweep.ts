import type { MachineStore } from '../machine-store.ts'
import type { PresenceTracker } from '../presence.ts'
import type { Register } from '../register.ts'
import { surplus, type UntouchedLimits } from './policy.ts'

export type UntouchedSweep = {
  /** Forgets what is too much; looks only when a machine was met since, or a day has passed. */
  sweep(): Promise<void>
}

export type UntouchedSweepDependencies = {
  store: { machines: Pick<MachineStore, 'untouched'> }
  register: Pick<Register, 'forget' | 'onChange'>
  presence: Pick<PresenceTracker, 'of'>
  now: () => Date
  limits: UntouchedLimits
  /** Told how many were forgotten, for the log. */
  onForgotten: (count: number) => void
}

const dayMs = 24 * 3600_000

/** Keeps the number of machines with which nobody has done anything within its bounds. */
export function createUntouchedSweep(dependencies: UntouchedSweepDependencies): UntouchedSweep {
  const { store, register, presence, now, limits, onForgotten } = dependencies
  let isDue = true
  let lookedAt = now()
  register.onChange(({ firstSeenAt, lastSeenAt }) => {
    if (firstSeenAt.getTime() === lastSeenAt.getTime()) isDue = true
  })
  return {
    async sweep() {
      const at = now()
      if (!isDue && Math.abs(at.getTime() - lookedAt.getTime()) < dayMs) return
      ;[isDue, lookedAt] = [false, at]
      const untouched = await store.machines.untouched()
      const isAbsent = (id: string): boolean => presence.of(id).kind === 'absent'
      const forgotten = surplus(untouched, { at, isAbsent, limits })
      for (const id of forgotten) await register.forget(id)
      if (forgotten.length > 0) onForgotten(forgotten.length)
      // Those that are still there are looked at again when they have gone.
      if (untouched.length - forgotten.length > limits.most) isDue = true
    },
  }
}
