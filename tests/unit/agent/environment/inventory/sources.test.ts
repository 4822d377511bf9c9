import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Value } from 'typebox/value'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listAcpiDevices, listPciDevices, listUsbDevices } from '../../../../../agent/environment/inventory/devices.ts'
import {
  isOfDisk,
  mountedDevices,
  partitionName,
  swapDevices,
} from '../../../../../agent/environment/inventory/disk-use.ts'
import { listDisks } from '../../../../../agent/environment/inventory/disks.ts'
import { listNetworkInterfaces } from '../../../../../agent/environment/inventory/network-interfaces.ts'
import { mergeProcessor, readCpuInfo } from '../../../../../agent/environment/inventory/processor.ts'
import { readInventory } from '../../../../../agent/environment/inventory/read-inventory.ts'
import { openSourceFiles } from '../../../../../agent/environment/inventory/source-files.ts'
import { decodeCaps, decodeManufacturer, readTpm } from '../../../../../agent/environment/inventory/tpm.ts'
import { systemClock } from '../../../../../agent/runtime/clock.ts'
import { openExec } from '../../../../../agent/runtime/exec.ts'
import { Inventory } from '../../../../../agent/protocol/inventory.ts'
import { nucTable } from '../dmi-table.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'etabli-sources-'))
})
afterEach(() => rmSync(root, { recursive: true }))

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

function putAll(folder: string, files: Record<string, string | Uint8Array>): void {
  for (const [name, content] of Object.entries(files)) put(`${folder}/${name}`, content)
}

function link(path: string, target: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  mkdirSync(join(root, dirname(path), target), { recursive: true })
  symlinkSync(target, join(root, path))
}

/** A disk's folder hangs on its device's path, as in sysfs. */
function putDisk(name: string, path: string, files: Record<string, string | Uint8Array>): void {
  putAll(`sys/devices/${path}/${name}`, files)
  link(`sys/block/${name}`, `../devices/${path}/${name}`)
}

describe('disks of /sys/block', () => {
  test('an NVMe disk is known by model, serial and EUI', async () => {
    putDisk('nvme0n1', 'pci0000:00/0000:01:00.0/nvme/nvme0', {
      size: '976773168\n',
      'queue/logical_block_size': '4096\n',
      'queue/rotational': '0\n',
      removable: '0\n',
      'device/model': 'Samsung SSD 980 500GB                   \n',
      'device/serial': 'S64DNX0R123456      \n',
      wwid: 'eui.002538d711a0b2c3\n',
    })
    expect(await listDisks(openSourceFiles(root))).toEqual([
      {
        name: 'nvme0n1',
        model: 'Samsung SSD 980 500GB',
        serial: 'S64DNX0R123456',
        wwn: 'eui.002538d711a0b2c3',
        place: 'pci-0000:01:00.0-nvme-1',
        sizeBytes: 500_107_862_016,
        logicalSectorBytes: 4096,
        transport: 'nvme',
        removable: false,
        rotational: false,
      },
    ])
  })

  test('a SATA disk’s serial comes from its page 80h, its vendor "ATA" is no maker', async () => {
    putDisk('sda', 'pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block', {
      size: '1953525168',
      'queue/rotational': '1',
      'device/vendor': 'ATA     ',
      'device/model': 'ST1000LM048-2E71',
      'device/vpd_pg80': Buffer.concat([Buffer.from([0, 0x80, 0, 20]), Buffer.from('            WKPX1234')]),
      'device/wwid': 'naa.5000c500b5c9e1a2',
    })
    expect(await listDisks(openSourceFiles(root))).toMatchObject([
      {
        model: 'ST1000LM048-2E71',
        serial: 'WKPX1234',
        wwn: 'naa.5000c500b5c9e1a2',
        transport: 'sata',
        rotational: true,
      },
    ])
  })

  test('a USB stick is removable, an SD card too, soldered eMMC is not', async () => {
    const size = '31116288'
    const usb = 'pci0000:00/0000:00:14.0/usb1/1-4/1-4:1.0/host2/target2:0:0/2:0:0:0/block'
    putDisk('sdb', usb, { size, removable: '1', 'device/vendor': 'SanDisk ', 'device/model': 'Ultra Fit       ' })
    putDisk('mmcblk0', 'pci0000:00/mmc0/mmc0:0001/block', {
      size,
      removable: '0',
      'device/type': 'MMC',
      'device/name': 'DA4032',
    })
    putDisk('mmcblk1', 'pci0000:00/mmc1/mmc1:0001/block', {
      size,
      removable: '0',
      'device/type': 'SD',
      'device/name': 'SC32G',
    })
    expect(
      (await listDisks(openSourceFiles(root))).map(({ name, model, transport, removable }) => ({
        name,
        model,
        transport,
        removable,
      })),
    ).toEqual([
      { name: 'mmcblk0', model: 'DA4032', transport: 'mmc', removable: false },
      { name: 'mmcblk1', model: 'SC32G', transport: 'mmc', removable: true },
      { name: 'sdb', model: 'SanDisk Ultra Fit', transport: 'usb', removable: true },
    ])
  })

  test('leaves out what is no disk: loops, memory, optical drives, boot areas, empty card readers', async () => {
    for (const name of ['loop0', 'zram0', 'ram0', 'dm-0', 'md0', 'sr0', 'fd0', 'mmcblk0boot0', 'nvme0c0n1']) {
      putDisk(name, `virtual/block`, { size: '100000' })
    }
    putDisk('sdd', 'pci0000:00/usb1/1-2/block', { size: '0', removable: '1' })
    expect(await listDisks(openSourceFiles(root))).toEqual([])
  })
})

