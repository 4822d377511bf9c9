import type { Inventory, NetworkInterface } from '../../agent/protocol/inventory.ts'

/** Whether the environment wrote it: the agent in Windows reads neither disks nor devices (agent/windows/inventory.ts). */
function isWhole({ disks, devices, system }: Inventory): boolean {
  return disks.length > 0 || devices.length > 0 || system.product !== null
}

/**
 * A machine's inventory after a hello from its Windows: the hardware as the environment read it, with the addresses its
 * network cards have now. Cards that only Windows shows are left out: most are made by software, as VPNs and virtual
 * switches, and some of these have the same address on every machine. Pure.
 */
export function seenFromWindows(known: Inventory | null, reported: Inventory): Inventory {
  if (known === null || !isWhole(known)) return reported
  const addressOf = (card: NetworkInterface): string | null => {
    const now = reported.networkInterfaces.find(({ mac }) => mac.toLowerCase() === card.mac.toLowerCase())
    return now?.address ?? card.address
  }
  const networkInterfaces = known.networkInterfaces.map((card) => ({ ...card, address: addressOf(card) }))
  return { ...known, networkInterfaces }
}
