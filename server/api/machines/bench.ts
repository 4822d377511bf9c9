import type { Deployments } from '../../deployments/deployments.ts'
import { benchKeepsDoneMs } from '../../deployments/timing/bench.ts'
import type { PresenceTracker } from '../../machines/presence.ts'

export type BenchDependencies = {
  presence: Pick<PresenceTracker, 'here'>
  deployments: Pick<Deployments, 'situations'>
}

/** Ids of the machines that stand on the bench: on the network, at work, or done lately. */
export async function machinesOnBench({ presence, deployments }: BenchDependencies, now: Date): Promise<Set<string>> {
  const busy = await deployments.situations.busySince(new Date(now.getTime() - benchKeepsDoneMs))
  return new Set([...presence.here(), ...busy])
}

/** Ids of the runs that their cards show: of each machine the one that goes on, else the last. */
export async function runsOnBench(dependencies: BenchDependencies, now: Date): Promise<string[]> {
  const machines = await machinesOnBench(dependencies, now)
  const situations = await dependencies.deployments.situations.of([...machines])
  return [...situations.values()].flatMap(({ run }) => run?.id ?? [])
}
