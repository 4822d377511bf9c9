import type { Inventory, PinnedDisk } from '../../../agent/protocol/inventory.ts'
import { stepDefinition } from '../../../tasksequences/steps/definitions.ts'
import { disksRevision } from '../../machines/disks-revision.ts'
import { labelOf, type DescribedMachine } from '../../machines/machine.ts'
import { deploymentRefusal } from '../errors.ts'
import type { RunStep } from '../run/run.ts'
import { writesDisk } from '../run/ending.ts'

/** A disk without what changes from day to day, as a run keeps it. */
function pinnedDisk({
  name,
  model,
  serial,
  wwn,
  place = null,
  sizeBytes,
  ...rest
}: Inventory['disks'][number]): PinnedDisk {
  const { transport, removable, bootMedium } = rest
  return { name, model, serial, wwn, place, sizeBytes, transport, removable, bootMedium }
}

export type Sight = {
  machine: DescribedMachine
  steps: readonly RunStep[]
  /** Revision of the disks that the person saw, as the API gave it; undefined when the request does not say. */
  seen: string | undefined
}

/**
 * The disks that a run may write: those of the inventory the person saw. Null for a run that writes none, whatever
 * becomes of its conditions. Pure.
 *
 * @throws Refusal DISKS_UNKNOWN, DISKS_NOT_SEEN, DISKS_CHANGED
 */
export function pinDisks({ machine, steps, seen }: Sight): PinnedDisk[] | null {
  const mayWrite = steps.some(({ type }) => stepDefinition(type)?.writesDisk ?? true)
  if (!mayWrite) return null
  const { inventory } = machine
  const label = labelOf(machine)
  const writes = writesDisk({ steps })
  if (inventory === null) {
    if (writes) throw deploymentRefusal('DISKS_UNKNOWN', { label })
    return null
  }
  if (seen === undefined) {
    if (writes) throw deploymentRefusal('DISKS_NOT_SEEN', { label })
    return null
  }
  if (seen !== disksRevision(inventory)) throw deploymentRefusal('DISKS_CHANGED', { label })
  return inventory.disks.map(pinnedDisk)
}
