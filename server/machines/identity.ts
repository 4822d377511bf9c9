import type { Inventory } from '../../agent/protocol/inventory.ts'
import { builtInCards } from '../../agent/protocol/network-card.ts'
import { usableMac, usableSerial, usableUuid } from './fillers.ts'
import { hardwareOf, type Hardware, type InternalDisk } from './hardware.ts'
import type { Machine } from './machine.ts'

/** What a machine can be known by; fillers are not in it. */
export type Identity = {
  uuid: string | null
  serial: string | null
  /** Two makers may give the same serial number. */
  manufacturer: string | null
  /** Of its built-in network cards. */
  macs: string[]
  /** Those of `macs` that are on Wi-Fi cards: small cards in a slot, which go from machine to machine. */
  wirelessMacs: string[]
  /** What names its internal disks for good: their WWN, their model and serial. */
  disks: string[]
}

export type KnownIdentity = Identity & { id: string; lastSeenAt: Date }

/** The identity an inventory gives: the system's serial, else the board's; what is built in. */
export function identityOf(inventory: Inventory): Identity {
  const { system, board } = inventory
  const names = [system.manufacturer, system.product, system.version, system.family, board.manufacturer, board.product]
  return {
    uuid: usableUuid(system.uuid),
    serial: usableSerial(system.serial, names) ?? usableSerial(board.serial, names),
    manufacturer: system.manufacturer ?? board.manufacturer,
    macs: [...new Set(builtInCards(inventory).flatMap(({ mac }) => usableMac(mac) ?? []))],
    ...builtInOf(hardwareOf(inventory)),
  }
}

/** What a machine that was met is known by. */
export function knownIdentity({ id, uuid, serial, manufacturer, macs, lastSeenAt, hardware }: Machine): KnownIdentity {
  return { id, uuid, serial, manufacturer, macs, lastSeenAt, ...builtInOf(hardware) }
}

function builtInOf(hardware: Hardware | null): Pick<Identity, 'wirelessMacs' | 'disks'> {
  return { wirelessMacs: hardware?.wirelessMacs ?? [], disks: hardware?.disks.flatMap(namesOf) ?? [] }
}

/** The numbers every disk of QEMU has, in the order they were attached. */
const virtualSerial = /^qm0000\d$/i

function namesOf({ model, serial, wwn }: InternalDisk): string[] {
  const usable = usableSerial(serial, [model])
  const named = usable === null || virtualSerial.test(usable) ? [] : [`${model ?? ''} ${usable}`.toLowerCase()]
  // `eui.0000000000000000`, `0x5000000000000000`: nobody wrote one.
  const isWritten = wwn !== null && !/^(?:(?:eui|naa|nvme|uuid|t10)\.|0x)?5?0+$/i.test(wwn.trim())
  return isWritten ? [...named, wwn.trim().toLowerCase()] : named
}
