import type { NetworkInterfaceInfo } from 'node:os'
import { longestText, type Inventory } from '../protocol/inventory.ts'
import type { AgentConfiguration } from '../protocol/windows-agent/configuration.ts'

/** What Node itself knows of the machine, passed in. */
export type WindowsFacts = {
  networkInterfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>
  totalBytes: number
  processors: ReadonlyArray<{ model: string }>
}

/**
 * Who this machine is, for the hello from Windows: identity as the environment wrote it down, network cards and memory
 * as they are now. All else stays null or empty, because it was not read here: the environment has read it better, and
 * an answer made up would be believed. A card that the file does not name may be a dock's or made by software. Interfaces of the file that Windows does not show (no driver yet) are kept.
 */
export function windowsInventory(machine: AgentConfiguration['machine'], facts: WindowsFacts): Inventory {
  const nothing = { manufacturer: null, product: null, version: null }
  return {
    system: { ...nothing, uuid: machine.uuid, serial: machine.serial, sku: null, family: null },
    board: { ...nothing, serial: null },
    firmware: { vendor: null, version: null, date: null, mode: 'uefi', windowsKey: false },
    secureBoot: { state: 'unsupported', trusts2011: false, trusts2023: false, revokes2011: false },
    tpm: { present: false, version: null, manufacturer: null },
    processor: {
      model: facts.processors[0]?.model.trim().slice(0, longestText) ?? null,
      cores: 0,
      threads: facts.processors.length,
      maxMhz: null,
    },
    memory: { totalBytes: facts.totalBytes, slots: 0, modules: [] },
    disks: [],
    networkInterfaces: interfacesOf(machine.macs, facts.networkInterfaces).slice(0, 32),
    devices: [],
  }
}

type Interfaces = Inventory['networkInterfaces']

function interfacesOf(known: readonly string[], shown: WindowsFacts['networkInterfaces']): Interfaces {
  const present = Object.entries(shown).flatMap(([name, addresses = []]): Interfaces => {
    const first = addresses.find(({ internal, mac }) => !internal && mac !== '00:00:00:00:00:00')
    if (first === undefined) return []
    const address = addresses.find(({ family }) => family === 'IPv4')?.address ?? null
    const mac = first.mac.toLowerCase()
    return [
      { ...unread, name: name.slice(0, longestText), mac, bus: known.includes(mac) ? 'other' : 'unknown', address },
    ]
  })
  const absent = known.filter((mac) => !present.some((one) => one.mac === mac))
  return [...present, ...absent.map((mac) => ({ ...unread, name: mac, mac, bus: 'other' as const, address: null }))]
}

const unread = { driver: null, speedMbps: null, wireless: false }
