import type { InventoryDevice } from './device-ids.ts'

/**
 * PCI ids of Intel's Volume Management Device: 9A0B (11th generation) and 09AB (what it shows in place of a root port)
 * stand in Intel's iaStorVD.inf; 467F, A77F and 7D0B are those of the 12th, 13th and Ultra generations.
 */
const vmdDevices = ['9A0B', '09AB', '467F', 'A77F', '7D0B']

/** A controller that keeps disks from Windows' own drivers. */
export type HidingController = {
  readonly device: InventoryDevice
  readonly mode: 'vmd' | 'raid'
  /** The driver a pack has for it, as `pack/path.inf`; null where none has. */
  readonly driver: string | null
}

/**
 * The two ways out: switch VMD or RAID off in the firmware setup, or have Intel's RST driver in Windows before its
 * first start. The second needs a driver pack that holds it.
 */
export type WayOut = 'switch-off-in-firmware' | 'install-rst-driver'

export type StorageVerdict =
  | { readonly state: 'plain' }
  | {
      readonly state: 'raid'
      readonly code: 'STORAGE_IN_RAID_MODE'
      readonly controllers: readonly HidingController[]
      readonly waysOut: readonly [WayOut, WayOut]
    }

/** Which Intel storage controllers are in VMD or RAID mode (PCI class 0104, or a VMD's id). */
export function judgeStorage(
  devices: readonly InventoryDevice[],
  driverOf: (device: InventoryDevice) => string | null,
): StorageVerdict {
  const controllers = devices.flatMap((device): HidingController[] => {
    const mode = hidingMode(device)
    return mode === null ? [] : [{ device, mode, driver: driverOf(device) }]
  })
  if (controllers.length === 0) return { state: 'plain' }
  const waysOut = ['switch-off-in-firmware', 'install-rst-driver'] as const
  return { state: 'raid', code: 'STORAGE_IN_RAID_MODE', controllers, waysOut }
}

function hidingMode({ bus, hardwareId, deviceClass }: InventoryDevice): 'vmd' | 'raid' | null {
  const id = /^PCI\\VEN_8086&DEV_([0-9A-F]{4})/i.exec(hardwareId)?.[1]?.toUpperCase()
  if (bus !== 'pci' || id === undefined) return null
  if (vmdDevices.includes(id)) return 'vmd'
  return deviceClass.startsWith('0104') ? 'raid' : null
}