describe('what is in use', () => {
  test.each([
    ['nvme0n1p3', 'nvme0n1', true],
    ['nvme0n1', 'nvme0n1', true],
    ['nvme0n10', 'nvme0n1', false],
    ['sda1', 'sda', true],
    ['sdaa1', 'sda', false],
    ['mmcblk0p1', 'mmcblk0', true],
    ['mmcblk0boot0', 'mmcblk0', false],
  ])('%s of %s: %s', (device, disk, expected) => {
    expect(isOfDisk(device, disk)).toBe(expected)
  })

  test('names partitions as the kernel does', () => {
    expect([partitionName('nvme0n1', 3), partitionName('sda', 3), partitionName('loop7', 1)]).toEqual([
      'nvme0n1p3',
      'sda3',
      'loop7p1',
    ])
  })

  test('reads mounts and swap areas', () => {
    const mounts = 'proc /proc proc rw 0 0\n/dev/sda1 /mnt/My\\040Disk vfat ro 0 0\n'
    expect([...mountedDevices(mounts)]).toEqual([['sda1', '/mnt/My Disk']])
    expect(
      swapDevices(
        'Filename\tType\n/dev/sda2                               partition\t1\t0\t-2\n/swapfile file 1 0 -3\n',
      ),
    ).toEqual(['sda2'])
  })
})

