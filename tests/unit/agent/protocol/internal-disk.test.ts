import { expect, test } from 'vitest'
import { isInternal } from '../../../../agent/protocol/internal-disk.ts'

const fitted = { removable: false, transport: 'nvme', bootMedium: false } as const

test.each([
  ['an NVMe disk', fitted, true],
  ['an SSD on SATA', { ...fitted, transport: 'sata' }, true],
  ['soldered memory', { ...fitted, transport: 'mmc' }, true],
  ['a stick', { ...fitted, transport: 'usb', removable: true }, false],
  ['a disk in a USB enclosure, which does not call itself removable', { ...fitted, transport: 'usb' }, false],
  ['a card', { ...fitted, transport: 'mmc', removable: true }, false],
  ['what the environment was started from', { ...fitted, bootMedium: true }, false],
] as const)('%s', (_name, disk, internal) => {
  expect(isInternal(disk)).toBe(internal)
})
