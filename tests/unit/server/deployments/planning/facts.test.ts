import { expect, test } from 'vitest'
import { factsOf } from '../../../../../server/deployments/planning/facts.ts'
import type { DescribedMachine } from '../../../../../server/machines/machine.ts'
import { described, inventory } from '../sample.ts'

const found = inventory()
const enclosed: DescribedMachine = {
  ...described,
  inventory: {
    ...found,
    disks: found.disks.flatMap((disk) => [
      disk,
      { ...disk, name: 'sda', transport: 'usb' as const, sizeBytes: 4_000_787_030_016 },
    ]),
  },
}

test('a large disk in a USB enclosure is not the disk of the machine', () => {
  expect(factsOf(enclosed, null)['diskGB']).toBe(500)
})
