import type { Exec } from '../../runtime/exec.ts'
import type { PowerAction, Step } from '../../runtime/step.ts'

/** Done as soon as it is begun: the machine goes down only after the server has accepted that. */
export const restart: Step = () => Promise.resolve({ result: {}, afterwards: 'restart' })

export const shutDown: Step = () => Promise.resolve({ result: {}, afterwards: 'shut-down' })

/** ERROR_SHUTDOWN_IN_PROGRESS (winerror.h): Windows is on its way down already. */
const shutdownInProgress = 1115

/** Sends the machine down or round; true when Windows has taken the order. */
export async function takePowerAction(how: PowerAction, exec: Exec): Promise<boolean> {
  const end = await exec('shutdown.exe', [how === 'restart' ? '/r' : '/s', '/t', '0'])
  return end.kind === 'exited' && (end.code === 0 || end.code === shutdownInProgress)
}
