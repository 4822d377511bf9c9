import type { Device, Disk, Inventory } from '../../../agent/protocol/inventory.ts'

/** A disk as a NUC has it; say what differs. */
export function makeDisk(differences: Partial<Disk> = {}): Disk {
  return {
    name: 'nvme0n1',
    model: 'Samsung SSD 980 500GB',
    serial: 'S64DNX0R123456',
    wwn: 'eui.002538d711a0b2c3',
    sizeBytes: 500_107_862_016,
    logicalSectorBytes: 512,
    transport: 'nvme',
    removable: false,
    rotational: false,
    bootMedium: false,
    health: { verdict: 'good', percentUsed: 1, powerOnHours: 12, temperatureCelsius: 35, mediaErrors: 0 },
    ...differences,
  }
}

export const raidController: Device = {
  bus: 'pci',
  address: '0000:00:0e.0',
  hardwareId: 'PCI\\VEN_8086&DEV_9A0B&SUBSYS_00000000&REV_00',
  deviceClass: '0104',
  description: null,
  driver: 'vmd',
}

/** A NUC with 16 GiB and one NVMe disk. */
export function makeInventory(differences: Partial<Inventory> = {}): Inventory {
  return {
    system: {
      uuid: '03000200-0400-0500-0006-000700080009',
      serial: 'BTTN12300456',
      manufacturer: 'Intel(R) Client Systems',
      product: 'NUC11TNHi5',
      version: 'M11904-403',
      sku: null,
      family: 'TN',
    },
    board: { manufacturer: 'Intel Corporation', product: 'NUC11TNBi5', serial: 'BTTN123004D1', version: 'M11904-403' },
    firmware: { vendor: 'Intel Corp.', version: 'TNTGL357.0071', date: '07/03/2023', mode: 'uefi', windowsKey: false },
    secureBoot: { state: 'on', trusts2011: true, trusts2023: false, revokes2011: false },
    tpm: { present: true, version: '2.0', manufacturer: 'INTC' },
    processor: { model: '11th Gen Intel(R) Core(TM) i5-1135G7 @ 2.40GHz', cores: 4, threads: 8, maxMhz: 4200 },
    memory: {
      totalBytes: 16 * 2 ** 30,
      slots: 2,
      modules: [
        {
          slot: 'SODIMM1 / CHANNEL A DIMM0',
          sizeBytes: 16 * 2 ** 30,
          type: 'DDR4',
          speedMtps: 3200,
          manufacturer: 'Kingston',
          partNumber: '9905700-101',
          serial: '12345678',
        },
      ],
    },
    disks: [makeDisk()],
    networkInterfaces: [
      { name: 'eth0', mac: '88:ae:dd:00:00:01', driver: 'igc', speedMbps: 1000, address: '10.0.0.51', wireless: false },
    ],
    devices: [],
    ...differences,
  }
}
