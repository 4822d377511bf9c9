import type { Step, Steps } from '../../runtime/step.ts'
import type { EnvironmentDependencies } from '../dependencies.ts'
import { applyImage } from './apply-image.ts'
import { checkHardware } from './check-hardware.ts'
import { restart, shutDown } from './power-actions.ts'
import { injectDrivers } from './inject-drivers.ts'
import { partitionDisk } from './partition-disk.ts'
import { prepareWindows } from './prepare-windows.ts'
import { runCommand } from './run-command.ts'
import { writeBootFiles } from './write-boot-files.ts'

/** What the environment can do, by step type. */
export function environmentSteps(dependencies: EnvironmentDependencies): Steps {
  return new Map<string, Step>([
    ['check-hardware', checkHardware(dependencies)],
    ['partition-disk', partitionDisk(dependencies)],
    ['apply-image', applyImage(dependencies)],
    ['inject-drivers', injectDrivers(dependencies)],
    ['prepare-windows', prepareWindows(dependencies)],
    ['write-boot-files', writeBootFiles(dependencies)],
    ['run-command', runCommand(dependencies)],
    ['restart', restart],
    ['shut-down', shutDown],
  ])
}
