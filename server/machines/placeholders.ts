/** What boards say where nobody wrote a serial number, in lower case. */
const placeholderSerials: ReadonlySet<string> = new Set([
  '',
  '0',
  '0123456789',
  '123456789',
  '1234567890',
  'base board serial number',
  'chassis serial number',
  'default',
  'default string',
  'empty',
  'invalid',
  'n/a',
  'na',
  'none',
  'not applicable',
  'not available',
  'not specified',
  'null',
  'o.e.m.',
  'oem',
  'serial number',
  'system serial number',
  'to be filled',
  'to be filled by o.e.m',
  'to be filled by o.e.m.',
  'to be filled by oem',
  'unknown',
])

/** UUIDs that whole batches of boards share. */
const placeholderUuids: ReadonlySet<string> = new Set([
  // AMI's reference firmware, as SMBIOS 2.6 writes it and with the first three groups the other way round.
  '03000200-0400-0500-0006-000700080009',
  '00020003-0004-0005-0006-000700080009',
  '12345678-1234-5678-90ab-cddeefaabbcc',
  '78563412-3412-7856-90ab-cddeefaabbcc',
  'fefefefe-fefe-fefe-fefe-fefefefefefe',
])

/** MAC addresses that Realtek's and others' unprogrammed chips carry. */
const placeholderMacs: ReadonlySet<string> = new Set(['88:88:88:88:87:88', '00:e0:4c:00:00:00', '00:e0:4c:68:00:01'])

/** All its letters and digits are one and the same. */
function isOneSign(text: string): boolean {
  return new Set(text.replaceAll(/[^\p{L}\p{N}]/gu, '')).size <= 1
}

/** A serial number worth something, trimmed, else null: placeholders such as "To be filled by O.E.M." are none. */
export function usableSerial(text: string | null): string | null {
  const serial = text?.trim().replaceAll(/\s+/g, ' ') ?? ''
  return placeholderSerials.has(serial.toLowerCase()) || isOneSign(serial) ? null : serial
}

/** An SMBIOS UUID worth something, in lower case, else null: all zero, all FF and known placeholders are none (SMBIOS 7.2.1). */
export function usableUuid(text: string | null): string | null {
  const uuid = text?.trim().toLowerCase() ?? ''
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid)) return null
  return placeholderUuids.has(uuid) || isOneSign(uuid) ? null : uuid
}

/** A MAC address worth something, in lower case with colons, else null. */
export function usableMac(text: string | null): string | null {
  const mac = text?.trim().toLowerCase().replaceAll('-', ':') ?? ''
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(mac)) return null
  const isGroup = (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1
  return isGroup || isOneSign(mac) || placeholderMacs.has(mac) ? null : mac
}
