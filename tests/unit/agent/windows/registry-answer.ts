import { freshMachine } from '../../../windows/machine.ts'
import type { RegistryValue } from '../../../windows/registry.ts'
import { readRegistry } from '../../../windows/scripts/read-registry.ts'
import type { ScriptAnswer } from './programs.ts'

/** What the script `read-registry` sends of a registry by `KEY\NAME`: text, or a number. */
export function registryAnswer(
  registry: ReadonlyMap<string, string | number>,
  input: Record<string, unknown>,
): ScriptAnswer {
  const values = [...registry].map(([path, data]): RegistryValue => {
    const at = path.lastIndexOf('\\')
    const type = typeof data === 'number' ? 'REG_DWORD' : 'REG_SZ'
    return { key: path.slice(0, at), name: path.slice(at + 1), type, data: String(data) }
  })
  return { result: readRegistry(freshMachine({ registry: values }), input, 0).result }
}
