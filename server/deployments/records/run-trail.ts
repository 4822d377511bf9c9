import type { PinnedImage, RunState } from '../run/run.ts'
import type { StepStatus } from '../run/step-status.ts'

/** What a run has left behind: enough to say which Windows a machine has, and whether its evidence still holds. */
export type RunTrail = {
  id: string
  state: RunState['kind']
  image: Pick<PinnedImage, 'id' | 'name' | 'build'> | null
  diskTouchedAt: Date | null
}

/** A step as evidence needs it. */
export type StepTrail = { type: string; status: Pick<StepStatus, 'kind'> }

export type TrailStore = {
  /** The runs of all these machines at once, newest first, by the machines' ids. */
  ofMachines(machineIds: readonly string[]): Promise<Map<string, RunTrail[]>>
  /** Every run that goes on. */
  active(): Promise<RunTrail[]>
  /** The steps of all these runs at once, in order, by the runs' ids. */
  stepsOf(runIds: readonly string[]): Promise<Map<string, StepTrail[]>>
}
