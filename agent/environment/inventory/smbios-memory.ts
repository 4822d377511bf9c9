import { longestText, type Inventory } from '../../protocol/inventory.ts'
import { meaningfulText } from './firmware-text.ts'
import { byteAt, doubleWordAt, stringAt, wordAt, type Structure } from './smbios-table.ts'

type Memory = Inventory['memory']

/** DSP0134 §7.18.2, those a PC has. */
const types: Readonly<Record<number, string>> = {
  0x12: 'DDR',
  0x13: 'DDR2',
  0x18: 'DDR3',
  0x1a: 'DDR4',
  0x1b: 'LPDDR',
  0x1c: 'LPDDR2',
  0x1d: 'LPDDR3',
  0x1e: 'LPDDR4',
  0x22: 'DDR5',
  0x23: 'LPDDR5',
}

const systemMemory = 3

/** Slots and modules of the system memory (types 16 and 17); flash and video memory are left out. */
export function readMemory(structures: readonly Structure[]): Memory {
  const others = new Set(
    structures.filter((one) => one.type === 16 && byteAt(one, 0x05) !== systemMemory).map(({ handle }) => handle),
  )
  const devices = structures.filter((one) => one.type === 17 && !others.has(wordAt(one, 0x04) ?? -1)).slice(0, 64)
  const modules = devices.flatMap((device) => {
    const sizeBytes = moduleSize(device)
    return sizeBytes === 0 ? [] : [readModule(device, sizeBytes)]
  })
  return { totalBytes: modules.reduce((total, { sizeBytes }) => total + sizeBytes, 0), slots: devices.length, modules }
}

function readModule(device: Structure, sizeBytes: number): Memory['modules'][number] {
  const text = (offset: number): string | null => meaningfulText(stringAt(device, offset) ?? '')
  const place = [text(0x10), text(0x11)].filter((part) => part !== null)
  // The configured speed is what it runs at, the other what it could; older versions have only the other.
  const speed = knownSpeed(device, 0x20, 0x58) ?? knownSpeed(device, 0x15, 0x54)
  return {
    slot: [...new Set(place)].join(' / ').slice(0, longestText),
    sizeBytes,
    type: types[byteAt(device, 0x12) ?? 0] ?? null,
    speedMtps: speed,
    manufacturer: text(0x17),
    serial: text(0x18),
    partNumber: text(0x1a),
  }
}

/** §7.18.1: 0 is an empty slot, FFFFh unknown, 7FFFh "see the extended size in MiB"; bit 15 set means KiB, else MiB. */
function moduleSize(device: Structure): number {
  const size = wordAt(device, 0x0c) ?? 0
  if (size === 0 || size === 0xffff) return 0
  if (size === 0x7fff) return ((doubleWordAt(device, 0x1c) ?? 0) & 0x7fffffff) * 2 ** 20
  return (size & 0x8000) === 0 ? size * 2 ** 20 : (size & 0x7fff) * 2 ** 10
}

/** 0 is unknown, FFFFh "see the extended speed" (SMBIOS 3.3). */
function knownSpeed(device: Structure, narrow: number, wide: number): number | null {
  const speed = wordAt(device, narrow) ?? 0
  return (speed === 0xffff ? doubleWordAt(device, wide) : speed) || null
}
