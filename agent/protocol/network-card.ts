import type { Inventory, NetworkInterface } from './inventory.ts'

type Cards = Pick<Inventory, 'networkInterfaces' | 'devices'>

/**
 * The network cards that stay with the machine. One on USB or behind Thunderbolt is a dock's or an adapter's and goes from
 * machine to machine, so that its address says nothing of this one; so does one that Windows alone shows, which may as well
 * be made by software. A mini PC's own card on USB is left out too: nothing tells it from an adapter. Pure.
 */
export function builtInCards(inventory: Cards): NetworkInterface[] {
  return inventory.networkInterfaces.filter((card) => {
    const bus = card.bus ?? assumedBus(card, inventory)
    return bus === 'pci' || bus === 'other'
  })
}

/** Inventories of earlier versions name no bus: then it is that of the device with the card's driver. */
function assumedBus({ driver }: NetworkInterface, { devices }: Cards): NonNullable<NetworkInterface['bus']> {
  const hosts = driver === null ? [] : devices.filter((device) => device.driver === driver)
  return hosts.length > 0 && hosts.every(({ bus }) => bus === 'usb') ? 'usb' : 'other'
}
