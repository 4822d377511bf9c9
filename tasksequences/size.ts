/**
 * Sizes as people write them: `8 GiB` (2^30), `120 GB` (10^9, as disks are sold), `512 MB`, `1.5 TB`.
 * A comma is taken as a decimal mark too. `Go`, `Mo`, `To` are the French letters for GB, MB, TB.
 */
const pattern = /^(\d{1,12}(?:[.,]\d{1,6})?)\s*([a-z]{1,3})$/i

const unitBytes: Readonly<Record<string, number>> = {
  b: 1,
  o: 1,
  kb: 1e3,
  ko: 1e3,
  mb: 1e6,
  mo: 1e6,
  gb: 1e9,
  go: 1e9,
  tb: 1e12,
  to: 1e12,
  kib: 2 ** 10,
  kio: 2 ** 10,
  mib: 2 ** 20,
  mio: 2 ** 20,
  gib: 2 ** 30,
  gio: 2 ** 30,
  tib: 2 ** 40,
  tio: 2 ** 40,
}

/** Bytes of a size such as `8 GiB`, rounded down; null when it is not one (a unit is required). */
export function parseSize(text: string): number | null {
  const match = pattern.exec(text.trim())
  if (match === null) return null
  const [, amount = '', unit = ''] = match
  const factor = unitBytes[unit.toLowerCase()]
  if (factor === undefined) return null
  const bytes = Math.floor(Number(amount.replace(',', '.')) * factor)
  return Number.isSafeInteger(bytes) ? bytes : null
}
