import type { Answer, Call } from '../call.ts'
import type { Machine } from '../machine.ts'
import { longKey, readKey, withoutValues, withValues, type RegistryValue } from '../registry.ts'

function option(args: readonly string[], name: string): string | undefined {
  const at = args.findIndex((arg) => arg.toLowerCase() === name)
  return at < 0 ? undefined : args[at + 1]
}

/** `reg.exe query | add | delete`, as far as our steps use it; what loads and unloads hives is taken as done. */
export function reg(machine: Machine, { args, atMs }: Call): Answer {
  const [verb = '', key = ''] = args
  const name = option(args, '/v')
  switch (verb.toLowerCase()) {
    case 'query':
      return query(machine, key, name, atMs)
    case 'add': {
      const type = option(args, '/t') === 'REG_DWORD' ? 'REG_DWORD' : 'REG_SZ'
      const value: RegistryValue = { key, name: name ?? '', type, data: option(args, '/d') ?? '' }
      return { machine: withValues(machine, [value]), code: 0 }
    }
    case 'delete': {
      const without = withoutValues(machine, key, name)
      return without === null ? missing(machine) : { machine: without, code: 0 }
    }
    default:
      return { machine, code: 0 }
  }
}

function query(machine: Machine, key: string, name: string | undefined, atMs: number): Answer {
  const values = readKey(machine, key, atMs)?.filter(
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
