import { describe, expect, test } from 'vitest'
import { chooseDisk, type DiskQuestion } from '../../../../../agent/environment/disk/disk-choice.ts'
import { describeFailure } from '../../../../../agent/protocol/failures/failures.ts'
import { makeDisk, raidController } from '../../machines.ts'

const nvme = makeDisk()
const sata = makeDisk({
  name: 'sda',
  model: 'CT1000MX500SSD1',
  serial: '2213E62F1B0D',
  wwn: null,
  transport: 'sata',
  sizeBytes: 1e12,
})
const stick = makeDisk({
  name: 'sdb',
  model: 'Ultra Fit',
  serial: 'USB1',
  wwn: null,
  transport: 'usb',
  removable: true,
  sizeBytes: 6.4e10,
})
const dock = makeDisk({ name: 'sdc', model: 'T7', serial: 'USB2', wwn: null, transport: 'usb', sizeBytes: 1e12 })

function ask(question: Partial<DiskQuestion>): string {
  const decision = chooseDisk({ disks: [nvme], devices: [], rule: 'only', neededBytes: 6e10, ...question })
  return decision.kind === 'chosen' ? decision.disk.name : decision.failure.code
}

describe('choice of the disk', () => {
  test.each<[behaviour: string, question: Partial<DiskQuestion>, expected: string]>([
    ['takes the only one', {}, 'nvme0n1'],
    ['takes the only internal one beside a stick and a USB disk', { disks: [stick, dock, nvme] }, 'nvme0n1'],
    ['asks when there are two', { disks: [nvme, sata] }, 'DISK_AMBIGUOUS'],
    ['takes the smallest', { disks: [sata, nvme], rule: 'smallest' }, 'nvme0n1'],
    ['takes the largest', { disks: [sata, nvme], rule: 'largest' }, 'sda'],
    [
      'asks when two are the largest',
      { disks: [sata, { ...sata, name: 'sdd', serial: 'X' }], rule: 'largest' },
      'DISK_AMBIGUOUS',
    ],
    ['takes the named serial', { disks: [nvme, sata], rule: { serial: '2213E62F1B0D' } }, 'sda'],
    ['takes the named WWN', { disks: [nvme, sata], rule: { wwn: 'EUI.002538D711A0B2C3' } }, 'nvme0n1'],
    ['takes the only one of the model', { disks: [nvme, sata], rule: { model: 'ct1000mx500ssd1' } }, 'sda'],
    ['takes a USB disk only when its serial is named', { disks: [dock], rule: { serial: 'USB2' } }, 'sdc'],
    ['does not take a USB disk as the only one', { disks: [dock] }, 'DISK_NONE'],
    ['does not take a USB disk by its model', { disks: [dock], rule: { model: 'T7' } }, 'DISK_GONE'],
    ['never takes a removable one, not even named', { disks: [stick], rule: { serial: 'USB1' } }, 'DISK_REMOVABLE'],
    ['never takes the boot medium', { disks: [{ ...nvme, bootMedium: true }] }, 'DISK_NONE'],
    [
      'says so when the named one is the boot medium',
      { disks: [{ ...nvme, bootMedium: true }], rule: { serial: 'S64DNX0R123456' } },
      'DISK_IS_BOOT_MEDIUM',
    ],
    ['never takes one that is too small', { neededBytes: 1e12 }, 'DISK_TOO_SMALL'],
    [
      'refuses a named one that is too small',
      { neededBytes: 1e12, rule: { serial: 'S64DNX0R123456' } },
      'DISK_TOO_SMALL',
    ],
    ['does not count one that is too small as a second', { disks: [nvme, { ...sata, sizeBytes: 1.6e10 }] }, 'nvme0n1'],
    ['says that the named one is not there', { rule: { serial: 'OTHER' } }, 'DISK_GONE'],
    ['says that there is none', { disks: [] }, 'DISK_NONE'],
    ['names the RAID mode as the reason', { disks: [], devices: [raidController] }, 'STORAGE_HIDDEN'],
    [
      'does not blame the RAID mode when NVMe is seen',
      { disks: [{ ...nvme, removable: true }], devices: [raidController] },
      'DISK_NONE',
    ],
  ])('%s', (_behaviour, question, expected) => {
    expect(ask(question)).toBe(expected)
  })

  test('offers what can be chosen with model, size and serial, for the run variable disk', () => {
    const decision = chooseDisk({ disks: [nvme, sata], devices: [], rule: 'only', neededBytes: 0 })
    if (decision.kind !== 'refused') throw new Error('expected a question')
    expect(decision.failure.choice).toEqual({
      variable: 'disk',
      options: [
        {
          value: 'S64DNX0R123456',
          label: {
            fr: 'Samsung SSD 980 500GB, 500\u202fGo, S64DNX0R123456',
            en: 'Samsung SSD 980 500GB, 500\u202fGB, S64DNX0R123456',
          },
        },
        {
          value: '2213E62F1B0D',
          label: { fr: 'CT1000MX500SSD1, 1\u202fTo, 2213E62F1B0D', en: 'CT1000MX500SSD1, 1\u202fTB, 2213E62F1B0D' },
        },
      ],
    })
    expect(describeFailure(decision.failure).message.fr).toBe('Ce poste a 2 disques. Choisissez celui à effacer.')
  })

  test('an offered choice leads to that disk, also without a serial', () => {
    const bare = makeDisk({ name: 'vda', model: null, serial: null, wwn: null, transport: 'virtio' })
    const question = { disks: [bare, nvme], devices: [], neededBytes: 0 }
    const asked = chooseDisk({ ...question, rule: 'only' })
    if (asked.kind !== 'refused') throw new Error('expected a question')
    const chosen = asked.failure.choice?.options.map(({ value }) => ask({ ...question, rule: { serial: value } }))
    expect(chosen).toEqual(['vda', 'nvme0n1'])
  })
})
