import type { Answer, Call } from '../call.ts'
import type { Machine, RegistryValue } from '../machine.ts'

/** `HKEY_LOCAL_MACHINE\…` as reg.exe prints it, for the short names it takes. */
function longKey(key: string): string {
  return key.replace(/^HKLM(?=\\|$)/i, 'HKEY_LOCAL_MACHINE').replace(/^HKCU(?=\\|$)/i, 'HKEY_CURRENT_USER')
}

const same = (one: string, other: string): boolean => longKey(one).toLowerCase() === longKey(other).toLowerCase()

/** Values of a key, and whether it is there at all: a key is there when it has values or keys below. */
export function readKey({ registry }: Machine, key: string): RegistryValue[] | null {
  const below = `${longKey(key).toLowerCase()}\\`
  const there = registry.filter((one) => same(one.key, key) || longKey(one.key).toLowerCase().startsWith(below))
  return there.length === 0 ? null : there.filter((one) => same(one.key, key))
}

/** The machine with these values set. */
export function withValues(machine: Machine, values: readonly RegistryValue[]): Machine {
  const isSame = (one: RegistryValue, other: RegistryValue): boolean =>
    same(one.key, other.key) && one.name.toLowerCase() === other.name.toLowerCase()
  const kept = machine.registry.filter((one) => !values.some((value) => isSame(one, value)))
  return { ...machine, registry: [...kept, ...values] }
}

function option(args: readonly string[], name: string): string | undefined {
  const at = args.findIndex((arg) => arg.toLowerCase() === name)
  return at < 0 ? undefined : args[at + 1]
}

/** `reg.exe query | add | delete`, as far as our steps use it. */
export function reg(machine: Machine, { args }: Call): Answer {
  const [verb = '', key = ''] = args
  const name = option(args, '/v')
  switch (verb.toLowerCase()) {
    case 'query':
      return query(machine, key, name)
    case 'add': {
      const type = option(args, '/t') === 'REG_DWORD' ? 'REG_DWORD' : 'REG_SZ'
      return {
        machine: withValues(machine, [{ key, name: name ?? '', type, data: option(args, '/d') ?? '' }]),
        code: 0,
      }
    }
    case 'delete': {
      const isGone = (one: RegistryValue): boolean =>
        name === undefined
          ? `${longKey(one.key)}\\`.toLowerCase().startsWith(`${longKey(key)}\\`.toLowerCase())
          : same(one.key, key) && one.name.toLowerCase() === name.toLowerCase()
      const registry = machine.registry.filter((one) => !isGone(one))
      const found = registry.length < machine.registry.length
      return found ? { machine: { ...machine, registry }, code: 0 } : missing(machine)
    }
    default:
      return { machine, code: 0 }
  }
}

function query(machine: Machine, key: string, name: string | undefined): Answer {
  const values = readKey(machine, key)?.filter(
    (one) => name === undefined || one.name.toLowerCase() === name.toLowerCase(),
  )
  if (values === undefined || (name !== undefined && values.length === 0)) return missing(machine)
  const lines = values.map(({ name: value, type, data }) => `    ${value}    ${type}    ${printed(type, data)}`)
  return { machine, code: 0, stdout: ['', longKey(key), ...lines, ''].join('\r\n') }
}

function printed(type: RegistryValue['type'], data: string): string {
  return type === 'REG_DWORD' ? `0x${Number(data).toString(16)}` : data
}

function missing(machine: Machine): Answer {
  const words =
    machine.language === 'fr'
      ? "ERREUR : Le système n'a pas trouvé la clé ou la valeur de Registre spécifiée."
      : 'ERROR: The system was unable to find the specified registry key or value.'
  return { machine, code: 1, stderr: words }
}
