import type { StepTypeIn } from '../../../tasksequences/steps/definitions.ts'
import type { Step, Steps } from '../../runtime/step.ts'
import type { EnvironmentDependencies, StepDependencies } from '../dependencies.ts'
import { applyImage } from './apply-image.ts'
import { checkHardware } from './check-hardware.ts'
import { guardedStep } from './guarded-step.ts'
import { restart, shutDown } from '../../runtime/power-actions.ts'
import { injectDrivers } from './inject-drivers.ts'
import { partitionDisk } from './partition-disk.ts'
import { prepareWindows } from './prepare-windows.ts'
import { runCommand } from './run-command.ts'
import { writeBootFiles } from './write-boot-files.ts'

/** What the agent does in the environment: every step type whose definition says so, and no other. */
export const environmentStepTable = {
  'check-hardware': checkHardware,
  'partition-disk': partitionDisk,
  'apply-image': applyImage,
  'inject-drivers': injectDrivers,
  'prepare-windows': prepareWindows,
  'write-boot-files': writeBootFiles,
  'run-command': runCommand,
  restart: () => restart,
  'shut-down': () => shutDown,
} satisfies Record<StepTypeIn<'environment'>, (dependencies: StepDependencies) => Step>

/** The same, ready to be done, each of them only on the disks of its run. */
export function environmentSteps(dependencies: EnvironmentDependencies): Steps {
  return new Map(
    Object.entries(environmentStepTable).map(([type, make]) => [type, guardedStep(type, make, dependencies)]),
  )
}
