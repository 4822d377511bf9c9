/** A device as the inventory describes it. */
export type InventoryDevice = {
  readonly bus: 'pci' | 'usb' | 'acpi'
  readonly address: string
  /** `PCI\VEN_8086&DEV_15F3&SUBSYS_…&REV_03`, `USB\VID_8087&PID_0032&REV_0001` or `ACPI\INTC1055` */
  readonly hardwareId: string
  /** Of ACPI: `ACPI\PNP0C50` and the like. */
  readonly compatibleIds?: readonly string[] | undefined
  /** PCI class and subclass (and interface) or USB class, in hexadecimal. */
  readonly deviceClass: string
  readonly description: string | null
}

/** How closely an id names a device, the closest first. */
export type Precision =
  'subsystem-revision' | 'subsystem' | 'revision' | 'device' | 'device-class' | 'interface' | 'vendor-class' | 'class'

/** One id Windows gives a device; compatible ids come after every hardware id. */
export type DeviceId = { readonly id: string; readonly precision: Precision; readonly compatible: boolean }

/**
 * Every id Windows gives a device, from the most precise one, in its order. Of a PCI device the order is that of the values
 * HardwareID and CompatibleIDs below `Enum\PCI` of real Windows 10 and 11 hives, where vendor and device alone are a
 * compatible id, after the device's class; "Identifiers for PCI Devices" says otherwise. Of USB: "Standard USB Identifiers".
 * Where the inventory lacks a digit that Windows knows (the PCI programming interface, the interfaces of a USB device), `?`
 * stands for it. An id of another shape stands for itself alone.
 */
export function deviceIds({ bus, hardwareId, compatibleIds = [], deviceClass }: InventoryDevice): DeviceId[] {
  if (bus === 'acpi')
    return listed(
      acpiForms(hardwareId).map((id) => [id, 'device']),
      compatibleIds.flatMap(acpiForms).map((id) => [id, 'class']),
    )
  const id = hardwareId.toUpperCase()
  const digits = deviceClass.toUpperCase()
  const pci = /^(PCI\\VEN_[0-9A-F]{4})(&DEV_[0-9A-F]{4})(&SUBSYS_[0-9A-F]{8})?(&REV_[0-9A-F]{2})?$/.exec(id)
  if (pci !== null) return pciIds([pci[1] ?? '', pci[2] ?? '', pci[3] ?? '', pci[4] ?? ''], digits)
  const usb = /^(USB\\VID_[0-9A-F]{4}&PID_[0-9A-F]{4})(&REV_[0-9A-F]{4})?$/.exec(id)
  return usb === null ? [{ id, precision: 'device', compatible: false }] : usbIds(usb[1] ?? '', usb[2] ?? '', digits)
}

type PciParts = readonly [vendor: string, device: string, subsystem: string, revision: string]

function pciIds([vendor, device, subsystem, revision]: PciParts, deviceClass: string): DeviceId[] {
  const one = vendor + device
  const classes = classCodes(deviceClass)
  const hardware: Array<[string, Precision]> = [
    [one + subsystem + revision, 'subsystem-revision'],
    [one + subsystem, 'subsystem'],
    ...classes.map((code): [string, Precision] => [one + code, 'device-class']),
  ]
  const compatible: Array<[string, Precision]> = [
    [one + revision, 'revision'],
    [one, 'device'],
    ...classes.map((code): [string, Precision] => [vendor + code, 'vendor-class']),
    [vendor, 'vendor-class'],
    ...classes.map((code): [string, Precision] => [`PCI\\${code.slice(1)}`, 'class']),
  ]
  const missing = (precision: Precision): boolean =>
    (subsystem === '' && precision.startsWith('subsystem')) || (revision === '' && precision.endsWith('revision'))
  return listed(
    hardware.filter(([, precision]) => !missing(precision)),
    compatible,
  )
}

/** `&CC_040380` and `&CC_0403`; without the programming interface the first reads `&CC_0403??`. */
function classCodes(deviceClass: string): string[] {
  if (!/^[0-9A-F]{4}([0-9A-F]{2})?$/.test(deviceClass)) return []
  return [`&CC_${deviceClass.padEnd(6, '?')}`, `&CC_${deviceClass.slice(0, 4)}`]
}

function usbIds(device: string, revision: string, deviceClass: string): DeviceId[] {
  const hardware: Array<[string, Precision]> = [
    ...(revision === '' ? [] : [[device + revision, 'revision'] satisfies [string, Precision]]),
    [device, 'device'],
    [`${device}&MI_??`, 'interface'],
  ]
  return listed(hardware, /^[0-9A-F]{2}$/.test(deviceClass) ? [[`USB\\CLASS_${deviceClass}`, 'class']] : [])
}

/** `ACPI\INTC1055` in the forms Windows gives it, and INFs use: vendor and device apart, whole, and as PnP BIOSes wrote it. */
function acpiForms(id: string): string[] {
  const name = id.toUpperCase().replace(/^ACPI\\/, '')
  const [, vendor = '', device = ''] = /^(.+)(.{4})$/.exec(name) ?? []
  return [...(vendor === '' ? [] : [`ACPI\\VEN_${vendor}&DEV_${device}`]), `ACPI\\${name}`, `*${name}`]
}

function listed(hardware: ReadonlyArray<[string, Precision]>, compatible: ReadonlyArray<[string, Precision]>) {
  return [
    ...hardware.map(([id, precision]): DeviceId => ({ id, precision, compatible: false })),
    ...compatible.map(([id, precision]): DeviceId => ({ id, precision, compatible: true })),
  ]
}

/** The keys an id of an INF is found under: itself, and the form with `?` of what an inventory may lack. */
export function keysOf(infId: string): string[] {
  const open = infId
    .replace(/(&CC_[0-9A-F]{4}|\\CC_[0-9A-F]{4})[0-9A-F]{2}$/, '$1??')
    .replace(/^(USB\\VID_[0-9A-F]{4}&PID_[0-9A-F]{4})(?:&REV_[0-9A-F]{4})?&MI_[0-9A-F]{2}$/, '$1&MI_??')
  return open === infId ? [infId] : [infId, open]
}
