import type { StepTypeIn } from '../../../tasksequences/steps/definitions.ts'
import type { Step, Steps } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { createShortcuts } from './create-shortcuts.ts'
import { deliver } from './deliver.ts'
import { restart, shutDown } from '../../runtime/power-actions.ts'
import { installDrivers } from './install-drivers.ts'
import { installSoftware } from './install-software.ts'
import { removeApps } from './remove-apps.ts'
import { runCommand } from './run-command.ts'
import { runPowershell } from './run-powershell.ts'
import { setWindows } from './set-windows.ts'
import { seal } from './seal.ts'
import { verify } from './verify.ts'
import { windowsUpdate } from './windows-update.ts'

/** What the agent does in Windows: every step type whose definition says so, and no other. */
export const windowsStepTable = {
  'install-drivers': installDrivers,
  'windows-update': windowsUpdate,
  'install-software': installSoftware,
  'create-shortcuts': createShortcuts,
  'remove-apps': removeApps,
  'set-windows': setWindows,
  'run-command': runCommand,
  'run-powershell': runPowershell,
  verify: verify,
  seal: seal,
  deliver: deliver,
  restart: () => restart,
  'shut-down': () => shutDown,
} satisfies Record<StepTypeIn<'windows'>, (dependencies: WindowsDependencies) => Step>

/** The same, ready to be done. */
export function windowsSteps(dependencies: WindowsDependencies): Steps {
  return new Map(Object.entries(windowsStepTable).map(([type, make]) => [type, make(dependencies)]))
}
