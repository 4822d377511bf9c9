import { expect, test } from 'vitest'
import { ataPortFile, placeOf } from '../../../../../agent/environment/inventory/disk-place.ts'

const pci = '/sys/devices/pci0000:00'

test.each<[what: string, name: string, devicePath: string, ataPort: string | null, place: string | null]>([
  ['NVMe', 'nvme1n1', `${pci}/0000:00:1d.0/0000:01:00.0/nvme/nvme1/nvme1n1`, null, 'pci-0000:01:00.0-nvme-1'],
  [
    'a second namespace',
    'nvme0n2',
    `${pci}/0000:00:1d.0/0000:01:00.0/nvme/nvme0/nvme0n2`,
    null,
    'pci-0000:01:00.0-nvme-2',
  ],
  [
    'NVMe behind VMD',
    'nvme0n1',
    `${pci}/0000:00:0e.0/pci10000:e0/10000:e0:06.0/10000:e1:00.0/nvme/nvme0/nvme0n1`,
    null,
    'pci-10000:e1:00.0-nvme-1',
  ],
  [
    'SATA',
    'sda',
    `${pci}/0000:00:17.0/ata3/host2/target2:0:0/2:0:0:0/block/sda`,
    '1',
    'pci-0000:00:17.0-ata-1-scsi-0:0:0',
  ],
  [
    'SATA, found second at this start',
    'sdb',
    `${pci}/0000:00:17.0/ata4/host3/target3:0:0/3:0:0:0/block/sdb`,
    '1',
    'pci-0000:00:17.0-ata-1-scsi-0:0:0',
  ],
  ['eMMC', 'mmcblk0', `${pci}/0000:00:1a.0/mmc_host/mmc0/mmc0:0001/block/mmcblk0`, null, 'pci-0000:00:1a.0-mmc-0001'],
  ['virtio', 'vda', `${pci}/0000:00:04.0/virtio1/block/vda`, null, 'pci-0000:00:04.0'],
  [
    'a unit behind a SCSI controller',
    'sda',
    `${pci}/0000:00:05.0/virtio2/host6/target6:0:3/6:0:3:1/block/sda`,
    null,
    'pci-0000:00:05.0-scsi-0:3:1',
  ],
  [
    'USB',
    'sdb',
    `${pci}/0000:00:14.0/usb2/2-1/2-1.4/2-1.4:1.0/host4/target4:0:0/4:0:0:0/block/sdb`,
    null,
    'pci-0000:00:14.0-usb-1.4-scsi-0:0:0',
  ],
  ['what hangs on no PCI device', 'nvme0n1', '/sys/devices/virtual/nvme-subsystem/nvme-subsys0/nvme0n1', null, null],
])('%s has the place its controller and its number there make', (_what, name, devicePath, ataPort, place) => {
  expect(placeOf({ name, devicePath, ataPort })).toBe(place)
})

test('the number of a SATA port is the controller’s own', () => {
  const path = `${pci}/0000:00:17.0/ata3/host2/target2:0:0/2:0:0:0/block/sda`
  expect(ataPortFile(path)).toBe('sys/devices/pci0000:00/0000:00:17.0/ata3/ata_port/ata3/port_no')
  expect(ataPortFile(`${pci}/0000:01:00.0/nvme/nvme0/nvme0n1`)).toBeNull()
})