describe('devices', () => {
  test('PCI hardware ids are written as Windows writes them', async () => {
    putAll('sys/bus/pci/devices/0000:57:00.0', {
      vendor: '0x8086\n',
      device: '0x15f3\n',
      subsystem_vendor: '0x8086\n',
      subsystem_device: '0x3025\n',
      revision: '0x03\n',
      class: '0x020000\n',
    })
    link('sys/bus/pci/devices/0000:57:00.0/driver', '../../drivers/igc')
    expect(await listPciDevices(openSourceFiles(root))).toEqual([
      {
        bus: 'pci',
        address: '0000:57:00.0',
        hardwareId: 'PCI\\VEN_8086&DEV_15F3&SUBSYS_30258086&REV_03',
        deviceClass: '0200',
        description: null,
        driver: 'igc',
      },
    ])
  })

  test('USB devices are named, root hubs and interfaces left out, the class taken from the interface where it is said', async () => {
    const folder = 'sys/bus/usb/devices'
    putAll(`${folder}/usb1`, { idVendor: '1d6b', idProduct: '0002', bcdDevice: '0610', bDeviceClass: '09' })
    putAll(`${folder}/1-10`, { idVendor: '8087', idProduct: '0032', bcdDevice: '0001', bDeviceClass: 'e0' })
    putAll(`${folder}/1-4`, {
      idVendor: '046d',
      idProduct: 'c31c',
      bcdDevice: '6402',
      bDeviceClass: '00',
      manufacturer: 'Logitech',
      product: 'USB Keyboard',
    })
    putAll(`${folder}/1-4:1.0`, { bInterfaceClass: '03' })
    link(`${folder}/1-4:1.0/driver`, '../../drivers/usbhid')
    expect(await listUsbDevices(openSourceFiles(root))).toEqual([
      {
        bus: 'usb',
        address: '1-10',
        hardwareId: 'USB\\VID_8087&PID_0032&REV_0001',
        deviceClass: 'E0',
        description: null,
        driver: null,
      },
      {
        bus: 'usb',
        address: '1-4',
        hardwareId: 'USB\\VID_046D&PID_C31C&REV_6402',
        deviceClass: '03',
        description: 'Logitech USB Keyboard',
        driver: 'usbhid',
      },
    ])
  })

  test('of ACPI those that are there, as Windows names them, without what the kernel makes up', async () => {
    const folder = 'sys/bus/acpi/devices'
    putAll(`${folder}/INTC1055:00`, { hid: 'INTC1055', status: '15\n', modalias: 'acpi:INTC1055:PNP0C50:\n' })
    putAll(`${folder}/PNP0A08:00`, { hid: 'PNP0A08', modalias: 'acpi:PNP0A08:PNP0A03:\n' })
    putAll(`${folder}/PNP0501:00`, { hid: 'PNP0501', status: '0\n', modalias: 'acpi:PNP0501:\n' })
    putAll(`${folder}/LNXCPU:00`, { hid: 'LNXCPU', status: '15\n', modalias: 'acpi:LNXCPU:\n' })
    putAll(`${folder}/device:00`, { path: '\\_SB_.PCI0' })
    expect(await listAcpiDevices(openSourceFiles(root))).toMatchObject([
      { bus: 'acpi', address: 'INTC1055:00', hardwareId: 'ACPI\\INTC1055', compatibleIds: ['ACPI\\PNP0C50'] },
      { bus: 'acpi', address: 'PNP0A08:00', hardwareId: 'ACPI\\PNP0A08', compatibleIds: ['ACPI\\PNP0A03'] },
    ])
  })

  test('network cards have a device behind them; Wi-Fi is told apart', async () => {
    const folder = 'sys/class/net'
    putAll(`${folder}/lo`, { address: '00:00:00:00:00:00' })
    putAll(`${folder}/veth0`, { address: '02:00:00:00:00:01' })
    putAll(`${folder}/enp87s0`, { address: '88:ae:dd:00:00:01\n', speed: '2500\n' })
    link(`${folder}/enp87s0/device`, '../../../devices/pci0000:00/0000:00:1c.2/0000:57:00.0')
    putAll(`${folder}/wlp0s20f3`, { address: 'aa:bb:cc:00:00:02', speed: '-1', 'phy80211/index': '0' })
    link(`${folder}/wlp0s20f3/device`, '../../../devices/pci0000:00/0000:00:14.3')
    expect(
      await listNetworkInterfaces(openSourceFiles(root), (name) => (name === 'enp87s0' ? '10.0.0.51' : null)),
    ).toEqual([
      {
        name: 'enp87s0',
        mac: '88:ae:dd:00:00:01',
        driver: null,
        bus: 'pci',
        speedMbps: 2500,
        address: '10.0.0.51',
        wireless: false,
      },
      {
        ...{ name: 'wlp0s20f3', mac: 'aa:bb:cc:00:00:02', driver: null, bus: 'pci' },
        ...{ speedMbps: null, address: null, wireless: true },
      },
    ])
  })

  test.each([
    ['a card inside', 'pci0000:00/0000:00:1f.6', 'pci'],
    ['a virtual card', 'pci0000:00/0000:00:02.0/virtio0', 'pci'],
    ['an adapter', 'pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0', 'usb'],
    ['a card of a USB dock', 'pci0000:00/0000:00:0d.0/usb4/4-2/4-2.3/4-2.3:1.0', 'usb'],
    ['a card on a board without PCI', 'platform/soc/30be0000.ethernet', 'other'],
    ['an adapter on a board without PCI', 'platform/soc/xhci-hcd.1/usb1/1-1/1-1:1.0', 'usb'],
  ])('the bus is told by the place in the device tree: %s', async (_what, path, bus) => {
    put('sys/class/net/eth0/address', '02:00:00:00:00:01')
    link('sys/class/net/eth0/device', `../../../devices/${path}`)
    expect(await listNetworkInterfaces(openSourceFiles(root), () => null)).toMatchObject([{ bus }])
  })

  test('a PCI card that the kernel calls removable is a Thunderbolt dock’s', async () => {
    const path = 'pci0000:00/0000:00:07.0/0000:03:00.0/0000:04:02.0/0000:05:00.0'
    put('sys/class/net/eth0/address', '02:00:00:00:00:01')
    link('sys/class/net/eth0/device', `../../../devices/${path}`)
    put(`sys/devices/${path}/removable`, 'removable\n')
    expect(await listNetworkInterfaces(openSourceFiles(root), () => null)).toMatchObject([{ bus: 'thunderbolt' }])
  })
})

