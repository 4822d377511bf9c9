import type { StepContext } from '../../runtime/step.ts'
import { askControlSet, controlSetKey } from './control-set.ts'
import { hivexsh } from './hivexsh.ts'
import { askTimeZone, timeBias } from './time-bias.ts'
import { findPath } from './windows-volume.ts'

/**
 * How the applied Windows will take the firmware's clock at its first start, see {@link timeBias}; null when its registry
 * does not say.
 *
 * @param windows - folder where its volume is mounted
 */
export async function readTimeBias(context: Pick<StepContext, 'exec'>, windows: string): Promise<number | null> {
  const hive = await findPath(windows, ['Windows', 'System32', 'config', 'SYSTEM'])
  if (hive === null) return null
  const asked = await hivexsh(context, hive, askControlSet)
  const controlSet = asked.code === 0 ? controlSetKey(asked.stdout) : null
  if (controlSet === null) return null
  const told = await hivexsh(context, hive, askTimeZone(controlSet))
  return told.code === 0 ? timeBias(told.stdout) : null
}
