import type { Exec } from '../../runtime/exec.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import readRegistryScript from '../scripts/read-registry.ps1'
import { runScript } from './powershell.ts'
import { readRegistryAnswer, type RegistryKey, type RegistryQuestion } from './registry.ts'

/** A value to be set; text when the type is not a number's. */
export type RegistryEntry = { key: string; name: string; type: 'REG_SZ' | 'REG_DWORD'; data: string | number }

/** As the 64-bit programs of Windows see it; 32-bit ones write below WOW6432Node. */
const view = '/reg:64'

/**
 * Reads keys and values, all that is asked for by one PowerShell: its start takes longer than anything it reads. One that
 * may not be read is told in the log and counts as absent; SYSTEM may read what installers write.
 * Throws StepError SCRIPT_FAILED, WINDOWS_PROGRAM_MISSING.
 */
export async function readRegistry(
  context: Pick<StepContext, 'exec' | 'log'>,
  dependencies: WindowsDependencies,
  questions: readonly RegistryQuestion[],
): Promise<RegistryKey[]> {
  if (questions.length === 0) return []
  const script = { name: 'read-registry', text: readRegistryScript }
  const call = { input: { keys: questions }, options: { quiet: true } }
  const sent = await runScript(context, dependencies, script, call)
  const read = readRegistryAnswer(sent)
  if (read === null) {
    const detail = JSON.stringify(sent).slice(0, 2000)
    throw new StepError(failure('SCRIPT_FAILED', { script: script.name }, { detail }))
  }
  for (const one of read) {
    if (one.state === 'refused') context.log('warning', `${one.key} cannot be read: ${one.words}`)
  }
  return read
}

/** Sets a value, its key too when it is not there. Gives null, or what reg.exe said against it. */
export async function writeValue(exec: Exec, { key, name, type, data }: RegistryEntry): Promise<string | null> {
  const end = await exec('reg.exe', ['add', key, '/v', name, '/t', type, '/d', String(data), '/f', view])
  if (end.kind === 'missing') throw new StepError(failure('WINDOWS_PROGRAM_MISSING', { program: 'reg.exe' }))
  if (end.kind === 'exited' && end.code === 0) return null
  return `${key}\\${name}: ${(end.stderr.trim() || end.stdout.trim() || end.kind).slice(0, 500)}`
}
