import type { Exec } from '../../runtime/exec.ts'
import type { PowerAction } from '../../runtime/step.ts'

/** ERROR_SHUTDOWN_IN_PROGRESS (winerror.h): Windows is on its way down already. */
const shutdownInProgress = 1115

/** Restarts the machine or switches it off; true when Windows has taken the order. */
export async function takePowerAction(action: PowerAction, exec: Exec): Promise<boolean> {
  const end = await exec('shutdown.exe', [action === 'restart' ? '/r' : '/s', '/t', '0'])
  return end.kind === 'exited' && (end.code === 0 || end.code === shutdownInProgress)
}
