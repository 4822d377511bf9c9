/** Where a disk hangs, from its folder in sysfs and, for SATA, its controller's own number of the port. */
export type DiskPosition = { name: string; devicePath: string; ataPort: string | null }

/** `0000:00:17.0`; behind Intel's VMD the domain has five digits, `10000:e1:00.0`. */
const pciAddress = /\/([0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7])(?=\/)/g

/**
 * The place of a disk in words that are the same at every start: the PCI address of its controller and its number there.
 * The kernel's own numbers (`ata3`, `host2`, `nvme1`) are not in it, since they are given in the order things are found.
 * Null for what hangs on no PCI device. The form is that of udev's `ID_PATH`. Pure.
 */
export function placeOf(position: DiskPosition): string | null {
  const controller = [...position.devicePath.matchAll(pciAddress)].at(-1)?.[1]
  return controller === undefined ? null : `pci-${controller}${numberAt(position)}`
}

function numberAt({ name, devicePath, ataPort }: DiskPosition): string {
  const namespace = /^nvme\d+n(\d+)$/.exec(name)?.[1]
  if (namespace !== undefined) return `-nvme-${namespace}`
  const card = /\/mmc\d+:([0-9a-f]+)\//.exec(devicePath)?.[1]
  if (card !== undefined) return `-mmc-${card}`
  const usb = /\/usb\d+\/(?:[^/]+\/)*?\d+-([\d.]+):\d+\.\d+\//.exec(devicePath)?.[1]
  const unit = /\/\d+:(\d+:\d+:\d+)\/block\//.exec(devicePath)?.[1]
  if (usb !== undefined) return `-usb-${usb}${unit === undefined ? '' : `-scsi-${unit}`}`
  if (ataPort !== null) return `-ata-${ataPort}${unit === undefined ? '' : `-scsi-${unit}`}`
  return unit === undefined ? '' : `-scsi-${unit}`
}

/** The file in which the kernel says which of its controller's ports a SATA disk is at; null for other disks. */
export function ataPortFile(devicePath: string): string | null {
  const [, folder, port] = /^\/(.*\/(ata\d+))\//.exec(devicePath) ?? []
  return folder === undefined || port === undefined ? null : `${folder}/ata_port/${port}/port_no`
}
