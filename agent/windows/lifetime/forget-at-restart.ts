import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Exec } from '../../runtime/exec.ts'
import { StepError } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { runScript } from '../system/powershell.ts'
import forgetAtRestartScript from '../scripts/forget-at-restart.ps1'

const Answer = Type.Object({ refused: Type.Array(Type.String()) })

/** Has Windows delete these paths at its next start; gives null, or what is against it. */
export async function forgetAtRestart(
  exec: Exec,
  dependencies: WindowsDependencies,
  paths: readonly string[],
): Promise<string | null> {
  const script = { name: 'forget-at-restart', text: forgetAtRestartScript }
  try {
    const answer = await runScript({ exec }, dependencies, script, { input: { paths } })
    if (!Value.Check(Answer, answer)) return 'an answer of another shape'
    return answer.refused.length === 0 ? null : answer.refused.join(', ')
  } catch (error) {
    if (error instanceof StepError) return error.message
    throw error
  }
}
