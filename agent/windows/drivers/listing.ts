import { failure } from '../../protocol/failures/failures.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { runScript } from '../system/powershell.ts'
import problemDevices from '../scripts/problem-devices.ps1'
import { isStable, readReportedDevices, type ReportedDevice } from './problem-devices.ts'

/** Every device Windows reports a problem with, now. Throws StepError SCRIPT_FAILED. */
export async function listDevices(
  context: StepContext,
  dependencies: WindowsDependencies,
  scan = false,
): Promise<ReportedDevice[]> {
  const script = { name: 'problem-devices', text: problemDevices }
  const answer = await runScript(context, dependencies, script, { input: { scan }, options: { quiet: true } })
  const devices = readReportedDevices(answer)
  if (devices !== null) return devices
  const detail = JSON.stringify(answer).slice(0, 2000)
  throw new StepError(failure('SCRIPT_FAILED', { script: script.name }, { detail }))
}

const betweenLooksMs = 5000
const mostLooks = 6

/**
 * The list once two in a row say the same: Windows sets devices up one behind the other, a card before what hangs on it,
 * and goes on doing so after PnPUtil has ended and at each start.
 */
export async function listStableDevices(
  context: StepContext,
  dependencies: WindowsDependencies,
): Promise<ReportedDevice[]> {
  let devices = await listDevices(context, dependencies, true)
  for (let looks = 1; looks < mostLooks; looks += 1) {
    await context.clock.sleep(betweenLooksMs, context.signal)
    const now = await listDevices(context, dependencies)
    if (isStable(devices, now)) return now
    devices = now
  }
  return devices
}
