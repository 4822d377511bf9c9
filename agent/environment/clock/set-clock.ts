import { endOfOutput } from '../../runtime/command-result.ts'
import type { Exec, ExecResult } from '../../runtime/exec.ts'

/** Whether a clock was set; `reason` is what the program said, for the log. */
export type ClockSet = { kind: 'set' } | { kind: 'failed'; reason: string }

/** Sets the system's clock. Never throws but the signal's reason. */
export async function setSystemClock(exec: Exec, now: Date): Promise<ClockSet> {
  return became(await exec('date', ['-u', '-s', `@${(now.getTime() / 1000).toFixed(3)}`]))
}

/**
 * Writes the system's time into the firmware's clock, as the local time of who reads it next. Never throws but the signal's
 * reason: there are machines whose clock Linux does not reach.
 *
 * @param biasMinutes - from that local time to UTC, as Windows counts it: 480 in California, -60 in Paris in winter
 */
export async function setFirmwareClock(exec: Exec, biasMinutes: number): Promise<ClockSet> {
  // Without adjtime: the drift of a clock that nobody trusted is not to be learnt, and the environment forgets it anyway.
  const args = ['--systohc', '--localtime', '--noadjfile']
  return became(await exec('hwclock', args, { env: { TZ: posixZone(biasMinutes) } }))
}

/**
 * A zone of one offset that needs no time zone files, which the environment does not have: `<WIN>8:00` (POSIX.1-2017 §8.3,
 * "Other Environment Variables": like Windows' bias, what is added to local time gives UTC). Pure.
 */
export function posixZone(biasMinutes: number): string {
  const minutes = Math.abs(biasMinutes)
  return `<WIN>${biasMinutes < 0 ? '-' : ''}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

function became(end: ExecResult): ClockSet {
  if (end.kind === 'missing') return { kind: 'failed', reason: 'there is no such program' }
  return end.kind === 'exited' && end.code === 0 ? { kind: 'set' } : { kind: 'failed', reason: endOfOutput(end) }
}
