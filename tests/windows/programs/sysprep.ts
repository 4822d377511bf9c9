import type { Answer } from '../call.ts'
import type { Machine } from '../machine.ts'

/** ERROR_ACCESS_DENIED. */
const denied = 5

/** `sysprep.exe`, called by its name: the caller is the agent, which is SYSTEM, and that is not supported. */
export function sysprep(machine: Machine): Answer {
  return { machine, code: denied, stderr: 'stand-in: sysprep does not run as SYSTEM' }
}
