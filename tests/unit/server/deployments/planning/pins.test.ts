import { describe, expect, test } from 'vitest'
import type { Inventory } from '../../../../../agent/protocol/inventory.ts'
import { pinDisks } from '../../../../../server/deployments/planning/pins.ts'
import { Refusal } from '../../../../../server/refusal/refusal.ts'
import { disksRevision } from '../../../../../server/machines/disks-revision.ts'
import { inventory, machine, newRun } from '../sample.ts'

type Disk = Inventory['disks'][number]

const two = inventory({ disks: 2 })
const [first, second] = two.disks
if (first === undefined || second === undefined) throw new Error('the sample has two disks')
const stick: Disk = { ...first, name: 'sdb', serial: 'USB1', transport: 'usb', removable: true }

const erases = newRun().steps
const looks = newRun('name: X\nenvironment:\n  - check-hardware: {}\n').steps
const mayErase = newRun(
  'name: X\nvariables: { wipe: false }\nenvironment:\n  - check-hardware: {}\n  - partition-disk: { disk: only }\n    when: ${wipe}\n',
).steps

function pins(steps: typeof erases, seen: string | undefined, now: Inventory | null = two): unknown {
  try {
    return pinDisks({ machine: { ...machine, inventory: now }, steps, seen })?.map(({ serial }) => serial) ?? null
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

describe('the disks pinned to a run', () => {
  const seen = disksRevision(two)
  test.each<[behaviour: string, got: unknown, expected: unknown]>([
    ['are those that were seen', pins(erases, seen), ['S649NX0T0', 'S649NX0T1']],
    ['are not taken from the inventory unseen', pins(erases, undefined), 'DISKS_NOT_SEEN'],
    ['are none on a machine that has not described itself', pins(erases, seen, null), 'DISKS_UNKNOWN'],
    ['are refused when one was added since', pins(erases, disksRevision(inventory())), 'DISKS_CHANGED'],
    ['are refused when one was pulled since', pins(erases, seen, inventory()), 'DISKS_CHANGED'],
    ['are refused for a revision nobody ever gave', pins(erases, ''), 'DISKS_CHANGED'],
    ['are none for a run that writes nothing', pins(looks, seen), null],
    ['need not be seen for a run that writes nothing', pins(looks, undefined, null), null],
    ['are kept for a run that may come to write by a condition', pins(mayErase, seen), ['S649NX0T0', 'S649NX0T1']],
    ['need not be seen for a run whose condition does not hold', pins(mayErase, undefined), null],
  ])('%s', (_behaviour, got, expected) => {
    expect(got).toEqual(expected)
  })
})

describe('a revision', () => {
  const of = (...disks: Disk[]) => disksRevision({ disks })
  test.each<[behaviour: string, one: string, other: string, isSame: boolean]>([
    ['is the same in any order', of(first, second), of(second, first), true],
    ['is the same under other kernel names', of(first), of({ ...first, name: 'nvme9n1' }), true],
    [
      'is the same in another state of health',
      of(first),
      of({ ...first, health: { ...first.health, powerOnHours: 9 } }),
      true,
    ],
    ['is the same when a stick is plugged in, which no run writes', of(first), of(first, stick), true],
    [
      'is the same whether an earlier version kept no place or there is none',
      of(first),
      of({ ...first, place: null }),
      true,
    ],
    ['is another with another serial', of(first), of({ ...first, serial: 'X' }), false],
    ['is another with another size', of(first), of({ ...first, sizeBytes: 1 }), false],
    ['is another with another model', of(first), of({ ...first, model: 'X' }), false],
    ['is another with another WWN', of(first), of({ ...first, wwn: 'X' }), false],
    ['is another at another place', of(first), of({ ...first, place: 'pci-0000:01:00.0' }), false],
    ['is another with a second disk that says the same of itself', of(first), of(first, first), false],
  ])('%s', (_behaviour, one, other, isSame) => {
    expect(one === other).toBe(isSame)
  })
})
