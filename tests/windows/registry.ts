/** Numbers in decimal. `fromMs`: not there before that time. */
export type RegistryValue = { key: string; name: string; type: 'REG_SZ' | 'REG_DWORD'; data: string; fromMs?: number }

/** A registry is all that these functions know of a machine. */
type WithRegistry = { registry: RegistryValue[] }

/** `HKEY_LOCAL_MACHINE\…` for the short names. */
function longKey(key: string): string {
  return key
    .replace(/^HKLM(?=\\|$)/i, 'HKEY_LOCAL_MACHINE')
    .replace(/^HKCU(?=\\|$)/i, 'HKEY_CURRENT_USER')
    .replace(/^HKU(?=\\|$)/i, 'HKEY_USERS')
}

const spelled = (key: string): string => longKey(key).toLowerCase()

function isSame(one: Pick<RegistryValue, 'key' | 'name'>, key: string, name: string): boolean {
  return spelled(one.key) === spelled(key) && one.name.toLowerCase() === name.toLowerCase()
}

/** Values of a key at a time; null when there is no such key: one is there when it has values or keys below. */
export function readKey({ registry }: WithRegistry, key: string, atMs: number): RegistryValue[] | null {
  const present = registry.filter(({ fromMs = 0 }) => fromMs <= atMs)
  const there = present.filter((one) => `${spelled(one.key)}\\`.startsWith(`${spelled(key)}\\`))
  return there.length === 0 ? null : there.filter((one) => spelled(one.key) === spelled(key))
}

/** A value's data, as text; null when it is not there. */
export function readData(machine: WithRegistry, key: string, name: string, atMs: number): string | null {
  return readKey(machine, key, atMs)?.find((one) => isSame(one, key, name))?.data ?? null
}

/** The machine with these values set. Pure, as all of these. */
export function withValues<M extends WithRegistry>(machine: M, values: readonly RegistryValue[]): M {
  const kept = machine.registry.filter((one) => !values.some(({ key, name }) => isSame(one, key, name)))
  return { ...machine, registry: [...kept, ...values] }
}

/** Without a value, or without a key and all below it; null when that is not there. */
export function withoutValues<M extends WithRegistry>(machine: M, key: string, name: string | undefined): M | null {
  const goes = (one: RegistryValue): boolean =>
    name === undefined ? `${spelled(one.key)}\\`.startsWith(`${spelled(key)}\\`) : isSame(one, key, name)
  const registry = machine.registry.filter((one) => !goes(one))
  return registry.length < machine.registry.length ? { ...machine, registry } : null
}
