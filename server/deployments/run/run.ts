import type { Architecture } from '../../../images/wim/editions.ts'
import type { PinnedDisk } from '../../../agent/protocol/inventory.ts'
import type { Materials } from '../../../agent/protocol/materials.ts'
import type { Failure } from '../../../agent/protocol/messages.ts'
import type { PlannedStep } from '../../../tasksequences/plan.ts'
import type { Variables } from '../../../tasksequences/scalar.ts'
import type { RecordState } from '../../stock/record.ts'
import type { StepStatus } from './step-status.ts'

/** A planned step and how it goes. */
export type RunStep = Omit<PlannedStep, 'skipped'> & {
  /** How many of these are used up since a person last took the run up again. */
  retried: number
  /** How often the machine started anew in the middle of it, since a person last took the run up again. */
  interruptions: number
  attempt: number
  /** What it left for itself before a restart that it announced; it gets it back. */
  memory: Record<string, unknown>
  /** How many restarts it has announced. */
  restarts: number
  status: StepStatus
}

export type RunState =
  /** Assigned; the machine has not taken up its first step yet. */
  | { kind: 'waiting' }
  | { kind: 'running'; step: number }
  /** A person is needed. */
  | { kind: 'attention'; step: number; failure: Failure }
  | { kind: 'done'; at: Date }
  | { kind: 'cancelled'; at: Date; by: string; reason: string }

/** One pass of a sequence on one machine. Everything it rests on is pinned when it is made. */
export type Run = {
  id: string
  machineId: string
  /** The machine's model: how long steps take is learned for each. */
  product: string | null
  sequence: { id: string; name: string; version: string }
  image: PinnedImage | null
  variables: Variables
  steps: RunStep[]
  state: RunState
  createdAt: Date
  createdBy: string
  agentVersion: string | null
  /** What was known of the machine when the run was planned: `serial`, `product`… Variables given or asked for win over them. */
  facts: Variables
  /** The start of the machine in which its last step was handed out; another one means that a running step was cut off. */
  bootId: string | null
  /** When a step that writes a disk was first handed to the machine; null: nothing has been touched. */
  diskTouchedAt: Date | null
  /** What it takes from the catalogue beside its image; null for none. */
  materials: Materials | null
  /**
   * The disks a person saw when assigning it: it may write no other. Null for a run that writes none, and for one that was
   * begun before disks were pinned.
   */
  disks: PinnedDisk[] | null
  /** Where the machine's record goes back to when this run, which leaves the disk as it is, is over. */
  returnsTo: RecordState | null
}

export type PinnedImage = {
  id: string
  name: string
  edition: string
  build: string
  architecture: Architecture
  sizeBytes: number
  contentBytes: number
  sha256: string
  /** The default one first. */
  languages: string[]
}
