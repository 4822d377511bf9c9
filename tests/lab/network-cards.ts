import type { Dock } from './dock.ts'
import { openFirmware, secureFirmware, type Firmware } from './firmware.ts'

/** How a virtual machine is plugged into the lab's wire. */
export type NetworkPlug = {
  mac: string
  /** It has no network card but a dock's, with the address `mac`; a card of its own unless told. */
  dock?: Dock | undefined
  /** 0 takes the network out of the boot order; 1 unless told. */
  networkBootIndex?: number
}

/** The firmware that drives the card it starts from. */
export function firmwareFor({ dock }: NetworkPlug): Firmware {
  return dock?.starts === 'usb' ? openFirmware : secureFirmware
}

/**
 * The USB controller `xhci` and the network cards.
 *
 * @param addTap a new port on the wire
 */
export function networkArguments({ mac, dock, networkBootIndex = 1 }: NetworkPlug, addTap: () => string): string[] {
  const place = networkBootIndex === 0 ? '' : `,bootindex=${networkBootIndex}`
  const port = (id: string): string[] => ['-netdev', `tap,id=${id},ifname=${addTap()},script=no,downscript=no`]
  // `romfile=` takes QEMU's iPXE out, so that OVMF uses its own PXE client, as a NUC does.
  const own = ['-device', `virtio-net-pci,netdev=wire,mac=${mac},romfile=${place}`]
  const usb = `usb-net,bus=xhci.0,netdev=dock,mac=${mac}`
  const controller = ['-device', 'qemu-xhci,id=xhci']
  if (dock === undefined) return [...port('wire'), ...own, ...controller]
  if (dock.starts === 'virtio') return [...port('wire'), ...own, ...controller, ...port('dock'), '-device', usb]
  // A driver comes to OVMF as the ROM of a PCI device, whichever.
  const withDriver = ['-device', `qemu-xhci,id=xhci,romfile=${dock.driver}`]
  return [...withDriver, ...port('dock'), '-device', `${usb}${place}`]
}
