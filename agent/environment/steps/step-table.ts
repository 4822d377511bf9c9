import type { Step, Steps } from '../../runtime/step.ts'
import type { BenchDoors } from '../dependencies.ts'
import { applyImage } from './apply-image.ts'
import { checkHardware } from './check-hardware.ts'
import { restart, shutDown } from './power-actions.ts'
import { injectDrivers } from './inject-drivers.ts'
import { partitionDisk } from './partition-disk.ts'
import { prepareWindows } from './prepare-windows.ts'
import { runCommand } from './run-command.ts'
import { writeBootFiles } from './write-boot-files.ts'

/** What the environment can do, by step type. */
export function benchSteps(doors: BenchDoors): Steps {
  return new Map<string, Step>([
    ['check-hardware', checkHardware(doors)],
    ['partition-disk', partitionDisk(doors)],
    ['apply-image', applyImage(doors)],
    ['inject-drivers', injectDrivers(doors)],
    ['prepare-windows', prepareWindows(doors)],
    ['write-boot-files', writeBootFiles(doors)],
    ['run-command', runCommand(doors)],
    ['restart', restart],
    ['shut-down', shutDown],
  ])
}
