import { createHash } from 'node:crypto'
import type { Inventory } from '../../agent/protocol/inventory.ts'

/**
 * Names the disks that a machine was seen with: another revision means other disks. Whoever starts a run says with it which
 * ones it was shown. A stick that is plugged in changes nothing, since no run writes removable media. Pure.
 */
export function disksRevision({ disks }: Pick<Inventory, 'disks'>): string {
  const identities = disks
    .filter(({ removable, bootMedium }) => !removable && !bootMedium)
    .map(({ model, serial, wwn, place = null, sizeBytes, transport }) =>
      JSON.stringify([model, serial, wwn, place, sizeBytes, transport]),
    )
    .toSorted()
  return createHash('sha256').update(identities.join('\n')).digest('hex').slice(0, 16)
}