describe('processor and TPM', () => {
  test('cores are counted once for their threads', () => {
    const block = (processor: number, core: number): string =>
      `processor\t: ${processor}\nmodel name\t: Intel(R) Core(TM) i3-1215U\nphysical id\t: 0\ncore id\t\t: ${core}\n`
    const kernel = readCpuInfo([block(0, 0), block(1, 0), block(2, 4), block(3, 4)].join('\n'))
    expect(mergeProcessor(kernel, null, '4400000')).toEqual({
      model: 'Intel(R) Core(TM) i3-1215U',
      cores: 2,
      threads: 4,
      maxMhz: 4400,
    })
  })

  test('the TPM’s maker is read from the answer to TPM2_GetCapability', async () => {
    const answer = Buffer.from('80010000001b00000000010000000600000001000001054d534654', 'hex')
    expect(decodeManufacturer(answer)).toBe('MSFT')
    expect(decodeManufacturer(Buffer.from('80010000000a00000101', 'hex'))).toBeNull()
    put('sys/class/tpm/tpm0/tpm_version_major', '2\n')
    expect(await readTpm(openSourceFiles(root), () => Promise.resolve(answer))).toEqual({
      present: true,
      version: '2.0',
      manufacturer: 'MSFT',
    })
  })

  test('a TPM 1.2 says it in its caps', () => {
    expect(decodeCaps('Manufacturer: 0x49465800\nTCG version: 1.2\nFirmware version: 4.40\n')).toEqual({
      version: '1.2',
      manufacturer: 'IFX',
    })
  })
})

describe('the whole inventory', () => {
  const abort = new AbortController()
  const exec = openExec(abort.signal, () => undefined)
  const read = (at: string) =>
    readInventory({
      files: openSourceFiles(at),
      exec,
      clock: systemClock,
      signal: abort.signal,
      mountFolder: '/mnt/etabli',
      askTpm: () => Promise.resolve(null),
      addressOf: () => null,
    })

  test('is complete, with nulls, on a machine that tells nothing', async () => {
    const inventory = await read(root)
    expect(Value.Errors(Inventory, inventory)).toEqual([])
    expect(inventory).toMatchObject({
      firmware: { mode: 'bios', windowsKey: false },
      tpm: { present: false },
      disks: [],
    })
  })

  test('reads this very machine without an error', async () => {
    const inventory = await read('/')
    expect(Value.Errors(Inventory, inventory)).toEqual([])
    expect(inventory.processor.threads).toBeGreaterThan(0)
    expect(inventory.memory.totalBytes).toBeGreaterThan(2 ** 20)
  })

  test('knows the Windows key by its table, the boot medium by its mount, and never the disk a step has mounted', async () => {
    put('sys/firmware/dmi/tables/DMI', nucTable())
    put('sys/firmware/acpi/tables/MSDM', 'secret')
    put('sys/firmware/efi/runtime', '')
    putDisk('sda', 'pci0000:00/ata1/block', { size: '1000000' })
    putDisk('sdb', 'pci0000:00/ata2/block', { size: '1000000' })
    put('proc/mounts', '/dev/sda1 /run/medium iso9660 ro 0 0\n/dev/sdb3 /mnt/etabli/windows fuseblk rw 0 0\n')
    const inventory = await read(root)
    expect(inventory.firmware).toMatchObject({ mode: 'uefi', windowsKey: true })
    expect(JSON.stringify(inventory)).not.toContain('secret')
    expect(inventory.disks.map(({ name, bootMedium }) => [name, bootMedium])).toEqual([
      ['sda', true],
      ['sdb', false],
    ])
  })
})
