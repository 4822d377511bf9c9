import type { Answer } from '../call.ts'
import type { Machine } from '../machine.ts'
import { readKey, type RegistryValue } from '../registry.ts'

/** Names of .NET's RegistryValueKind. */
const kinds: Readonly<Record<RegistryValue['type'], string>> = { REG_SZ: 'String', REG_DWORD: 'DWord' }

/** The script `read-registry`: every key comes back as it was asked for, a value under the name it was asked by. */
export function readRegistry(machine: Machine, { keys }: Record<string, unknown>, atMs: number): Answer {
  const asked: Array<{ key: string; names: string[] }> = Array.isArray(keys) ? keys : []
  const read = asked.map(({ key, names }) => {
    const there = readKey(machine, key, atMs)
    if (there === null) return { key, state: 'absent' }
    const values = names.flatMap((name) => {
      const found = there.find((one) => one.name.toLowerCase() === name.toLowerCase())
      return found === undefined ? [] : [{ name, kind: kinds[found.type], data: found.data }]
    })
    return { key, state: 'there', values }
  })
  return { machine, code: 0, result: { keys: read } }
}
