import { contactOf } from '../../deployments/timing/contact.ts'
import type { Deployments } from '../../deployments/deployments.ts'
import type { Run } from '../../deployments/run/run.ts'
import { labelOf } from '../../machines/machine.ts'
import type { Register } from '../../machines/register.ts'
import { presentRun, type DescribeFailure } from './present.ts'
import type { DeploymentView } from './schema.ts'

export type RunViewSources = {
  register: Register
  deployments: Deployments
  describeFailure: DescribeFailure
  now: () => Date
}

/** A run with the name of its machine and what it still needs. */
export async function viewRun(run: Run, sources: RunViewSources): Promise<DeploymentView> {
  const at = sources.now()
  const [machine, secondsLeft] = await Promise.all([
    sources.register.get(run.machineId),
    sources.deployments.secondsLeft(run, at),
  ])
  return presentRun(run, {
    machineLabel: machine ? labelOf(machine) : run.machineId,
    secondsLeft,
    contact: contactOf(run, at),
    describe: sources.describeFailure,
  })
}
