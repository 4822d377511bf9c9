import type { EnvironmentDependencies } from '../../agent/environment/dependencies.ts'
import { environmentSteps } from '../../agent/environment/steps/step-table.ts'
import type { Step } from '../../agent/runtime/step.ts'

/** A step as the agent does it, with what it checks before it begins. */
function step(type: string): (dependencies: EnvironmentDependencies) => Step {
  return (dependencies) => {
    const found = environmentSteps(dependencies).get(type)
    if (found === undefined) throw new Error(`the environment has no step ${type}`)
    return found
  }
}

export const applyImage = step('apply-image')
export const injectDrivers = step('inject-drivers')
export const partitionDisk = step('partition-disk')
export const prepareWindows = step('prepare-windows')
export const runCommand = step('run-command')
export const writeBootFiles = step('write-boot-files')
