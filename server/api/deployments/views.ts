import { contactOf } from '../../deployments/timing/contact.ts'
import type { Deployments } from '../../deployments/deployments.ts'
import type { Run } from '../../deployments/run/run.ts'
import { labelOf } from '../../machines/machine.ts'
import type { Register } from '../../machines/register.ts'
import { presentRun, type DescribeFailure } from './present.ts'
import type { DeploymentView } from './schema.ts'

export type RunViewDependencies = {
  register: Register
  deployments: Deployments
  describeFailure: DescribeFailure
  now: () => Date
}

/** A run with the name of its machine and what it still needs. */
export async function viewRun(run: Run, dependencies: RunViewDependencies): Promise<DeploymentView> {
  const at = dependencies.now()
  const [machine, timeLeft] = await Promise.all([
    dependencies.register.get(run.machineId),
    dependencies.deployments.timeLeft(run, at),
  ])
  return presentRun(run, {
    machineLabel: machine ? labelOf(machine) : run.machineId,
    timeLeft,
    contact: contactOf(run, at),
    describe: dependencies.describeFailure,
  })
}
