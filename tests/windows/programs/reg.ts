import type { Answer, Call } from '../call.ts'
import type { Machine } from '../machine.ts'
import { withoutValues, withValues, type RegistryValue } from '../registry.ts'

function option(args: readonly string[], name: string): string | undefined {
  const at = args.findIndex((arg) => arg.toLowerCase() === name)
  return at < 0 ? undefined : args[at + 1]
}

/**
 * `reg.exe add | delete`, as far as our steps use it; what loads and unloads hives is taken as done. It is asked for
 * nothing: what it prints is in the OEM code page.
 */
export function reg(machine: Machine, { args }: Call): Answer {
  const [verb = '', key = ''] = args
  const name = option(args, '/v')
  switch (verb.toLowerCase()) {
    case 'query':
      return { machine, code: 1, stderr: 'stand-in: the registry is read by read-registry.ps1' }
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

function missing(machine: Machine): Answer {
  const words =
    machine.language === 'fr'
      ? "ERREUR : Le système n'a pas trouvé la clé ou la valeur de Registre spécifiée."
      : 'ERROR: The system was unable to find the specified registry key or value.'
  return { machine, code: 1, stderr: words }
}
