import type { Exec } from '../../runtime/exec.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { StepError } from '../../runtime/step.ts'
import { parseRegistryValues, valueNamed, type RegistryValue } from './registry.ts'

/** A value to be set; text when the type is not a number's. */
export type RegistryEntry = { key: string; name: string; type: 'REG_SZ' | 'REG_DWORD'; data: string | number }

/** As the 64-bit programs of Windows see it; 32-bit ones write below WOW6432Node. */
const view = '/reg:64'

/** Whether there is such a key. Throws StepError WINDOWS_PROGRAM_MISSING. */
export async function hasKey(exec: Exec, key: string): Promise<boolean> {
  return (await query(exec, [key])) !== null
}

/** The value, or null when key or value is not there. Throws StepError WINDOWS_PROGRAM_MISSING. */
export async function readValue(exec: Exec, key: string, name: string): Promise<RegistryValue | null> {
  const output = await query(exec, [key, '/v', name])
  return output === null ? null : valueNamed(parseRegistryValues(output), name)
}

async function query(exec: Exec, what: readonly string[]): Promise<string | null> {
  const end = await exec('reg.exe', ['query', ...what, view], { quiet: true })
  if (end.kind === 'missing') throw new StepError(failure('WINDOWS_PROGRAM_MISSING', { program: 'reg.exe' }))
  // 1, in whatever language: it is not there, or may not be read; SYSTEM may read what installers write.
  return end.kind === 'exited' && end.code === 0 ? end.stdout : null
}

/** Sets a value, its key too when it is not there. Gives null, or what reg.exe said against it. */
export async function writeValue(exec: Exec, { key, name, type, data }: RegistryEntry): Promise<string | null> {
  const end = await exec('reg.exe', ['add', key, '/v', name, '/t', type, '/d', String(data), '/f', view])
  if (end.kind === 'missing') throw new StepError(failure('WINDOWS_PROGRAM_MISSING', { program: 'reg.exe' }))
  if (end.kind === 'exited' && end.code === 0) return null
  return `${key}\\${name}: ${(end.stderr.trim() || end.stdout.trim() || end.kind).slice(0, 500)}`
}

/** Takes a value away. Gives null, or what reg.exe said against it. Throws StepError WINDOWS_PROGRAM_MISSING. */
export async function deleteValue(exec: Exec, key: string, name: string): Promise<string | null> {
  const end = await exec('reg.exe', ['delete', key, '/v', name, '/f', view])
  if (end.kind === 'missing') throw new StepError(failure('WINDOWS_PROGRAM_MISSING', { program: 'reg.exe' }))
  if (end.kind === 'exited' && end.code === 0) return null
  return `${key}\\${name}: ${(end.stderr.trim() || end.stdout.trim() || end.kind).slice(0, 500)}`
}
