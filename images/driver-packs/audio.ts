import type { InventoryDevice } from './device-ids.ts'

/** PCI classes of audio controllers: with a signal processor, and High Definition Audio. */
const audioClass = /^040[13]/

/** Whether there may be codecs behind a device. */
export function isAudioController({ bus, deviceClass }: InventoryDevice): boolean {
  return bus === 'pci' && audioClass.test(deviceClass)
}

/**
 * Whether an INF's id names a device behind this PCI audio controller. Codecs are on a bus of their own (HDAUDIO, or
 * INTELAUDIO below Intel's signal processor), which the boot environment does not drive; but firmware gives them the
 * board's subsystem as it gives it to the controller, with maker and board the other way round: `SUBSYS_20818086` on PCI,
 * `SUBSYS_80862081` here ("Identifiers for HD Audio Devices", "Identifiers for PCI Devices"). What Intel's signal
 * processor shows of itself names the controller: `INTELAUDIO\DSP_CTLR_DEV_02C8&VEN_8086&DEV_0222&SUBSYS_…`.
 */
export function isBehindAudio(id: string, { hardwareId }: InventoryDevice): boolean {
  const pci = /^PCI\\VEN_[0-9A-F]{4}&DEV_([0-9A-F]{4})(?:&SUBSYS_([0-9A-F]{4})([0-9A-F]{4}))?/.exec(
    hardwareId.toUpperCase(),
  )
  if (pci === null) return false
  const [, device, board = '0000', maker = '0000'] = pci
  const subsystem = /&SUBSYS_([0-9A-F]{8})(?:&|$)/.exec(id)?.[1]
  const controller = /^INTELAUDIO\\(?:DSP_)?CTLR_DEV_([0-9A-F]{4})&/.exec(id)?.[1]
  if (controller !== undefined) return controller === device && (subsystem === undefined || subsystem === board + maker)
  return /^(?:HDAUDIO|INTELAUDIO)\\FUNC_/.test(id) && board + maker !== '00000000' && subsystem === maker + board
}
