import type { Disk } from './inventory.ts'

/** Neither the medium the environment came from nor anything a person could have plugged in from outside. */
export function isInternal({ removable, transport, bootMedium }: InternalFacts): boolean {
  return !removable && transport !== 'usb' && !bootMedium
}

type InternalFacts = Pick<Disk, 'removable' | 'transport' | 'bootMedium'>
