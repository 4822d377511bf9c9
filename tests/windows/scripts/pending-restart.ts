import type { Answer } from '../call.ts'
import type { Machine } from '../machine.ts'

/** The script `pending-restart`: installers leave files to be renamed, which is nobody's reason to restart. */
export function pendingRestart(machine: Machine): Answer {
  const { restartPending } = machine
  const result = { componentServicing: restartPending, windowsUpdate: restartPending, agent: false, fileRenames: 2 }
  return { machine, code: 0, result }
}
