import type { Board } from '../../../../images/driver-packs/board.ts'
import type { InventoryDevice } from '../../../../images/driver-packs/device-ids.ts'
import type { BoardModel, DriverPack } from '../../../../images/driver-packs/driver-pack.ts'
import { indexPack } from '../../../../images/driver-packs/index-pack.ts'
import type { WindowsTarget } from '../../../../images/inf/target-os.ts'

export const windows11: WindowsTarget = { architecture: 'amd64', build: 26_100 }
export const windows10: WindowsTarget = { architecture: 'amd64', build: 19_045 }
export const nuc13: Board = { manufacturer: 'Intel Corporation', product: 'NUC13ANBi7' }

/** A pack of INF texts by path. */
export function packOf(name: string, infs: Record<string, string>, models: readonly BoardModel[] = []): DriverPack {
  const files = Object.entries(infs).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }))
  return indexPack({ name, models, files })
}

export function pci(hardwareId: string, deviceClass: string, address = '0000:00:1f.6'): InventoryDevice {
  return { bus: 'pci', address, hardwareId: `PCI\\${hardwareId}`, deviceClass, description: null }
}

export function usb(hardwareId: string, deviceClass: string, address = '1-4'): InventoryDevice {
  return { bus: 'usb', address, hardwareId: `USB\\${hardwareId}`, deviceClass, description: null }
}

export function acpi(hardwareId: string, ...compatible: string[]): InventoryDevice {
  const compatibleIds = compatible.map((id) => `ACPI\\${id}`)
  const known = { deviceClass: '', description: null }
  return { bus: 'acpi', address: `${hardwareId}:00`, hardwareId: `ACPI\\${hardwareId}`, compatibleIds, ...known }
}

export const i225 = pci('VEN_8086&DEV_15F3&SUBSYS_30040000&REV_03', '0200')
export const i226 = pci('VEN_8086&DEV_125C&SUBSYS_00008086&REV_04', '0200')
export const graphics = pci(
  'VEN_8086&DEV_A7A0&SUBSYS_3037_8086&REV_04'.replace('3037_', '3037'),
  '0300',
  '0000:00:02.0',
)
