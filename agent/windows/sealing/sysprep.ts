import { stat } from 'node:fs/promises'
import { Type, type Static } from 'typebox'
import { failure } from '../../protocol/failures/failures.ts'
import type { Watch } from '../../runtime/exec.ts'
import type { Failure } from '../../protocol/messages.ts'
import { windowsPath } from '../system/windows-path.ts'

/**
 * Makes Windows greet its owner at the next start (Microsoft, "Sysprep command-line options"). `/quiet`, because an error
 * would otherwise stand in a window that nobody sees; `/quit`, because the agent has to tell the server before the machine
 * goes down. No `/generalize`: the disk stays in this machine, and neither its devices nor its activation are to go. No
 * answer file: what Windows asks its owner is what Microsoft wants it to ask.
 */
export const sysprepArguments = ['/quiet', '/oobe', '/quit']
const log = '%SystemRoot%\\System32\\Sysprep\\Panther\\setupact.log'

/** What `sysprep-outcome.ps1` sends. */
export const SysprepOutcome = Type.Object({
  succeeded: Type.Boolean(),
  imageState: Type.String(),
  errors: Type.Array(Type.String()),
})
export type SysprepOutcome = Static<typeof SysprepOutcome>

/**
 * Null when Windows is sealed. The exit code alone says little; `Sysprep_succeeded.tag` is what sysprep writes last, and
 * deletes when it begins. Pure.
 */
export function sysprepFailure(code: number, { succeeded, errors }: SysprepOutcome): Failure | null {
  if (code === 0 && succeeded) return null
  return failure('SEAL_SYSPREP_FAILED', { code }, { detail: errors.join('\n').slice(0, 8000) })
}

/** Its log grows for as long as it goes on; it takes a minute or a few. */
export function sysprepWatch(): Watch {
  const sign = async (): Promise<string> => {
    const { size, mtimeMs } = await stat(windowsPath(log))
    return `${size}@${mtimeMs}`
  }
  return { everyMs: 30_000, stalledAfterMs: 20 * 60_000, sign }
}
