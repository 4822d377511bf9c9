import { describe, expect, test } from 'vitest'
import { choiceValue, findDisk } from '../../../../../agent/environment/disk/disk-identity.ts'
import type { Disk } from '../../../../../agent/protocol/inventory.ts'
import { makeDisk } from '../../machines.ts'

const [here, there] = ['pci-0000:00:17.0-ata-1', 'pci-0000:00:17.0-ata-2']
const named = makeDisk({ model: 'M', serial: 'S1', wwn: 'naa.5001', place: here })
const bare = makeDisk({ model: 'M', serial: null, wwn: null, place: here })

describe('a disk that was seen is', () => {
  test.each<[behaviour: string, seen: Disk, now: Partial<Disk>, found: 'one' | 'none']>([
    ['the one with its serial and WWN, under any kernel name', named, { name: 'sdz' }, 'one'],
    ['the one with its serial and WWN, wherever it is plugged in', named, { place: there }, 'one'],
    ['itself with its serial in other letters', named, { serial: 's1 ' }, 'one'],
    ['not one with another serial', named, { serial: 'S2' }, 'none'],
    [
      'not one with another serial and the same WWN, as cheap disks have',
      named,
      { serial: 'S2', wwn: 'naa.5001' },
      'none',
    ],
    ['not one with its serial and another WWN: a second namespace', named, { wwn: 'naa.5002' }, 'none'],
    ['not one with its serial and another size', named, { sizeBytes: named.sizeBytes + 512 }, 'none'],
    ['not one with its serial and another model', named, { model: 'N' }, 'none'],
    ['known by its WWN when the serial cannot be read now', named, { serial: null }, 'one'],
    ['known by its serial when the WWN cannot be read now', named, { wwn: null }, 'one'],
    ['known by its WWN when the serial could not be read then', { ...named, serial: null }, {}, 'one'],
    ['known when its model cannot be read now', named, { model: null }, 'one'],
    ['not known when neither serial nor WWN can be read now', named, { serial: null, wwn: null }, 'none'],
    ['not known when neither could be read then', bare, { serial: 'S1' }, 'none'],
    ['not one that shares nothing it says of itself', { ...named, wwn: null }, { serial: null }, 'none'],
    ['without serial and WWN, the one of its model and size at its place', bare, { serial: null, wwn: null }, 'one'],
    ['without serial and WWN, not one at another place', bare, { serial: null, wwn: null, place: there }, 'none'],
    ['without serial and WWN, not one of another model', bare, { serial: null, wwn: null, model: 'N' }, 'none'],
    [
      'without serial and WWN, not one whose model cannot be read',
      bare,
      { serial: null, wwn: null, model: null },
      'none',
    ],
    [
      'without serial, WWN and place, nothing',
      { ...bare, place: null },
      { serial: null, wwn: null, place: null },
      'none',
    ],
    ['without a place in an older inventory, nothing', withoutPlace(bare), { serial: null, wwn: null }, 'none'],
  ])('%s', (_behaviour, seen, now, found) => {
    expect(findDisk(seen, [{ ...named, ...now }]).kind).toBe(found)
  })

  test('told from its twin by its place, or not at all', () => {
    const twins = [named, { ...named, name: 'sdb', place: there }]
    expect(findDisk({ ...named, place: there }, twins)).toMatchObject({ kind: 'one', disk: { name: 'sdb' } })
    expect(findDisk({ ...named, place: null }, twins).kind).toBe('twins')
    expect(findDisk({ ...named, place: 'elsewhere' }, twins).kind).toBe('twins')
    expect(findDisk(named, [named, named]).kind).toBe('twins')
  })
})

function withoutPlace({ place: _, ...disk }: Disk): Disk {
  return disk
}

test('a choice names what no other disk has: the serial, else the WWN, else the place', () => {
  const value = (...disks: Disk[]) => disks.map((disk) => choiceValue(disk, disks))
  expect(value(named, { ...named, serial: 'S2' })).toEqual(['S1', 'S2'])
  expect(value(named, { ...named, wwn: 'naa.5002' })).toEqual(['naa.5001', 'naa.5002'])
  expect(value(named, { ...named, place: there })).toEqual([here, there])
  expect(value(bare, { ...bare, place: null, name: 'vda' })).toEqual([here, 'name:vda'])
})
