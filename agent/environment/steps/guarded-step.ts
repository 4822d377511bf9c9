import { stepDefinition } from '../../../tasksequences/steps/definitions.ts'
import { StepError, type Step } from '../../runtime/step.ts'
import type { EnvironmentDependencies, StepDependencies } from '../dependencies.ts'
import { judgePins, sortByPins } from '../disk/pinned-disks.ts'

/**
 * A step of the environment that begins only where one of its run's disks is, and is shown which disks these are. All
 * steps of a run with pinned disks are held to them, so that nothing is done to the wrong machine; one whose type writes a
 * disk is never done without pins.
 */
export function guardedStep(
  type: string,
  make: (dependencies: StepDependencies) => Step,
  dependencies: EnvironmentDependencies,
): Step {
  const { readDisks, ...rest } = dependencies
  return async (context) => {
    const { disks: pins } = context.work
    const writes = stepDefinition(type)?.writesDisk ?? true
    const refused = judgePins(pins, await readDisks(), { step: type, writes })
    if (refused !== null) throw new StepError(refused)
    const runDisks = { pins: pins ?? [], read: async () => sortByPins(pins ?? [], await readDisks()) }
    return make({ ...rest, runDisks })(context)
  }
}
