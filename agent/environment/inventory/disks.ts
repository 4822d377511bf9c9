import type { Disk } from '../../protocol/inventory.ts'
import { ataPortFile, placeOf } from './disk-place.ts'
import { meaningfulText } from './firmware-text.ts'
import type { SourceFiles } from './source-files.ts'

/** What a PC calls a disk: not loop, ram, zram, device mapper, software RAID, optical, floppy; not eMMC's boot areas. */
const diskNames = /^(nvme\d+n\d+|sd[a-z]+|hd[a-z]+|vd[a-z]+|xvd[a-z]+|mmcblk\d+|pmem\d+)$/

/** The raw texts of one disk in /sys/block. */
export type DiskSource = {
  name: string
  /** Where the device hangs: `/devices/pci0000:00/…/nvme/nvme0/nvme0n1`. */
  devicePath: string
  /** Of a SATA disk: the number of its controller's port. */
  ataPort: string | null
  sizeSectors: string | null
  logicalBlockSize: string | null
  removable: string | null
  rotational: string | null
  model: string | null
  vendor: string | null
  serial: string | null
  /** SCSI's unit serial number page (SPC-4 §7.8.14), which libata makes for SATA disks. */
  serialPage: Uint8Array | null
  wwid: string | null
  /** `MMC` is soldered on, `SD` is a card. */
  mmcType: string | null
}

export type DiskFacts = Omit<Disk, 'bootMedium' | 'health'>

/** One disk as the inventory says it; null for a slot without a medium. */
export function readDisk(source: DiskSource): DiskFacts | null {
  // The kernel counts in 512-byte units here whatever the disk's own sectors are.
  const sizeBytes = Number(source.sizeSectors ?? 0) * 512
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes <= 0) return null
  const transport = transportOf(source)
  return {
    name: source.name,
    model: modelOf(source, transport),
    serial: meaningfulText(source.serial ?? '') ?? pageSerial(source.serialPage),
    wwn: wwnOf(source.wwid),
    place: placeOf(source),
    sizeBytes,
    logicalSectorBytes: Math.max(512, Number(source.logicalBlockSize) || 512),
    transport,
    removable: source.removable === '1' || source.mmcType === 'SD',
    rotational: source.rotational === '1',
  }
}

function transportOf({ name, devicePath }: DiskSource): Disk['transport'] {
  if (name.startsWith('nvme')) return 'nvme'
  if (name.startsWith('mmcblk')) return 'mmc'
  if (/\/usb\d+\//.test(devicePath)) return 'usb'
  if (/\/ata\d+\//.test(devicePath)) return 'sata'
  return /\/virtio\d+\//.test(devicePath) ? 'virtio' : 'other'
}

/** libata's vendor is always "ATA" and says nothing; others' (QEMU, a USB stick's maker) belongs to the name. */
function modelOf({ model, vendor }: DiskSource, transport: Disk['transport']): string | null {
  const name = meaningfulText(model ?? '')
  const maker = transport === 'usb' || transport === 'other' ? meaningfulText(vendor ?? '') : null
  if (name === null || maker === null || maker === 'ATA') return name
  return `${maker} ${name}`
}

function pageSerial(page: Uint8Array | null): string | null {
  if (page === null || page[1] !== 0x80) return null
  return meaningfulText(Buffer.from(page.subarray(4, 4 + (page[3] ?? 0))).toString('latin1'))
}

/** `eui.…`, `nvme.…`, `naa.5…`; `t10.ATA …` only repeats model and serial. */
function wwnOf(wwid: string | null): string | null {
  return wwid === null || wwid.startsWith('t10.') ? null : meaningfulText(wwid)
}

/** Every disk with a medium, by the kernel's name. */
export async function listDisks(files: SourceFiles): Promise<DiskFacts[]> {
  const names = (await files.list('sys/block')).filter((name) => diskNames.test(name))
  const sources = await Promise.all(names.map((name) => readSource(files, name)))
  return sources.flatMap((source) => readDisk(source) ?? []).slice(0, 64)
}

async function readSource(files: SourceFiles, name: string): Promise<DiskSource> {
  const at = `sys/block/${name}`
  const either = async (...paths: string[]): Promise<string | null> => {
    for (const path of paths) {
      const text = await files.text(`${at}/${path}`)
      if (text !== null && text !== '') return text
    }
    return null
  }
  const devicePath = (await files.resolve(at)) ?? ''
  const portFile = ataPortFile(devicePath)
  return {
    name,
    devicePath,
    ataPort: portFile === null ? null : await files.text(portFile),
    sizeSectors: await either('size'),
    logicalBlockSize: await either('queue/logical_block_size'),
    removable: await either('removable'),
    rotational: await either('queue/rotational'),
    model: await either('device/model', 'device/name'),
    vendor: await either('device/vendor'),
    serial: await either('device/serial', 'serial'),
    serialPage: await files.bytes(`${at}/device/vpd_pg80`),
    wwid: await either('wwid', 'device/wwid', 'device/cid'),
    mmcType: await either('device/type'),
  }
}
