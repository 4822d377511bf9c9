import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { failure } from '../../protocol/failures/failures.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { runScript } from '../system/powershell.ts'
import pendingRestart from '../scripts/pending-restart.ps1'

/** Where Windows notes that something waits for a restart, as `pending-restart.ps1` reads it. */
const PendingRestart = Type.Object({
  componentServicing: Type.Boolean(),
  windowsUpdate: Type.Boolean(),
  agent: Type.Boolean(),
  /** Files to be renamed at the next start: installers leave such behind at any time, and wait for none. */
  fileRenames: Type.Integer(),
})
export type PendingRestart = Static<typeof PendingRestart>

/** Which of them keep updates from being installed; renamed files do not. Pure. */
export function reasonsToRestart({ componentServicing, windowsUpdate, agent }: PendingRestart): string[] {
  return [
    ...(componentServicing ? ['component servicing'] : []),
    ...(windowsUpdate ? ['Windows Update'] : []),
    ...(agent ? ['the Windows Update Agent'] : []),
  ]
}

/** Throws StepError SCRIPT_FAILED. */
export async function readPendingRestart(
  context: StepContext,
  dependencies: WindowsDependencies,
): Promise<PendingRestart> {
  const script = { name: 'pending-restart', text: pendingRestart }
  const answer = await runScript(context, dependencies, script, { options: { quiet: true } })
  if (Value.Check(PendingRestart, answer)) return answer
  const detail = JSON.stringify(answer).slice(0, 2000)
  throw new StepError(failure('SCRIPT_FAILED', { script: script.name }, { detail }))
}
