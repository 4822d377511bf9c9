/** A GUID as text without braces, lower case: `9dea862c-5cdd-4e70-acc1-f32b344d4795`. */
export type Guid = string

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** @returns the GUID in lower case without braces, or null when the text is none */
export function parseGuid(text: string): Guid | null {
  const guid = text.replace(/^\{|\}$/g, '').toLowerCase()
  return shape.test(guid) ? guid : null
}

/** Microsoft's byte order: the first three fields little endian, the rest as written. */
export function guidToBytes(guid: Guid): Uint8Array {
  const plain = Buffer.from(guid.replaceAll('-', ''), 'hex')
  return Uint8Array.from(mixedOrder, (index) => plain[index] ?? 0)
}

/** Reads a GUID from its 16 bytes. */
export function guidFromBytes(bytes: Uint8Array): Guid {
  const hex = Buffer.from(Array.from(mixedOrder, (index) => bytes[index] ?? 0)).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}

/** Swapping twice gives back the original, so one table serves both ways. */
const mixedOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]

export const nullGuid: Guid = '00000000-0000-0000-0000-000000000000'
