import type { Step, Steps } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { createShortcuts } from './create-shortcuts.ts'
import { deliver } from './deliver.ts'
import { restart, shutDown } from './power-actions.ts'
import { installDrivers } from './install-drivers.ts'
import { installSoftware } from './install-software.ts'
import { removeApps } from './remove-apps.ts'
import { runCommand } from './run-command.ts'
import { runPowershell } from './run-powershell.ts'
import { setWindows } from './set-windows.ts'
import { seal } from './seal.ts'
import { verify } from './verify.ts'
import { windowsUpdate } from './windows-update.ts'

/** What the agent can do in Windows, by step type. */
export function windowsSteps(dependencies: WindowsDependencies): Steps {
  return new Map<string, Step>([
    ['install-drivers', installDrivers(dependencies)],
    ['windows-update', windowsUpdate(dependencies)],
    ['install-software', installSoftware(dependencies)],
    ['create-shortcuts', createShortcuts(dependencies)],
    ['remove-apps', removeApps(dependencies)],
    ['set-windows', setWindows(dependencies)],
    ['run-command', runCommand(dependencies)],
    ['run-powershell', runPowershell(dependencies)],
    ['verify', verify(dependencies)],
    ['seal', seal(dependencies)],
    ['deliver', deliver(dependencies)],
    ['restart', restart],
    ['shut-down', shutDown],
  ])
}
