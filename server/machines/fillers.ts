import { isCounting, isOneSign } from './counting.ts'
import { fillerBeginnings, fillerMacBeginning, fillerMacs, fillerSerials, fillerUuids } from './published-fillers.ts'
import { swappedUuid } from './uuid.ts'

/** Below this many signs a number that counts could be somebody's own: `AB12`, `345`. */
const shortestCount = 4

/** What says that a serial number follows: ASUS writes `MB-1234567890`, `SSN12345678901234567`. */
const announcement =
  /^(?:system|chassis|base ?board)?[ _-]*(?:serial[ _-]?(?:number|no\.?|#)?|s\/n|[bs]?sn|sys|mb)[ _:#-]*/i

function isFillerNumber(text: string): boolean {
  const number = text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
  if (isOneSign(number) || /^[01]+$/.test(number)) return true
  // `123456789000`: the count does not fill the field.
  return [number, number.replace(/0+$/, '')].some((one) => one.length >= shortestCount && isCounting(one))
}

/**
 * A serial number worth something, trimmed, else null: fillers such as "To be filled by O.E.M.", numbers that only count,
 * version numbers (`1.0`) and the machine's own model name are none.
 *
 * @param names what the machine says it is: maker, model
 */
export function usableSerial(text: string | null, names: readonly (string | null)[] = []): string | null {
  const serial = text?.trim().replaceAll(/\s+/g, ' ') ?? ''
  const squeezed = squeeze(serial)
  if (fillerSerials.has(squeezed) || fillerBeginnings.some((beginning) => squeezed.startsWith(beginning))) return null
  if (/^v?\d{1,2}(\.\d{1,2}){1,3}$/i.test(serial)) return null
  if (isFillerNumber(serial) || isFillerNumber(serial.replace(announcement, ''))) return null
  return names.some((name) => name !== null && squeeze(name) === squeezed) ? null : serial
}

function squeeze(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/**
 * An SMBIOS UUID worth something, in lower case, else null: all zero and all FF (SMBIOS 7.2.1), fillers, one repeated byte,
 * groups of one repeated digit each, bytes or groups that only count.
 */
export function usableUuid(text: string | null): string | null {
  const uuid = text?.trim().toLowerCase() ?? ''
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid)) return null
  return [uuid, swappedUuid(uuid)].some(isFillerUuid) ? null : uuid
}

function isFillerUuid(uuid: string): boolean {
  const groups = uuid.split('-')
  const bytes = uuid.replaceAll('-', '').match(/../g) ?? []
  const first = Number.parseInt(bytes[0] ?? '', 16)
  return (
    fillerUuids.has(uuid) ||
    // Boards that have nothing but the first group programmed.
    uuid.endsWith('-ffff-ffff-ffff-ffffffffffff') ||
    new Set(bytes).size === 1 ||
    groups.every(isOneSign) ||
    groups.every(isCounting) ||
    bytes.every((byte, index) => Number.parseInt(byte, 16) === (first + index) % 256)
  )
}

/** A MAC address worth something, in lower case with colons, else null. */
export function usableMac(text: string | null): string | null {
  const mac = text?.trim().toLowerCase().replaceAll('-', ':') ?? ''
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(mac)) return null
  const isGroup = (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1
  return isGroup || isOneSign(mac) || fillerMacs.has(mac) || mac.startsWith(fillerMacBeginning) ? null : mac
}
