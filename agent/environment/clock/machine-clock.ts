import type { Inventory } from '../../protocol/inventory.ts'
import type { Welcome } from '../../protocol/messages.ts'
import type { Clock } from '../../runtime/clock.ts'
import type { Exec } from '../../runtime/exec.ts'
import { judgeClock, type ClockDecision } from './judge-clock.ts'
import { setFirmwareClock, setSystemClock, type ClockSet } from './set-clock.ts'

/** What became of the firmware's clock before Windows starts for the first time. */
export type ClockForWindows = ClockSet | { kind: 'left'; reason: string }

/** The clocks of this machine: the system's, which the kernel keeps, and the firmware's, which outlives the power. */
export type MachineClock = {
  /**
   * Compares the system's clock with the server's and sets what is wrong. True when the inventory has news.
   * Rejects with the signal's reason only.
   */
  heard(server: Welcome['clock']): Promise<boolean>
  /** For the inventory, once a clock was found that no time zone explains. */
  fact(): Inventory['clock']
  /** Sets the firmware's clock to the local time of the Windows that was applied, by its bias. */
  setForWindows(exec: Exec, biasMinutes: number): Promise<ClockForWindows>
}

export type MachineClockDependencies = { clock: Pick<Clock, 'now'>; exec: Exec; say(text: string): void }

/** The clocks of a machine that runs the boot environment, which are ours to set. */
export function openMachineClock({ clock, exec, say }: MachineClockDependencies): MachineClock {
  let found: Inventory['clock']
  let isTrusted = false

  const set = async (decision: ClockDecision, server: Welcome['clock']): Promise<boolean> => {
    if (decision.kind === 'right') return true
    if (decision.kind === 'server-implausible') {
      say(`the server says it is ${server.at}: its clock is not to be followed`)
      return false
    }
    say(`the clock is ${decision.aheadSeconds} s ahead of the server's: setting it to ${server.at}`)
    const system = await setSystemClock(exec, new Date(server.at))
    if (system.kind === 'failed') say(`the clock cannot be set: ${system.reason}`)
    if (decision.kind === 'set-system') return system.kind === 'set'
    // Until a Windows is there to read it, the server's own zone is as good as any.
    const firmware = system.kind === 'set' ? await setFirmwareClock(exec, -server.utcOffsetMinutes) : system
    if (firmware.kind === 'failed') say(`the firmware's clock cannot be set: ${firmware.reason}`)
    found = { aheadSeconds: decision.aheadSeconds, corrected: firmware.kind === 'set' }
    return system.kind === 'set'
  }

  return {
    heard: async (server) => {
      const before = found
      isTrusted = await set(judgeClock({ machineMs: clock.now().getTime(), serverMs: Date.parse(server.at) }), server)
      // A clock that cannot be set is found at each hello: it is news once.
      return found !== undefined && before === undefined
    },
    fact: () => found,
    setForWindows: async (stepExec, biasMinutes) =>
      isTrusted
        ? setFirmwareClock(stepExec, biasMinutes)
        : { kind: 'left', reason: 'the time itself is not known: the server’s could not be taken over' },
  }
}

/** Of an agent that was started by hand on somebody's computer: its clocks are not ours to set. */
export const untouchedClock: MachineClock = {
  heard: () => Promise.resolve(false),
  fact: () => undefined,
  setForWindows: () => Promise.resolve({ kind: 'left', reason: 'this is not the boot environment' }),
}
