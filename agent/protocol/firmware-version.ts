/**
 * Compares two versions of firmware as makers write them: `TNTGL357.0071.2023.0428.1102`, `1.21.0`, `F.20`. Parts are read
 * from the left, numbers as numbers; a part that only one of them has counts for nothing, so that `TNTGL357.0071` asks for
 * that release whatever its date.
 *
 * @returns below 0 when `found` is older, 0 for the same, above 0 when it is newer; null when they cannot be compared, as
 * versions of two boards' families. Pure.
 */
export function compareFirmware(found: string, wanted: string): number | null {
  const [one, other] = [partsOf(found), partsOf(wanted)]
  if (one.length === 0 || other.length === 0) return null
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    const [a = '', b = ''] = [one[at], other[at]]
    if (isNumber(a) && isNumber(b)) {
      const order = Number(a) - Number(b)
      if (order !== 0) return order
    } else if (a !== b) return null
  }
  return 0
}

/** Whether firmware is as new as one of these says that is of its family; null when none is. Pure. */
export function isFirmwareNewEnough(found: string, wanted: readonly string[]): boolean | null {
  const orders = wanted.map((one) => compareFirmware(found, one)).filter((order) => order !== null)
  return orders.length === 0 ? null : orders.every((order) => order >= 0)
}

function partsOf(version: string): string[] {
  return (
    version
      .trim()
      .toUpperCase()
      .match(/[A-Z0-9]+/g) ?? []
  )
}

const isNumber = (part: string): boolean => /^\d{1,15}$/.test(part)
