/** A Windows product key: five groups of five from the alphabet Microsoft uses, `N` at most once since Windows 8. */
export type ProductKey = string

const shape = /^(?:[BCDFGHJKMNPQRTVWXY2346789]{5}-){4}[BCDFGHJKMNPQRTVWXY2346789]{5}$/

/** @returns the key in upper case, or null when the text has not the form of one */
export function parseProductKey(text: string): ProductKey | null {
  const key = text.trim().toUpperCase()
  return shape.test(key) ? key : null
}

/** What the firmware says of a key. `damaged` names what does not fit. */
export type FirmwareKey =
  | { readonly state: 'present'; readonly key: ProductKey }
  | { readonly state: 'absent' }
  | { readonly state: 'damaged'; readonly field: 'signature' | 'length' | 'checksum' | 'type' | 'key' }

const acpiHeaderBytes = 36
const keyOffset = 56
const keyBytes = 29
/** "Microsoft Software Licensing Tables (SLIC and MSDM)": data type 1 is a product key. */
const productKeyType = 1

/**
 * Reads the ACPI table MSDM, in which a manufacturer leaves the machine's Windows key (OEM Activation 3.0).
 *
 * ```
 *  0      4        8     9          36        40         44     48         52       56
 *  +------+--------+-----+----------+---------+----------+------+----------+--------+-----------+
 *  | MSDM | length | rev | checksum…| version | reserved | type | reserved | length | key, 29 B |
 *  +------+--------+-----+----------+---------+----------+------+----------+--------+-----------+
 * ```
 *
 * @param table - the bytes of `/sys/firmware/acpi/tables/MSDM`, or null when there is no such file
 */
export function readFirmwareKey(table: Uint8Array | null): FirmwareKey {
  if (table === null || table.length === 0) return { state: 'absent' }
  const bytes = Buffer.from(table)
  if (bytes.length < acpiHeaderBytes) return { state: 'damaged', field: 'length' }
  if (bytes.toString('latin1', 0, 4) !== 'MSDM') return { state: 'damaged', field: 'signature' }
  const length = bytes.readUInt32LE(4)
  if (length > bytes.length || length < keyOffset) return { state: 'damaged', field: 'length' }
  const own = bytes.subarray(0, length)
  // ACPI §5.2.6: all bytes of a table add up to zero.
  if (own.reduce((sum, byte) => (sum + byte) & 0xff, 0) !== 0) return { state: 'damaged', field: 'checksum' }
  if (own.readUInt32LE(44) !== productKeyType) return { state: 'damaged', field: 'type' }
  const data = own.subarray(keyOffset, keyOffset + keyBytes).toString('latin1')
  // Boards sold without Windows may carry the table with nothing but zeros or spaces in the key's place.
  if (/^[\0 ]*$/.test(data)) return { state: 'absent' }
  const key = parseProductKey(data)
  return key === null ? { state: 'damaged', field: 'key' } : { state: 'present', key }
}
