import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

/** A key, with the values of it that are wanted; none of them where it only matters whether the key is there. */
export type RegistryQuestion = { key: string; names: readonly string[] }

/**
 * One value: its kind is a name of .NET's enumeration RegistryValueKind, its data are text, numbers in decimal, bytes in
 * hexadecimal, variables as they are written.
 */
const RegistryValue = Type.Object({ name: Type.String(), kind: Type.String(), data: Type.String() })
export type RegistryValue = Static<typeof RegistryValue>

/** What became of one question. `refused`: Windows did not let it be read. */
const RegistryKey = Type.Union([
  Type.Object({ key: Type.String(), state: Type.Literal('there'), values: Type.Array(RegistryValue) }),
  Type.Object({ key: Type.String(), state: Type.Literal('absent') }),
  Type.Object({ key: Type.String(), state: Type.Literal('refused'), words: Type.String() }),
])
export type RegistryKey = Static<typeof RegistryKey>

const Answer = Type.Object({ keys: Type.Array(RegistryKey) })

/** What `read-registry.ps1` sends, or null for anything else. */
export function readRegistryAnswer(sent: unknown): RegistryKey[] | null {
  return Value.Check(Answer, sent) ? sent.keys.map(withoutRemains) : null
}

/** Text ends at its first NUL for programs of Windows, whatever an installer has left behind it. */
function withoutRemains(one: RegistryKey): RegistryKey {
  if (one.state !== 'there') return one
  return { ...one, values: one.values.map((value) => ({ ...value, data: value.data.split('\0', 1)[0] ?? '' })) }
}

/** Whether the key is among those that are there. Windows keeps case and ignores it. Pure. */
export function hasKey(read: readonly RegistryKey[], key: string): boolean {
  return read.some((one) => one.state === 'there' && isSame(one.key, key))
}

/** The value of this name in this key; null when key or value is not there. Pure. */
export function valueIn(read: readonly RegistryKey[], key: string, name: string): RegistryValue | null {
  const values = read.flatMap((one) => (one.state === 'there' && isSame(one.key, key) ? one.values : []))
  return values.find((one) => isSame(one.name, name)) ?? null
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** A number, unsigned; null when the value holds none. Pure. */
export function registryNumber({ kind, data }: RegistryValue): bigint | null {
  return (kind === 'DWord' || kind === 'QWord') && /^\d{1,20}$/.test(data) ? BigInt(data) : null
}
