import { beginsWith, markers } from './markers.ts'

/** The resource of Inno's loader that says where in the file everything lies. */
export const innoTableResource = 11111

/**
 * Where the set-up data of an Inno installer begins, by its loader's table (`TSetupLdrOffsetTable`, Shared.Struct.pas):
 * id (12), version 1 (4), then 32-bit numbers, the offset the sixth; since 6.5 version 2 with offsets of 64 bits. Null for
 * what is no such table, or one that nobody has filled in. Total.
 */
export function innoDataOffset(table: Uint8Array): number | null {
  if (!beginsWith(table, markers.inno) || table.length < 44) return null
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength)
  const version = view.getUint32(12, true)
  const offset = version === 1 ? view.getUint32(32, true) : table.length < 56 ? 0 : Number(view.getBigInt64(40, true))
  return offset > 0 && Number.isSafeInteger(offset) ? offset : null
}

/** `6.3.0` of `Inno Setup Setup Data (6.3.0) (u)`, the 64 bytes that the data begins with; null for others. */
export function innoVersion(data: Uint8Array): string | null {
  const text = Buffer.from(data.subarray(0, 64)).toString('latin1')
  return /^Inno Setup Setup Data \((\d+(?:\.\d+)+)/.exec(text)?.[1] ?? null
}
