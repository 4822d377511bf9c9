/** A registry hive as values: what `read-hive.ts` gives and `write-hive.ts` takes. */
export type Hive = {
  /** Minor version of the regf format; 3 for BCD stores, 5 for a Windows installation's hives. */
  minorVersion: number
  /** Last write, as a FILETIME: 100 ns since 1601-01-01 UTC. */
  timestamp: bigint
  /** Up to 31 UTF-16 units of the file's own name, as Windows notes it. */
  fileName: string
  root: RegistryKey
}

export type RegistryKey = {
  name: string
  timestamp: bigint
  className: string | null
  /** Flags of the key node beside the one that says how its name is stored. */
  flags: number
  /** Self-relative security descriptor. */
  security: Uint8Array
  values: RegistryValue[]
  keys: RegistryKey[]
}

export type RegistryValue = {
  /** Empty for the default value. */
  name: string
  /** REG_SZ 1, REG_EXPAND_SZ 2, REG_BINARY 3, REG_DWORD 4, REG_MULTI_SZ 7, REG_QWORD 11; others are kept as they are. */
  type: number
  data: Uint8Array
}

/** A hive that cannot be read: where, and which field. */
export class MalformedHive extends Error {
  readonly offset: number
  readonly field: string

  constructor(offset: number, field: string) {
    super(`hive: ${field} at offset 0x${offset.toString(16)}`)
    this.name = 'MalformedHive'
    this.offset = offset
    this.field = field
  }
}

/** A name in the upper case Windows compares by: unit for unit, so that `ß` stays what it is. */
export function upcase(name: string): string {
  return name.replace(/[^\0-\x40]/g, (unit) => {
    const upper = unit.toUpperCase()
    return upper.length === 1 ? upper : unit
  })
}

/** Key and value names compare without case. */
function sameName(a: string, b: string): boolean {
  return upcase(a) === upcase(b)
}

/** The key at a path such as `Objects\{9dea862c-…}\Elements`, or null. */
export function findKey(root: RegistryKey, path: string): RegistryKey | null {
  let key: RegistryKey | undefined = root
  for (const name of path.split('\\').filter((part) => part !== '')) {
    key = key.keys.find((child) => sameName(child.name, name))
    if (!key) return null
  }
  return key
}

/** A key's value by its name, in any case; null when there is none. */
export function findValue(key: RegistryKey, name: string): RegistryValue | null {
  return key.values.find((value) => sameName(value.name, name)) ?? null
}
