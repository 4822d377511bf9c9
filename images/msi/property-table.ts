import type { StringPool } from './string-pool.ts'

/**
 * Reads the Property table ("Property Table", Windows Installer): two columns of texts, Property and Value. A table's
 * stream holds its columns one behind the other, each with the cells of every row. Total: half a row is left out.
 */
export function decodePropertyTable(bytes: Uint8Array, pool: StringPool): ReadonlyMap<string, string> {
  const { referenceBytes } = pool
  const rows = Math.floor(bytes.length / (2 * referenceBytes))
  const text = (cell: number): string => pool.text(readReference(bytes, cell * referenceBytes, referenceBytes))
  return new Map(Array.from({ length: rows }, (_, row) => [text(row), text(rows + row)]))
}

function readReference(bytes: Uint8Array, at: number, length: number): number {
  let reference = 0
  for (let place = length - 1; place >= 0; place -= 1) reference = reference * 256 + (bytes[at + place] ?? 0)
  return reference
}
