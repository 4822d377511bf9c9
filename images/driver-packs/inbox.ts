import type { InventoryDevice } from './device-ids.ts'

/**
 * PCI classes (class and subclass) that Windows 10 and 11 serve with drivers of their own. A wired or wireless network
 * card, a display and an SMBus controller are not among them: Windows may start the first without a driver pack and
 * shows the second as a basic display, but a finished machine needs the maker's.
 */
const pciClasses = new Set([
  '0106', // AHCI
  '0108', // NVMe
  '0403', // High Definition Audio controller; the codec behind it is another matter
  '0500', // RAM
  '0600', // host bridge
  '0601', // ISA and LPC bridge
  '0604', // PCI bridge and PCI Express root port
  '0805', // SD host controller
  '0C03', // USB controller
])

/** USB classes with a driver of Windows: audio, HID, mass storage, hub, video. Bluetooth (E0) works bare, but not well. */
const usbClasses = new Set(['01', '03', '08', '09', '0E'])

/**
 * Whether Windows brings a driver for a device of this class itself. Of ACPI it does for most (buttons, timers, buses), and
 * no list says for which not: such a device gets a pack's driver where one names it, and is missed by nobody otherwise.
 */
export function servedByWindows({ bus, deviceClass }: InventoryDevice): boolean {
  const code = deviceClass.toUpperCase()
  if (bus === 'acpi') return true
  return bus === 'pci' ? pciClasses.has(code.slice(0, 4)) : usbClasses.has(code)
}
