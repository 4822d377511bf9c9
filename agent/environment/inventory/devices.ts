import type { Device } from '../../protocol/inventory.ts'
import { meaningfulText } from './firmware-text.ts'
import type { SourceFiles } from './source-files.ts'

/** A PCI device's files in /sys/bus/pci/devices, each like `0x8086`. */
export type PciSource = Record<
  'vendor' | 'device' | 'subsystemVendor' | 'subsystemDevice' | 'revision' | 'class',
  string | null
>

/** Its most precise hardware id, as Windows' Device Manager shows it first; null when vendor or device is missing. */
export function pciHardwareId(source: PciSource): string | null {
  const vendor = hex(source.vendor, 4)
  const device = hex(source.device, 4)
  if (vendor === null || device === null) return null
  const subsystem = `${hex(source.subsystemDevice, 4) ?? '0000'}${hex(source.subsystemVendor, 4) ?? '0000'}`
  return `PCI\\VEN_${vendor}&DEV_${device}&SUBSYS_${subsystem}&REV_${hex(source.revision, 2) ?? '00'}`
}

/** `USB\VID_8087&PID_0032&REV_0001` from the device descriptor's `8087`, `0032`, `0001`. */
export function usbHardwareId(vendor: string | null, product: string | null, release: string | null): string | null {
  const [vid, pid] = [hex(vendor, 4), hex(product, 4)]
  return vid === null || pid === null ? null : `USB\\VID_${vid}&PID_${pid}&REV_${hex(release, 4) ?? '0000'}`
}

function hex(text: string | null, digits: number): string | null {
  const bare = text?.replace(/^0x/, '') ?? ''
  return /^[0-9a-f]+$/i.test(bare) ? bare.toUpperCase().padStart(digits, '0').slice(-digits) : null
}

export async function listPciDevices(files: SourceFiles): Promise<Device[]> {
  const folder = 'sys/bus/pci/devices'
  const devices = await Promise.all(
    (await files.list(folder)).map(async (address): Promise<Device[]> => {
      const read = (name: string): Promise<string | null> => files.text(`${folder}/${address}/${name}`)
      const source: PciSource = {
        vendor: await read('vendor'),
        device: await read('device'),
        subsystemVendor: await read('subsystem_vendor'),
        subsystemDevice: await read('subsystem_device'),
        revision: await read('revision'),
        class: await read('class'),
      }
      const hardwareId = pciHardwareId(source)
      if (hardwareId === null) return []
      const deviceClass = hex(source.class, 6)?.slice(0, 4) ?? '0000'
      const driver = await files.linkName(`${folder}/${address}/driver`)
      return [{ bus: 'pci', address, hardwareId, deviceClass, description: null, driver }]
    }),
  )
  return devices.flat()
}

/** Linux's own root hubs are no devices of the machine. */
const rootHubVendor = '1d6b'

export async function listUsbDevices(files: SourceFiles): Promise<Device[]> {
  const folder = 'sys/bus/usb/devices'
  const names = await files.list(folder)
  const devices = await Promise.all(
    names.map(async (address): Promise<Device[]> => {
      // `1-4:1.0` is an interface of the device `1-4`.
      if (address.includes(':')) return []
      const read = (name: string): Promise<string | null> => files.text(`${folder}/${address}/${name}`)
      const vendor = await read('idVendor')
      const hardwareId = usbHardwareId(vendor, await read('idProduct'), await read('bcdDevice'))
      if (hardwareId === null || vendor === rootHubVendor) return []
      const [ownClass, maker, product] = [await read('bDeviceClass'), await read('manufacturer'), await read('product')]
      const first = names.find((name) => name.startsWith(`${address}:`))
      // Class 00 means: each interface says it for itself.
      const usedClass =
        ownClass === '00' && first !== undefined ? await files.text(`${folder}/${first}/bInterfaceClass`) : ownClass
      const driver = first === undefined ? null : await files.linkName(`${folder}/${first}/driver`)
      const description = meaningfulText([maker, product].filter((part) => part !== null).join(' '))
      return [{ bus: 'usb', address, hardwareId, deviceClass: hex(usedClass, 2) ?? '00', description, driver }]
    }),
  )
  return devices.flat()
}

/** Devices the kernel makes up for itself (`LNXCPU`, `LNXPWRBN`); no firmware names them. */
const kernelsOwn = /^LNX/
/** `INTC1055` of ACPI's own ids, `PNP0C50` of the older ones. */
const acpiId = /^(?:[A-Z0-9]{4}[0-9A-F]{4}|[A-Z]{3}[0-9A-F]{4})$/

/**
 * What the firmware describes in ACPI and says is present. `status` is its _STA, of which bit 0 says present; without one
 * a device is (ACPI specification, "_STA (Device Status)"). `modalias` reads `acpi:INTC1055:PNP0C50:`.
 */
export async function listAcpiDevices(files: SourceFiles): Promise<Device[]> {
  const folder = 'sys/bus/acpi/devices'
  const devices = await Promise.all(
    (await files.list(folder)).map(async (address): Promise<Device[]> => {
      const status = await files.text(`${folder}/${address}/status`)
      const names = ((await files.text(`${folder}/${address}/modalias`)) ?? '').split(':').slice(1)
      const [id, ...others] = names.map((name) => name.toUpperCase()).filter((name) => acpiId.test(name))
      if (id === undefined || kernelsOwn.test(id) || (status !== null && (Number(status) & 1) === 0)) return []
      const compatibleIds = others.slice(0, 16).map((other) => `ACPI\\${other}`)
      const known = { deviceClass: '', description: null, driver: null }
      return [{ bus: 'acpi', address, hardwareId: `ACPI\\${id}`, compatibleIds, ...known }]
    }),
  )
  return devices.flat()
}
