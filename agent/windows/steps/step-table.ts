import type { Step, Steps } from '../../runtime/step.ts'
import type { WindowsDoors } from '../dependencies.ts'
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
export function windowsSteps(doors: WindowsDoors): Steps {
  return new Map<string, Step>([
    ['install-drivers', installDrivers(doors)],
    ['windows-update', windowsUpdate(doors)],
    ['install-software', installSoftware(doors)],
    ['create-shortcuts', createShortcuts(doors)],
    ['remove-apps', removeApps(doors)],
    ['set-windows', setWindows(doors)],
    ['run-command', runCommand(doors)],
    ['run-powershell', runPowershell(doors)],
    ['verify', verify(doors)],
    ['seal', seal(doors)],
    ['deliver', deliver(doors)],
    ['restart', restart],
    ['shut-down', shutDown],
  ])
}
